import type { AgentId } from '@mechane/core';
import { type Case, deviated, type Reports } from '../case.ts';
import { drawSeed } from '../draw/names.ts';
import { gridProfiles } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import { completed, gridSizes } from '../search/exhaust.ts';
import {
  type Extremes,
  extremesIn,
  Kinds,
  othersDrawn,
  type Prospect,
  prospectsIn,
  type World,
  worldOf,
} from '../search/extremes.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { inWords, numberInWords, reportingInWords, saying, typeInWords } from '../words/words.ts';
import { drawsLots, withoutTruth, withoutUtility } from './needs.ts';

/** Profiles of others beyond the grid in which a manipulation has to stay obvious. */
const othersTried = 120;
/** Profiles of others on the grid by which a single case is judged. */
const mostOthers = 2_000;
const casesTried = 12;
/** Profiles of two agents that are gone through however little is to be done: without them nothing is decided. */
const leastAffordable = 800;

/** A lie that is better than the truth at its best, or at its worst. */
interface Obvious {
  readonly at: 'best' | 'worst';
  readonly truth: Prospect;
  readonly lie: Prospect;
}

/**
 * Troyan and Morrill 2020: a lie that can pay is obvious where the best that can come of it is better than the best of the truth, or the worst
 * better than the worst, whatever the others are. What can come of a report is known where types are finitely many: the law holds on the grid
 * or is refuted there, by what stays true against others beyond it; anything else is undecided.
 */
export const notObviouslyManipulable: Law = {
  name: 'not-obviously-manipulable',
  says: 'no misreport has a better best case than the truth, or a better worst case',
  playsPerRun: 60,
  aboutValues: true,
  pointless: withoutTruth,
  undecidable(trial) {
    const hindrance = withoutTruth(trial) ?? withoutUtility(trial);
    if (hindrance !== undefined) return hindrance;
    return drawsLots(trial) ? 'it draws lots, and the best and the worst of them are not looked at' : undefined;
  },
  *examine(trial, approximately = 0): Steps<Finding> {
    const { game, budget } = trial;
    const seed = drawSeed(trial.random('grid'));
    const sizes = gridSizes(trial);
    const complete: number[] = [];
    let [examined, withdrawn] = [0, 0];
    for (const size of trial.drawn ? [] : sizes) {
      const affordable = size <= 2 ? Math.max(leastAffordable, budget.limit) : budget.limit;
      if (game.grid.length === 0 || game.grid.length ** size > affordable) break;
      const worlds = yield* worldsOfGrid(game, size, seed);
      for (const prospects of prospectsIn(game, worlds)) {
        yield undefined;
        examined += prospects.length;
        for (const obvious of obviousIn(prospects, approximately).slice(0, casesTried)) {
          const given = caseOf(game, obvious, seed);
          if (given && staysObvious(trial, obvious, given, approximately)) {
            return { method: 'exhaustive', examined, extent: '', violation: explain(game, given, obvious) };
          }
          withdrawn += 1;
        }
      }
      complete.push(size);
    }
    yield* game.recall();
    const { complete: extent = '', isProof } = completed(complete, sizes, game.grid.length);
    const base = { method: 'exhaustive', examined, extent } as const;
    if (withdrawn > 0)
      return { ...base, undecided: 'some misreports are obvious on the grid, and not against others beyond it' };
    if (examined === 0 && complete.length > 0) return { ...base, undecided: 'no report of the grid could be played' };
    if (isProof || trial.drawn) return base;
    return { ...base, undecided: 'the grid of types is empty or too large to know the best and the worst of a report' };
  },
  *judge(trial, given, approximately = 0) {
    yield undefined;
    const obvious = obviousAt(trial, given, approximately);
    const shown = obvious && caseOf(trial.game, obvious, given.seed);
    return shown && explain(trial.game, shown, obvious);
  },
};

function* worldsOfGrid(game: Game, size: number, seed: number): Steps<readonly World[]> {
  const worlds: World[] = [];
  for (const { types } of gridProfiles(game, size, seed)) {
    const world = worldOf(game, types, seed);
    if (world) worlds.push(world);
    yield undefined;
  }
  return worlds;
}

/** The lies that look better than the truth, among all that an agent of one type may say; those that do most first. */
function obviousIn(prospects: readonly Prospect[], approximately: number): readonly Obvious[] {
  const truth = prospects.find(({ type, report }) => JSON.stringify(type) === JSON.stringify(report));
  if (truth === undefined) return [];
  return prospects
    .flatMap((lie) => (['best', 'worst'] as const).map((at): Obvious => ({ at, truth, lie })))
    .filter((obvious) => gainOf(obvious) > approximately)
    .sort((a, b) => gainOf(b) - gainOf(a));
}

function gainOf({ at, truth, lie }: Obvious): number {
  return lie.extremes[at].utility - truth.extremes[at].utility;
}

/** The two extremes as one case: who everybody is at the truth’s, and what is said instead at the lie’s; none where rounding explains it. */
function caseOf(game: Game, obvious: Obvious, seed: number): Case | undefined {
  const { at, truth, lie } = obvious;
  const { agent, report } = lie;
  const types = new Map(truth.extremes[at].reports).set(agent, truth.type);
  const deviation = new Map<AgentId, unknown>([[agent, report]]);
  for (const [other, said] of lie.extremes[at].reports) {
    if (other !== agent && JSON.stringify(said) !== JSON.stringify(types.get(other))) deviation.set(other, said);
  }
  game.amounts.reset();
  game.amounts.add(lie.extremes[at].utility);
  game.amounts.add(truth.extremes[at].utility);
  return gainOf(obvious) > game.amounts.allowance(types, deviation) ? { types, seed, agent, deviation } : undefined;
}

/** Whether the lie stays better against others whom the grid does not have. */
function staysObvious(trial: Trial, { at, truth, lie }: Obvious, given: Case, approximately: number): boolean {
  const { agent = '', types, seed } = given;
  const more = othersDrawn(trial, { types, seed }, agent, othersTried);
  const [beyondTruth, beyondLie] = [truth, lie].map(({ report }) =>
    extremesAgainst(trial.game, truth, report, more, seed),
  );
  const worst = Math.min(lie.extremes.worst.utility, beyondLie?.worst.utility ?? Number.POSITIVE_INFINITY);
  const best = Math.max(truth.extremes.best.utility, beyondTruth?.best.utility ?? Number.NEGATIVE_INFINITY);
  const gain = at === 'best' ? lie.extremes.best.utility - best : worst - truth.extremes.worst.utility;
  return gain > approximately && gain > trial.game.amounts.allowance(given.types, given.deviation);
}

function extremesAgainst(
  game: Game,
  { agent, type }: Prospect,
  report: unknown,
  others: readonly Reports[],
  seed: number,
): Extremes | undefined {
  const worlds = others.flatMap((reports) => worldOf(game, new Map(reports).set(agent, report), seed) ?? []);
  return extremesIn(game, agent, type, worlds);
}

/** Whether the misreport of a case is obvious against all others of the grid, those of the case and some beyond. */
function obviousAt(trial: Trial, given: Case, approximately: number): Obvious | undefined {
  const { game } = trial;
  const { agent, types, deviation, seed } = given;
  if (agent === undefined || !deviation.has(agent) || departs(types.get(agent))) return undefined;
  const [type, report] = [types.get(agent), deviation.get(agent)];
  const kinds = new Kinds(game);
  const wanted = kinds.ofOthers(types, agent);
  const others: Reports[] = [types, deviated(given), ...othersDrawn(trial, given, agent, othersTried)];
  for (const { types: drawn } of gridProfiles(game, types.size, seed)) {
    if (others.length > mostOthers) break;
    const named = new Map([...types.keys()].map((name, position) => [name, [...drawn.values()][position]]));
    if (kinds.ofOthers(named, agent) === wanted) others.push(named.set(agent, type));
  }
  const [truth, lie] = [type, report].map((said): Prospect | undefined => {
    const extremes = extremesAgainst(game, { agent, type } as Prospect, said, others, seed);
    return extremes && { agent, type, report: said, extremes };
  });
  return truth && lie && obviousIn([truth, lie], approximately)[0];
}

function explain(game: Game, given: Case, { at, truth, lie }: Obvious): Violation {
  const { agent = '', types } = given;
  const against = (reports: Reports): string => {
    const others = [...reports].filter(([other]) => other !== agent).map(([other, said]) => saying(other, said));
    return others.length === 0 ? '' : ` if ${others.join(' and ')}`;
  };
  const [before, after] = [truth, lie].map(({ extremes }) => numberInWords(extremes[at].utility));
  const instead = `${reportingInWords(lie.report)} instead of ${inWords(lie.type)}`;
  const whatever = types.size > 1 ? ', whatever the others are,' : '';
  return {
    counterexample: counterexampleOf(game, given),
    reason:
      at === 'best'
        ? `${agent}, ${typeInWords(lie.type)}, ends with ${before} at best when it is truthful${whatever} and may end with ${after} by ` +
          `${instead}${against(lie.extremes.best.reports)}`
        : `${agent}, ${typeInWords(lie.type)}, may end with ${before} when it is truthful${against(truth.extremes.worst.reports)}, and ends with ` +
          `${after} at worst${whatever} by ${instead}`,
    scenarios: scenariosOf(game, given),
  };
}
