import type { Case } from '../case.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Finding, Law, Steps } from '../law.ts';
import { explainSpoilt } from '../words/spoilt.ts';
import type { CaseLaw, Exhausted, Judge } from './case-law.ts';
import { confirm } from './confirm.ts';
import { exhaust, nothingExhausted } from './exhaust.ts';
import { minimal } from './minimal.ts';
import { searchProfiles } from './random-search.ts';

/** So many steps of the search are taken before the grid is gone through: most of what is wrong shows in them. */
const firstLook = 12;

/** What an examination has looked at, and what came between. */
interface Tally {
  judged: number;
  refused: number;
  endless: number;
  broke: number;
}

/** The law with its search: a first look, all of the grid, then random profiles; last, the smallest counterexample, played again. */
export function caseLaw(law: CaseLaw): Law {
  return {
    ...law,
    *judge(trial, given, approximately) {
      yield undefined;
      return judgeOf(law, trial.game, approximately, nothingYet())(given)
        ? explained(law, trial.game, given)
        : undefined;
    },
    *examine(trial, approximately) {
      const tally = nothingYet();
      const judge = judgeOf(law, trial.game, approximately, tally);
      const { found, isProof, complete } = yield* lookedFor(law, trial, judge, approximately);
      if (!found) {
        yield* trial.game.recall();
        return conclude(tally, { isProof, complete }, law, trial);
      }
      trial.hasCulprit = true;
      const examined = tally.judged;
      const smallest = yield* minimal(law, trial, found, judgeOf(law, trial.game, approximately, nothingYet()));
      yield* confirm(trial.game, smallest);
      return {
        method: complete === undefined && isProof ? 'exhaustive' : 'search',
        examined,
        extent: '',
        violation: explained(law, trial.game, smallest),
      };
    },
  };
}

function nothingYet(): Tally {
  return { judged: 0, refused: 0, endless: 0, broke: 0 };
}

/** A first look, the grid, and then everything else. With a case that was found on the grid, `isProof` says so. */
function* lookedFor(law: CaseLaw, trial: Trial, judge: Judge, approximately: number | undefined): Steps<Exhausted> {
  if (law.alsoOfNobody && trial.fewest <= 1) {
    const profile = { types: new Map(), seed: 1, trees: new Map() };
    for (const given of law.cases(trial, profile, 'grid'))
      if (judge(given)) return { ...nothingExhausted, found: { given, profile } };
  }
  const search = law.search?.(trial, judge, approximately ?? 0) ?? searchProfiles(law, trial, judge);
  for (let step = 0; step < firstLook; step++) {
    const { done, value } = search.next();
    if (done) return { ...nothingExhausted, found: value };
    yield value;
  }
  const exhausted = trial.drawn ? nothingExhausted : yield* law.exhaust?.(trial, judge) ?? exhaust(law, trial, judge);
  if (exhausted.found) return { ...nothingExhausted, isProof: true, found: exhausted.found };
  const found = yield* search;
  return found ? { ...nothingExhausted, found } : exhausted;
}

/** A case that cannot be played breaks no law but those about being played; one whose outcome is spoilt breaks all. */
export function judgeOf(law: CaseLaw, game: Game, approximately: number | undefined, tally: Tally): Judge {
  const judge = (given: Case): boolean => {
    if (!canBeSaid(game, given)) return false;
    try {
      game.amounts.reset();
      const excess = law.excess(game, given, approximately);
      if (excess === Number.NEGATIVE_INFINITY) return false;
      tally.judged += 1;
      return excess > 0 && excess > game.amounts.allowance(given.types, given.deviation);
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
      if (thrown.kind === 'spoilt') return true;
      // Whoever breaks over a silent agent, or a strange one, is another law's business.
      const isPlain = ![...given.types.values(), ...given.deviation.values()].some(departs);
      if (isPlain && (given.deviation.size === 0 || thrown.kind === 'broke')) tally[thrown.kind] += 1;
      return false;
    }
  };
  return Object.assign(judge, {
    count(compared: number): void {
      tally.judged += compared;
    },
    refuse(): void {
      tally.refused += 1;
    },
  });
}

function explained(law: CaseLaw, game: Game, given: Case): ReturnType<CaseLaw['explain']> {
  try {
    return law.explain(game, given);
  } catch (thrown) {
    if (thrown instanceof Unplayable && thrown.kind === 'spoilt') return explainSpoilt(game, given, thrown.message);
    throw thrown;
  }
}

/** Whether nobody lies about what is public, however a case was found. */
function canBeSaid(game: Game, { types, deviation }: Case): boolean {
  if (game.domain.mayReport === undefined) return true;
  for (const [agent, report] of deviation) {
    if (report === null || !types.has(agent)) continue;
    if (!game.mayReport(types.get(agent), report)) return false;
  }
  return true;
}

function conclude(
  { judged, refused, endless, broke }: Tally,
  { complete, isProof }: Omit<Exhausted, 'found'>,
  law: CaseLaw,
  { profiles, strategies }: Trial,
): Finding {
  const playing = law.aboutStrategies && strategies ? 'played by proxies and with departures from them' : '';
  const finding: Finding = {
    method: isProof && playing === '' ? 'exhaustive' : 'search',
    examined: judged,
    extent: [complete, playing].filter(Boolean).join(', '),
    profiles: profiles.drawn,
  };
  if (broke > 0)
    return {
      ...finding,
      undecided: `the mechanism failed in ${cases(broke)}, and what would have come of them nobody knows`,
    };
  if (judged === 0 && refused + endless === 0) {
    return { ...finding, vacuous: 'nothing could have broken it: in no case was there anything to compare' };
  }
  // Of amounts beyond what doubles can count, which are drawn too, any mechanism's run is refused.
  if (refusedForOneJudged * judged > refused + endless) return finding;
  const why = [
    ...(refused > 0 ? [`it refused ${cases(refused)}`] : []),
    ...(endless > 0 ? [`it did not come to an end in ${cases(endless)}`] : []),
  ].join(' and ');
  return { ...finding, undecided: `too little could be examined: ${why}, and ${judged} could be judged` };
}

/** So many cases may be refused for each that is judged. */
const refusedForOneJudged = 2;

function cases(count: number): string {
  return count === 1 ? '1 case' : `${count.toLocaleString('en')} cases`;
}
