import type { AgentId, Random } from '@mechane/core';
import type { Case, Reports } from '../case.ts';
import { agentName, drawNames, drawSeed } from '../draw/names.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';
import type { Judge } from './case-law.ts';
import { type Exchange, type Transcript, transcriptOf } from './transcript.ts';

const randomTypes = [0, 6, 5, 3] as const;

/** Who everybody is, and what each sees of the conversation. */
export interface World {
  readonly types: Reports;
  readonly seed: number;
  readonly transcript: Transcript;
}

/** Plays every profile, and takes down what everybody sees. */
export function* explore(trial: Trial, profiles: Iterable<Profile>, judge: Judge): Steps<readonly World[]> {
  const worlds: World[] = [];
  for (const { types, seed } of profiles) {
    yield undefined;
    const transcript = ifPlayable(() => transcriptOf(trial.game, types, seed));
    if (transcript) worlds.push({ types, seed, transcript });
    else judge.refuse();
  }
  return worlds;
}

/** All profiles of two or three agents over a few random types. */
export function* profilesOfFew(trial: Trial, random: Random): Generator<Profile> {
  const size = Math.min(trial.most, Math.max(trial.fewest, 2 + random.below(2)));
  const few = Array.from({ length: randomTypes[Math.min(3, size)] ?? 2 }, () => trial.profiles.stranger(random));
  const names = trial.namedInSettings
    ? Array.from({ length: size }, (_, position) => agentName(position))
    : drawNames(size, trial.mentioned, random);
  const seed = drawSeed(random);
  const { domain, settings } = trial.game;
  for (const drawn of profilesOver(few, size)) {
    const types = domain.together?.(drawn, settings) ?? drawn;
    yield { types: new Map(types.map((type, position) => [names[position] as AgentId, type])), trees: new Map(), seed };
  }
}

function profilesOver(types: readonly unknown[], size: number): readonly (readonly unknown[])[] {
  if (size === 0) return [[]];
  return profilesOver(types, size - 1).flatMap((others) => types.map((type) => [...others, type]));
}

/** What can be worst and best at a point of the conversation, and in which world. */
interface Stake {
  readonly utility: number;
  readonly world: World;
}

/** Looks for a point where the best of a lie beats the worst of the truth. */
export function obviousTemptation(game: Game, worlds: readonly World[], judge: Judge): Case | undefined {
  for (const agent of worlds[0]?.types.keys() ?? []) {
    const byType = new Map<unknown, World[]>();
    for (const world of worlds) {
      const type = world.types.get(agent);
      byType.set(type, [...(byType.get(type) ?? []), world]);
    }
    for (const [type, truths] of byType) {
      const worst = stakesAt(game, agent, type, truths, (one, other) => one < other);
      for (const [report, lies] of byType) {
        if (report === type) continue;
        const best = stakesAt(game, agent, type, lies, (one, other) => one > other);
        const found = comparison(agent, report, worst, best, judge);
        if (found) return found;
      }
    }
  }
  return undefined;
}

/** For every point an agent can come to and what it says there: the extreme of what follows. */
function stakesAt(
  game: Game,
  agent: AgentId,
  type: unknown,
  worlds: readonly World[],
  beats: (one: number, other: number) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, Stake>> {
  const points = new Map<string, Map<string, Stake>>();
  for (const world of worlds) {
    const utility = ifPlayable(() => game.utility(agent, type, world.transcript.outcome));
    if (utility === undefined) continue;
    let point = '';
    for (const { asked, said } of world.transcript.seenBy.get(agent) as readonly Exchange[]) {
      point += `\n${asked}`;
      const sayings = points.get(point) ?? new Map<string, Stake>();
      points.set(point, sayings);
      const known = sayings.get(said);
      if (known === undefined || beats(utility, known.utility)) sayings.set(said, { utility, world });
      point += `\n${said}`;
    }
  }
  return points;
}

function comparison(
  agent: AgentId,
  report: unknown,
  worst: ReadonlyMap<string, ReadonlyMap<string, Stake>>,
  best: ReadonlyMap<string, ReadonlyMap<string, Stake>>,
  judge: Judge,
): Case | undefined {
  for (const [point, truths] of worst) {
    for (const [said, truth] of truths) {
      for (const [lied, lie] of best.get(point) ?? []) {
        if (lied === said || lie.utility <= truth.utility) continue;
        const given = twoWorlds(agent, report, truth.world, lie.world);
        if (judge(given)) return given;
      }
    }
  }
  return undefined;
}

function twoWorlds(agent: AgentId, report: unknown, bad: World, good: World): Case {
  const deviation = new Map<AgentId, unknown>([[agent, report]]);
  for (const [other, type] of good.types)
    if (other !== agent && bad.types.get(other) !== type) deviation.set(other, type);
  return { types: bad.types, seed: bad.seed, agent, deviation };
}
