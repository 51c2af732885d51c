import type { Claim } from '@mechane/core';
import { witnessedCase } from '../case.ts';
import { Game } from '../game/game.ts';
import { Nondeterminism } from '../game/nondeterminism.ts';
import { inText } from '../game/unplayable.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import type { LawVerdict, Method } from '../report.ts';
import { replayCommand } from '../words/replay.ts';
import { allSaying } from '../words/words.ts';
import type { ClaimedLaw } from './claimed-laws.ts';
import { CutOff, drive, now, OutOfTime, type Pace, patience, Stopped } from './engine.ts';
import type { Examination } from './examination.ts';
import { type Trial, trialOf } from './trial.ts';

/** A game to examine claims in. */
export interface Ground {
  readonly game: Game;
  /** Whether the settings are the kit's own idea. */
  readonly drawn: boolean;
}

/** What a claim is examined with. */
export interface Circumstances {
  readonly examination: Examination;
  /** One for each of the settings, in their order; none where a mechanism cannot be played under them. */
  readonly grounds: readonly (Ground | undefined)[];
  readonly runs: number;
  readonly pace: Pace;
  /** Domains that other subjects of the mechanism have, where a claim may be examined instead. */
  readonly otherDomains: readonly string[];
  /** How the caller could repeat it. */
  readonly again: { readonly seed: number; readonly runs: number | undefined };
}

/** Of the plays that a law gets, the share for all settings that the kit drew together. */
const shareForDrawn = 0.3;
const leastForNamed = 0.2;
/** Steps that are taken under one of the settings before the next has its turn. */
const firstSteps = 14;
/** Steps that are taken under those that a subject names, to see whether they show, too, what others do. */
const lastSteps = 200;

/** How much of the plays that a law gets all settings together take, where a subject names so many. */
export function workFor(named: number): number {
  return Math.max(1, named * leastForNamed) + shareForDrawn;
}

type Base = Pick<LawVerdict, 'law' | 'mode' | 'claim' | 'method' | 'examined'>;

/** What is claimed, as a verdict repeats it. */
export function claimIn({ law, claim }: ClaimedLaw): Pick<LawVerdict, 'law' | 'mode' | 'claim'> {
  return { law, ...(claim?.mode === undefined ? {} : { mode: claim.mode }), claim: claim?.holds ?? null };
}

/** What becomes of a claim. */
export async function examineClaim(claimed: ClaimedLaw, around: Circumstances): Promise<LawVerdict> {
  const base: Base = { ...claimIn(claimed), method: 'search', examined: 0 };
  const games = around.grounds.flatMap((ground) => ground?.game ?? []);
  try {
    return await drive(verdictOn(claimed, around, base), around.pace);
  } catch (thrown) {
    if (claimed.claim === undefined) return { ...base, verdict: 'unclaimed' };
    if (thrown instanceof Stopped) return undecided(base, 'the examination was stopped before this was decided');
    if (thrown instanceof OutOfTime)
      return undecided(base, 'the time for the examination ran out before this was decided');
    if (thrown instanceof CutOff) return cutOff(base, games, around);
    if (thrown instanceof Nondeterminism) return differing(base, thrown, games, around);
    return undecided(base, `the examination failed: ${inText(thrown)}`);
  }
}

function undecided(base: Base, reason: string): LawVerdict {
  return { ...base, verdict: 'undecided', reason };
}

function* verdictOn(claimed: ClaimedLaw, around: Circumstances, base: Base): Steps<LawVerdict> {
  const { known, claim, structural } = claimed;
  if (!claim) return unclaimed(known, around, base);
  const { domain } = around.examination.subject;
  if (claim.domain !== undefined && claim.domain !== domain.name)
    return elsewhere(base, claim.domain, domain.name, around);
  if (!known) return undecided(base, unknownLaw(claim));
  const meaningless = meaninglessBound(claim);
  if (meaningless !== undefined) return meaningless(base);
  if (claim.holds === false) return yield* playWitness(known, claim, claimed, around, base);
  const trials = trialsFor(known, claimed, around);
  const named = trials.filter(({ trial }) => !trial.drawn);
  const relevant = named.length > 0 ? named : trials;
  const [first] = relevant;
  if (first === undefined) return undecided(base, 'the mechanism cannot be played under the settings of the subject');
  const irrelevance = everywhere(relevant, ({ trial }) => known.irrelevant?.(trial));
  if (irrelevance !== undefined && structural) return { ...base, verdict: 'not-applicable', reason: irrelevance };
  const hindrance = irrelevance ?? everywhere(relevant, ({ trial }) => known.undecidable?.(trial));
  if (hindrance !== undefined) return undecided(base, hindrance);
  const able = trials.filter(
    ({ trial }) => known.irrelevant?.(trial) === undefined && known.undecidable?.(trial) === undefined,
  );
  return yield* examineEverywhere(known, able, around, base);
}

/** Nothing is claimed; and where nothing could be, that is said. */
function unclaimed(law: Law | undefined, { examination, grounds, runs }: Circumstances, base: Base): LawVerdict {
  const named = grounds.flatMap((ground) => (ground === undefined || ground.drawn ? [] : ground));
  const reasons = named.map((ground) => law?.pointless?.(trialOf(examination, { ...ground, runs }, base.law, 1)));
  const [reason] = reasons;
  if (reason === undefined || reasons.includes(undefined)) return { ...base, verdict: 'unclaimed' };
  return { ...base, verdict: 'not-applicable', reason };
}

function unknownLaw({ law, mode }: Claim): string {
  if (mode !== undefined) return `the kit does not know ${law} in the mode ${mode}`;
  return 'the kit does not know this law; a subject may list it among its laws';
}

/** A claim for other types than these. */
function elsewhere(base: Base, claimedFor: string, own: string, { otherDomains }: Circumstances): LawVerdict {
  const reason = `it is claimed for the domain ${claimedFor}, and this subject's types are ${own}`;
  if (otherDomains.includes(claimedFor)) return { ...base, verdict: 'not-applicable', reason };
  return undecided(base, `${reason}: no subject of the mechanism has that domain`);
}

/** How to answer a claim that says nothing, since there is no such bound, or everything is within it. */
function meaninglessBound({ holds, law }: Claim): ((base: Base) => LawVerdict) | undefined {
  if (typeof holds === 'boolean') return undefined;
  const bound: unknown = (holds as { approximately?: unknown } | null)?.approximately;
  if (typeof bound !== 'number' || Number.isNaN(bound) || bound < 0) {
    return (base) => undecided({ ...base, claim: null }, `it claims to hold up to ${String(bound)}, which is no bound`);
  }
  const allowsAll = bound === Number.POSITIVE_INFINITY || (law === 'efficient' && bound === 0);
  if (!allowsAll) return undefined;
  return (base) => ({
    ...base,
    verdict: 'vacuous',
    reason: `it claims to hold up to ${bound}, and nothing could break that`,
  });
}

interface ClaimedTrial {
  readonly trial: Trial;
  readonly claim: Claim;
}

function trialsFor(
  law: Law,
  { under }: ClaimedLaw,
  { examination, grounds, runs }: Circumstances,
): readonly ClaimedTrial[] {
  const places = under.flatMap(({ position, claim }) => {
    const ground = grounds[position];
    return ground ? [{ ...ground, claim }] : [];
  });
  const plays = law.playsPerRun * runs;
  const drawn = places.filter((place) => place.drawn).length;
  const named = places.length - drawn;
  return places.map(({ claim, ...ground }) => {
    const share = ground.drawn ? shareForDrawn / drawn : Math.max(1 / named, leastForNamed);
    return { claim, trial: trialOf(examination, { ...ground, runs }, law.name, Math.ceil(plays * share)) };
  });
}

/** Why something is so in all trials. */
function everywhere(
  trials: readonly ClaimedTrial[],
  ask: (claimed: ClaimedTrial) => string | undefined,
): string | undefined {
  let answer: string | undefined;
  for (const trial of trials) {
    answer = ask(trial);
    if (answer === undefined) return undefined;
  }
  return answer;
}

function* examineEverywhere(
  law: Law,
  trials: readonly ClaimedTrial[],
  around: Circumstances,
  base: Base,
): Steps<LawVerdict> {
  const findings = new Map<ClaimedTrial, Finding>();
  const atWork = new Map(
    trials.map((claimed) => {
      const { holds } = claimed.claim;
      const approximately = typeof holds === 'object' ? holds.approximately : undefined;
      return [claimed, law.examine(claimed.trial, approximately)] as const;
    }),
  );
  const refuted = (method: Finding['method'], violation: Violation): LawVerdict => {
    const examined = [...findings.values()].reduce((sum, each) => sum + each.examined, 0);
    return { ...base, verdict: 'refuted', method, examined, ...told(violation, around) };
  };
  const look = function* (claimed: ClaimedTrial, steps: number): Steps<Finding | undefined> {
    const work = atWork.get(claimed);
    if (work === undefined) return undefined;
    const step = yield* some(work, steps, claimed.trial);
    if (!step.done) return undefined;
    atWork.delete(claimed);
    findings.set(claimed, step.value);
    return step.value;
  };
  // One after the other at first, so that what is easy to find is found under the first settings that show it; then in turns.
  for (let round = 0; atWork.size > 0; round++) {
    for (const claimed of atWork.keys()) {
      const found = yield* look(claimed, round === 0 ? firstSteps : 1);
      if (found?.violation === undefined) continue;
      for (const named of claimed.trial.drawn ? trials.filter(({ trial }) => !trial.drawn) : []) {
        const known = yield* look(named, lastSteps);
        if (known?.violation) return refuted(known.method, known.violation);
      }
      return refuted(found.method, found.violation);
    }
  }
  return concluded(law, findings, base);
}

/** Takes so many steps, waiting for what they wait for, and all that there are once a counterexample is found. */
function* some<Result>(work: Steps<Result>, count: number, trial: Trial): Steps<IteratorResult<unknown, Result>> {
  let answer: unknown;
  let step = work.next();
  for (let taken = 1; !step.done && (taken < count || trial.hasCulprit); taken++) {
    answer = yield step.value;
    step = work.next(answer);
  }
  while (!step.done && step.value !== undefined) {
    answer = yield step.value;
    step = work.next(answer);
  }
  if (!step.done) yield undefined;
  return step;
}

function concluded(law: Law, findings: ReadonlyMap<ClaimedTrial, Finding>, base: Base): LawVerdict {
  const all = [...findings];
  const named = all.filter(([{ trial }]) => !trial.drawn);
  const telling = (named.length > 0 ? named : all).map(([, finding]) => finding);
  const examined = all.reduce((sum, [, each]) => sum + each.examined, 0);
  const method = weakest(telling.map((finding) => finding.method));
  const judged = { ...base, method, examined };
  const reason = telling.find((finding) => finding.undecided !== undefined)?.undecided;
  if (reason !== undefined) return { ...judged, verdict: 'undecided', reason };
  const vacuous = telling.every((finding) => finding.vacuous !== undefined) ? telling[0]?.vacuous : undefined;
  const empty = vacuous ?? emptyIn(law, all);
  if (empty !== undefined) return { ...judged, verdict: 'vacuous', reason: empty };
  return { ...judged, verdict: 'holds', reason: extentOf(telling, all.length - telling.length) };
}

/** Why nothing could have broken a law although cases were looked at. */
function emptyIn(law: Law, all: readonly (readonly [ClaimedTrial, Finding])[]): string | undefined {
  const games = all.map(([{ trial }]) => trial.game);
  if (law.aboutValues && games.every((game) => !game.valuesByDomain && game.ownUtilities.size < 2)) {
    const told = games.flatMap((game) => [...game.ownUtilities])[0];
    if (told !== undefined)
      return `the mechanism says of every outcome that it is worth ${told}, and nothing could break the law then`;
  }
  for (const [{ claim, trial }] of all) {
    const { holds } = claim;
    if (typeof holds === 'boolean' || law.name === 'efficient' || trial.game.largestStake === 0) continue;
    if (holds.approximately < 2 * trial.game.largestStake) return undefined;
  }
  const [first] = all;
  const holds = first?.[0].claim.holds;
  if (
    first === undefined ||
    typeof holds !== 'object' ||
    law.name === 'efficient' ||
    first[0].trial.game.largestStake === 0
  )
    return undefined;
  return `it claims to hold up to ${holds.approximately}, and no more than ${first[0].trial.game.largestStake} was ever at stake`;
}

/** A claim that a law does not hold is true if its witness shows it. */
function* playWitness(
  law: Law,
  claim: Claim,
  { under }: ClaimedLaw,
  around: Circumstances,
  base: Base,
): Steps<LawVerdict> {
  const refuted = (reason: string): LawVerdict => ({ ...base, verdict: 'refuted', reason });
  const { witness } = claim;
  if (!witness) return refuted('it is claimed not to hold, but no witness shows it: add one to the claim');
  const { examination, grounds, runs } = around;
  let trial: Trial;
  try {
    const own = under.map(({ position }) => grounds[position]).find((ground) => ground !== undefined)?.game;
    const game = witness.settings === undefined ? own : gameUnder(examination, own, witness.settings);
    if (game === undefined) return undecided(base, 'the mechanism cannot be played under the settings of the subject');
    trial = trialOf(examination, { game, drawn: false, runs }, law.name, law.playsPerRun * runs);
  } catch (thrown) {
    return refuted(`it is claimed not to hold, but its witness cannot be played: ${inText(thrown)}`);
  }
  const hindrance = law.undecidable?.(trial);
  if (hindrance !== undefined) return undecided(base, hindrance);
  const violation = yield* law.judge?.(trial, witnessedCase(witness), undefined) ?? nothing();
  const examined = 1;
  if (violation) return { ...base, verdict: 'witnessed', examined, ...told(violation, around) };
  return { ...refuted(`it is claimed not to hold, but the witness does not break it: ${law.says}`), examined };
}

function gameUnder(examination: Examination, own: Game | undefined, settings: unknown): Game {
  return own?.under(settings) ?? new Game(examination.rules, settings);
}

function* nothing(): Steps<undefined> {
  yield undefined;
  return undefined;
}

function told(
  { counterexample, reason, scenarios }: Violation,
  { examination: { subject }, again }: Circumstances,
): Pick<LawVerdict, 'counterexample' | 'reason' | 'replay'> {
  return { counterexample, reason, replay: replayCommand(scenarios, subject, again) };
}

/** Two outcomes side by side of what should have one. For the laws that say so, that is what refutes them. */
function differing(base: Base, found: Nondeterminism, games: readonly Game[], around: Circumstances): LawVerdict {
  const { reports, seed, outcomes, how } = found;
  const isAboutThat = base.law === 'structural/deterministic' || base.law === 'structural/replay';
  const [game] = games;
  return {
    ...base,
    verdict: isAboutThat ? 'refuted' : 'nondeterministic',
    counterexample: { settings: game?.given ?? {}, seed, types: Object.fromEntries(reports), outcomes },
    reason: `when ${allSaying(reports)}, the same run gives ${JSON.stringify(outcomes[0])}, and ${JSON.stringify(outcomes[1])} ${how}`,
    replay: replayCommand([], around.examination.subject, around.again),
  };
}

/** What was being played when the engine put an end to it. */
function cutOff(base: Base, games: readonly Game[], around: Circumstances): LawVerdict {
  const game = games.find(({ playing }) => playing !== undefined);
  const playing = game?.playing;
  if (game === undefined || playing === undefined || now() - playing.since < patience / 2) {
    return undecided(base, 'the mechanism is so slow that the time for a step ran out before this was decided');
  }
  const { reports, seed } = playing;
  return {
    ...base,
    verdict: 'does-not-end',
    counterexample: { settings: game.given, seed, types: Object.fromEntries(reports) },
    reason: `when ${allSaying(reports)}, the mechanism does not come to an end`,
    replay: replayCommand([], around.examination.subject, around.again),
  };
}

const strongestFirst: readonly Method[] = ['exhaustive', 'search', 'statistical'];

function weakest(methods: readonly Method[]): Method {
  return strongestFirst[Math.max(0, ...methods.map((method) => strongestFirst.indexOf(method)))] as Method;
}

function extentOf(findings: readonly Finding[], drawn: number): string {
  const extents = [...new Set(findings.map(({ extent }) => extent).filter((extent) => extent !== ''))];
  const profiles = findings.reduce((sum, each) => sum + (each.profiles ?? 0), 0);
  const random = profiles > 0 ? [`${profiles.toLocaleString('en')} random profiles`] : [];
  const each = findings.length > 1 ? `, under each of ${findings.length} settings` : '';
  const more = drawn > 0 ? `, and some under ${drawn} others` : '';
  return [...(extents.length === 0 ? [] : [extents.join('; ')]), ...random].join(' and ') + each + more;
}
