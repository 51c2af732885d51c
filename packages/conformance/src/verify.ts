import type { LawName } from '@mechane/core';
import { agentName } from './draw/names.ts';
import { drawSettings } from './draw/settings.ts';
import { type ClaimedLaw, type ClaimsUnder, claimsAt, groupedClaims } from './examination/claimed-laws.ts';
import { CutOff, computed, drive, now, type Pace } from './examination/engine.ts';
import { type Examination, openExamination } from './examination/examination.ts';
import { type Circumstances, claimIn, examineClaim, type Ground, workFor } from './examination/examine-claim.ts';
import { runsWithin, timedPlays } from './examination/thoroughness.ts';
import { trialOf } from './examination/trial.ts';
import { Game } from './game/game.ts';
import { inText } from './game/unplayable.ts';
import type { Steps } from './law.ts';
import type { ConformanceReport, Counterexample, LawVerdict } from './report.ts';
import type { Subject } from './subject.ts';
import { kitVersion } from './version.ts';
import { allSaying } from './words/words.ts';

/**
 * How thorough an examination is.
 *
 * @category Examinations
 */
export interface VerifyOptions {
  /**
   * How much work is done for each law: 300 is a lot, 20 a quick look. Unless given, what the subject says, or else the most up to 300 that the
   * mechanism is quick enough for. The same number, with the same seed, gives the same report.
   */
  readonly runs?: number;
  /** Fixes all that is random: 1 unless given. */
  readonly seed?: number;
  /** The laws to look at; all unless given. */
  readonly laws?: readonly LawName[];
  /**
   * Seconds of computing that the examination may take. What is not decided by then is undecided. Unless given, the work is planned for 5, and on a
   * machine that is slower than it seemed may take twice as long.
   */
  readonly seconds?: number;
  /** Domains of other subjects of the mechanism: a claim for one of them says nothing about this subject. */
  readonly otherDomains?: readonly string[];
  /** Stops the examination; what is not finished is undecided. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears of each verdict when it is reached. */
  readonly onVerdict?: (verdict: LawVerdict) => void;
}

/**
 * How far an examination is: which law is looked at now, and what is claimed of it.
 *
 * @category Examinations
 */
export interface Progress extends Pick<LawVerdict, 'law' | 'mode' | 'claim'> {
  readonly mechanism: string;
  /** Laws that are finished, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** What fixes all that is random where nobody says. */
export const defaultSeed = 1;
const defaultSeconds = 5;
/** What was planned for so long may take so many times as long: a busy machine computes more slowly than it did at first. */
const delay = 2;
/** Of the time that is left, the share that one law may take. */
const shareOfOne = 0.5;
/** A host that does something else meanwhile may take so many times as long by the clock as it computes. */
const patienceByTheClock = 12;
const longestPreparation = 20_000;
const playedFirst = 8;

/**
 * Examines everything a mechanism claims, and what must be true of any mechanism. A broken law comes with the smallest case found that
 * breaks it, a reason in words and a command that shows it. The same seed gives the same report.
 *
 * @category Examinations
 * @example
 * ```ts
 * import { singleItem, subject, verify } from '@mechane/conformance';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 *
 * const secondPrice = sealedAuctions.mechanisms.find(({ id }) => id === 'auction-sealed/second-price');
 * const report = await verify(subject({ mechanism: secondPrice, domain: singleItem() }), { laws: ['strategy-proof'] });
 * report.laws[0].verdict; // => 'holds'
 * report.laws[0].method; // => 'exhaustive'
 * ```
 *
 * @throws MechaneError `duplicate-law` where the subject has two laws of one name. Whatever a mechanism does is a verdict.
 */
export async function verify(subject: Subject, options: VerifyOptions = {}): Promise<ConformanceReport> {
  const { seed = defaultSeed, seconds = defaultSeconds, onProgress, onVerdict } = options;
  const { mechanism } = subject;
  const unready = await prepared(subject);
  const examination = openExamination(subject, seed);
  const laws: LawVerdict[] = [];
  try {
    const time = timeFor(subject, options);
    const known = options.runs ?? subject.runs;
    const { under, named, grounds, trouble, perPlay } = await preliminaries(
      examination,
      known === undefined ? seconds : undefined,
      time.forOne,
    );
    const claimed = groupedClaims(subject, under, named).filter(({ law }) => options.laws?.includes(law) ?? true);
    const around: Omit<Circumstances, 'pace'> = {
      examination,
      grounds,
      runs: known ?? runsWithin(seconds, playsPerRun(claimed, named), perPlay),
      otherDomains: options.otherDomains ?? [],
      again: { seed, runs: options.runs },
    };
    for (const [done, claim] of claimed.entries()) {
      onProgress?.({ mechanism: mechanism.id, ...claimIn(claim), done, total: claimed.length });
      const hindrance = unready ?? trouble ?? unending(laws);
      const verdict =
        hindrance === undefined
          ? await examineClaim(claim, { ...around, pace: time.forOne(done === claimed.length - 1) })
          : unexamined(claim, hindrance);
      laws.push(verdict);
      onVerdict?.(verdict);
    }
  } finally {
    await examination.dispose();
  }
  return { mechanism: mechanism.id, seed, kit: kitVersion, laws };
}

/** What becomes of a claim where nothing can be examined; what is known not to be claimed stays so. */
function unexamined(claimed: ClaimedLaw, { isUnclear = false, ...trouble }: Trouble): LawVerdict {
  const found = claimed.claim === undefined && !isUnclear ? ({ verdict: 'unclaimed' } as const) : trouble;
  return { ...claimIn(claimed), method: 'search', examined: 0, ...found };
}

/** Loads what services need. Why it cannot, where it cannot. */
async function prepared({ providers = [] }: Subject): Promise<Trouble | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('a service of the subject never got ready'), longestPreparation);
  });
  const ready = (async () => {
    try {
      await Promise.all(providers.map((provider) => provider.prepare?.()));
      return undefined;
    } catch (thrown) {
      return `a service of the subject cannot be prepared: ${inText(thrown)}`;
    }
  })();
  const reason = providers.length === 0 ? undefined : await Promise.race([ready, tooLong]);
  clearTimeout(timer);
  return reason === undefined ? undefined : { verdict: 'undecided', reason };
}

interface Preliminaries {
  readonly under: readonly ClaimsUnder[];
  /** How many of the settings the subject names; the others are drawn. */
  readonly named: number;
  readonly grounds: readonly (Ground | undefined)[];
  /** Why nothing can be examined, where that is so. */
  readonly trouble: Trouble | undefined;
  /** Milliseconds that a play takes. */
  readonly perPlay: number;
}

interface Trouble {
  readonly verdict: 'undecided' | 'does-not-end';
  readonly reason: string;
  readonly counterexample?: Counterexample;
  /** Whether it is not even known what is claimed. */
  readonly isUnclear?: boolean;
}

/**
 * Asks what a mechanism claims under which settings, having played it a few times before.
 *
 * @param seconds where it has to be found out how much they suffice for: what the clock says decides about nothing else
 */
async function preliminaries(
  examination: Examination,
  seconds: number | undefined,
  time: () => Pace,
): Promise<Preliminaries> {
  const { settings = [{}] } = examination.subject;
  const ground = groundFor(examination, settings[0], false);
  let perPlay = 0;
  const first =
    ground &&
    (await troubleIn(
      firstPlays(examination, ground.game, seconds, (time) => {
        perPlay = time;
      }),
      time(),
      ground.game,
    ));
  try {
    const inquired = await drive(inquire(examination, ground), time());
    return { ...inquired, perPlay, ...(first ? { trouble: first } : {}) };
  } catch (thrown) {
    const under = settings.map((given) => ({ given, claims: [] }));
    const reason = `before anything could be examined, ${thrown instanceof CutOff ? 'the mechanism did not come to an end' : inText(thrown)}`;
    return {
      under,
      named: settings.length,
      grounds: [],
      trouble: { verdict: 'undecided', reason, isUnclear: true },
      perPlay,
    };
  }
}

/** What goes wrong when a mechanism is first played: that it does not end. Everything else, the laws will say. */
async function troubleIn(plays: Steps<void>, pace: Pace, game: Game): Promise<Trouble | undefined> {
  try {
    await drive(plays, pace);
  } catch (thrown) {
    if (!(thrown instanceof CutOff) || game.playing === undefined) return undefined;
    const { reports, seed } = game.playing;
    return {
      verdict: 'does-not-end',
      reason: `when ${allSaying(reports)}, the mechanism does not come to an end`,
      counterexample: { settings: game.given, seed, types: Object.fromEntries(reports) },
    };
  }
  return undefined;
}

/** The settings that a subject names, and others like them, with what the mechanism claims under each. */
function* inquire(examination: Examination, first: Ground | undefined): Steps<Omit<Preliminaries, 'perPlay'>> {
  const { mechanism, settings = [{}], elsewhere } = examination.subject;
  let trouble: Trouble | undefined;
  const named = settings.map((given): ClaimsUnder => {
    try {
      return { given, claims: claimsAt(mechanism, given) };
    } catch (thrown) {
      const reason = `the mechanism says nothing under the settings ${JSON.stringify(given)}: ${inText(thrown)}`;
      trouble ??= { verdict: 'undecided', reason, isUnclear: true };
      return { given, claims: [] };
    }
  });
  yield undefined;
  const drawn = (trouble ? [] : drawSettings(mechanism, settings, examination.random('settings'))).flatMap(
    (given): readonly ClaimsUnder[] => {
      // A rule elsewhere hears nothing of how ties are to be broken.
      if (elsewhere && 'breakTie' in (given as object)) return [];
      try {
        return [{ given, claims: claimsAt(mechanism, given) }];
      } catch {
        return [];
      }
    },
  );
  const under = [...named, ...drawn];
  const grounds = under.map(({ given }, position) =>
    position === 0 ? first : groundFor(examination, given, position >= named.length),
  );
  return { under, named: named.length, grounds, trouble };
}

/** Plays a little, before anybody asks what is claimed, and sees how long that takes. */
function* firstPlays(
  examination: Examination,
  game: Game,
  seconds: number | undefined,
  tell: (perPlay: number) => void,
): Steps<void> {
  const { domain, settings, grid } = game;
  const draw = examination.random('first');
  for (let play = 1; play <= playedFirst && grid.length > 0; play++) {
    const types = Array.from({ length: Math.min(3, play) }, () => grid[draw.below(grid.length)]);
    const together = domain.together?.(types, settings) ?? types;
    const reports = new Map(together.map((type, position) => [agentName(position), type]));
    game.rememberFirst(reports, draw.below(2 ** 32));
    yield undefined;
  }
  if (seconds === undefined) return;
  const trial = trialOf(examination, { game, drawn: false, runs: 1 }, 'structural/answers', 1);
  tell(yield* timedPlays(game, trial, examination.random('time'), seconds, () => spentOn(examination.subject)));
}

/** How many plays it takes to look at everything that is claimed to hold, per run. */
function playsPerRun(claimed: readonly ClaimedLaw[], named: number): number {
  let plays = 1;
  for (const { known, claim } of claimed) {
    if (known && claim && claim.holds !== false) plays += known.playsPerRun * workFor(named);
  }
  return plays;
}

function groundFor({ rules }: Examination, given: unknown, drawn: boolean): Ground | undefined {
  try {
    const game = new Game(rules, given, drawn);
    // A schema may allow what the domain makes nothing of, such as half a unit.
    if (drawn) game.domain.types(game.settings);
    return { game, drawn };
  } catch {
    return undefined;
  }
}

/** Milliseconds that were computed so far, here and elsewhere. */
function spentOn({ elsewhere }: Subject): number {
  return computed() + (elsewhere?.computed() ?? 0);
}

/** How much time there is, and how much of it one law may take. */
function timeFor(
  subject: Subject,
  { seconds = delay * defaultSeconds, signal }: VerifyOptions,
): {
  readonly forOne: (isLast?: boolean) => Pace;
} {
  const [begun, spentThen] = [now(), spentOn(subject)];
  const all = seconds * 1_000;
  const left = (): number => Math.min(all - (spentOn(subject) - spentThen), patienceByTheClock * all - (now() - begun));
  return {
    forOne: (isLast = false) => {
      const limit = isLast ? 0 : left() * (1 - shareOfOne);
      return { signal, left: () => left() - limit, patience: subject.elsewhere?.patience };
    },
  };
}

/** That a mechanism did not end, as one of these laws found: nothing more can be played then. */
function unending(laws: readonly LawVerdict[]): Trouble | undefined {
  const found = laws.find(({ verdict }) => verdict === 'does-not-end');
  if (found?.reason === undefined) return undefined;
  const { reason, counterexample } = found;
  return { verdict: 'does-not-end', reason, ...(counterexample ? { counterexample } : {}) };
}
