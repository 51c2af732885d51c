import type { AgentId } from '@mechane/core';
import { agentName } from './agent-names.ts';
import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case, Reports } from './case.ts';
import { broken, type Height } from './case-law.ts';
import type { Profile } from './profile.ts';
import { type Exchange, type Transcript, transcriptOf } from './transcript.ts';
import { ifPlayable } from './unplayable.ts';

const randomTypes = 4;

/** Who everybody is, and what each sees of the conversation. */
interface World {
  readonly types: Reports;
  readonly seed: number;
  readonly transcript: Transcript;
}

/** All worlds of a game: who agents can be, and what each would see. */
export interface Game {
  readonly worlds: readonly World[];
}

/** Plays every profile, and takes down what everybody sees. */
export async function explore(bench: Bench, profiles: Iterable<Profile>): Promise<Game> {
  const worlds: World[] = [];
  for (const { types, seed } of profiles) {
    await bench.breathe();
    const transcript = ifPlayable(() => transcriptOf(bench.arena, types, seed));
    if (transcript) worlds.push({ types, seed, transcript });
  }
  return { worlds };
}

/** All pairs of a few random types. */
export function* randomGame({ profiles, most }: Bench, start: number): Generator<Profile> {
  const agents = [agentName(0), agentName(1)].slice(0, most);
  const types = profiles
    .flatMap((_, offset) => [...(profiles[(start + offset) % profiles.length] as Profile).types.values()].slice(0, 1))
    .slice(0, randomTypes);
  for (const one of types) {
    for (const other of types) {
      yield {
        types: new Map(agents.map((agent, position) => [agent, position === 0 ? one : other])),
        trees: [],
        seed: 1,
      };
    }
  }
}

/** What can be worst and best at a point of the conversation, and in which world. */
interface Stake {
  readonly utility: number;
  readonly world: World;
}

/** Looks for a point where the best of a lie beats the worst of the truth. */
export function obviousTemptation(arena: Arena, { worlds }: Game, height: Height): Case | undefined {
  for (const agent of worlds[0]?.types.keys() ?? []) {
    const byType = new Map<unknown, World[]>();
    for (const world of worlds) {
      const type = world.types.get(agent);
      byType.set(type, [...(byType.get(type) ?? []), world]);
    }
    for (const [type, truths] of byType) {
      const worst = stakesAt(arena, agent, type, truths, (one, other) => one < other);
      for (const [report, lies] of byType) {
        if (report === type) continue;
        const best = stakesAt(arena, agent, type, lies, (one, other) => one > other);
        const found = comparison(agent, report, worst, best, height);
        if (found) return found;
      }
    }
  }
  return undefined;
}

/** For every point an agent can come to and what it says there: the extreme of what follows. */
function stakesAt(
  arena: Arena,
  agent: AgentId,
  type: unknown,
  worlds: readonly World[],
  beats: (one: number, other: number) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, Stake>> {
  const points = new Map<string, Map<string, Stake>>();
  for (const world of worlds) {
    const utility = arena.utility(agent, type, world.transcript.outcome);
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
  height: Height,
): Case | undefined {
  for (const [point, truths] of worst) {
    for (const [said, truth] of truths) {
      for (const [lied, lie] of best.get(point) ?? []) {
        if (lied === said || lie.utility <= truth.utility) continue;
        const given = twoWorlds(agent, report, truth.world, lie.world);
        if (height(given) === broken) return given;
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
