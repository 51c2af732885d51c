import type { AgentId } from '@mechane/core';
import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { agentName } from '../draw/names.ts';
import { isRecord } from '../game/leaves.ts';
import { standing } from './standing.ts';

/**
 * Somebody who would be matched with one of the other side, the best first.
 *
 * @category Domains
 */
export interface Mate {
  readonly side: 'proposing' | 'receiving';
  readonly ranking: readonly AgentId[];
  /** How many it would be matched with: one, unless a report says otherwise. */
  readonly capacity?: number | undefined;
}

/**
 * How mates are written in a mechanism's format, and who of them may lie.
 *
 * @category Domains
 */
export interface TwoSidedOptions<Report = { side: 'proposing' | 'receiving'; ranking: string[] }> {
  /** Writes a mate as a report: the mate itself unless given. */
  readonly report?: (mate: Mate) => Report;
  /** Reads it back. */
  readonly mate?: (report: Report) => Mate;
  /** Writes who is matched with whom as an outcome: `{ matches }`, a list of mates by agent, unless given. */
  readonly outcome?: (matches: Readonly<Record<AgentId, readonly AgentId[]>>) => object;
  /** Who may lie: all unless given. The domain is then called `proposers`. */
  readonly liars?: 'all' | 'proposing';
}

const rankedInGrid = 3;
const shortestInGrid = 2;
const rankedAtMost = 5;

/**
 * Two sides whose agents are matched one to one (Gale and Shapley 1962). Preferences are strict, and which side an agent is on is public.
 * Rankings name anybody who is there; names of nobody on the other side mean nothing.
 *
 * @category Domains
 * @example
 * ```ts
 * import { twoSided } from '@mechane/conformance';
 *
 * twoSided().name; // => 'marriage'
 * twoSided({ liars: 'proposing' }).name; // => 'proposers'
 * twoSided().grid({})[0]; // => { side: 'proposing', ranking: ['ann', 'bob', 'cat'] }
 * ```
 */
export function twoSided<Report = { side: 'proposing' | 'receiving'; ranking: string[] }>(
  options: TwoSidedOptions<Report> = {},
): Domain<unknown, Report> {
  const {
    report = (mate) => mate as Report,
    mate = (report) => report as Mate,
    outcome = (matches) => ({ matches }),
    liars = 'all',
  } = options;
  const names = Array.from({ length: rankedAtMost }, (_, position) => agentName(position));
  return {
    name: liars === 'all' ? 'marriage' : 'proposers',
    grid: () =>
      rankingsOf(names.slice(0, rankedInGrid), shortestInGrid).flatMap((ranking) => [
        report({ side: 'proposing', ranking }),
        report({ side: 'receiving', ranking }),
      ]),
    types: () =>
      fc.record({ side: fc.constantFrom('proposing', 'receiving'), ranking: fc.shuffledSubarray(names) }).map(report),
    // Whoever is not there cannot be ranked: mechanisms may refuse a name that nobody has.
    together: (types) =>
      types.map((type) => {
        const { side, ranking } = mate(type);
        return report({ side, ranking: ranking.filter((name) => names.indexOf(name) < types.length) });
      }),
    misreports(type) {
      const { side, ranking } = mate(type);
      return ranking.map((_, length) => report({ side, ranking: ranking.slice(0, length) }));
    },
    mayReport(type, told) {
      const [truth, lie] = [mate(type), mate(told)];
      if (truth.side !== lie.side) return false;
      return liars === 'all' || truth.side === 'proposing' || truth.ranking.join() === lie.ranking.join();
    },
    ordinal: true,
    value(agent, type, result) {
      const { matches } = result as { matches?: unknown };
      if (!isRecord(matches)) return undefined;
      const own = matches[agent];
      const { ranking, capacity = 1 } = mate(type);
      const standings = (Array.isArray(own) ? own : []).map((other) => standing(other, ranking)).sort((a, b) => b - a);
      // Whoever would be matched with one makes nothing of a second.
      return standings.reduce((sum, each, place) => (place < capacity || each < 0 ? sum + each : sum), 0);
    },
    infeasible(result, types) {
      const { matches } = result as { matches?: unknown };
      if (!isRecord(matches)) return undefined;
      return flawOf(
        matches as Readonly<Record<AgentId, readonly AgentId[]>>,
        new Map([...types].map(([agent, type]) => [agent, mate(type)])),
      );
    },
    *alternatives(types) {
      const agents = [...types.keys()];
      const sideOf = (agent: AgentId): string => mate(types.get(agent) as Report).side;
      const proposing = agents.filter((agent) => sideOf(agent) === 'proposing');
      const receiving = agents.filter((agent) => sideOf(agent) === 'receiving');
      for (const pairs of matchings(proposing, receiving)) {
        const mates = new Map(pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));
        yield outcome(
          Object.fromEntries(
            agents.map((agent) => {
              const found = mates.get(agent);
              return [agent, found === undefined ? [] : [found]];
            }),
          ),
        );
      }
    },
  };
}

function flawOf(
  matches: Readonly<Record<AgentId, readonly AgentId[]>>,
  mates: ReadonlyMap<AgentId, Mate>,
): string | undefined {
  for (const [agent, own] of Object.entries(matches)) {
    if (own.length > (mates.get(agent)?.capacity ?? 1)) return `${agent} is matched with ${own.length}`;
    const [other] = own;
    if (other === undefined) continue;
    if (mates.get(agent)?.side === mates.get(other)?.side) return `${agent} and ${other} are not on two sides`;
    if (!matches[other]?.includes(agent)) return `${agent} is matched with ${other}, and not the other way round`;
  }
  return undefined;
}

/** Every ranking of at least so many of these, the longest first. */
function rankingsOf(names: readonly AgentId[], shortest: number): readonly (readonly AgentId[])[] {
  const longer = names.flatMap((first, index) =>
    rankingsOf(names.toSpliced(index, 1), shortest - 1).map((rest) => [first, ...rest]),
  );
  return (shortest <= 0 ? [...longer, []] : longer).sort((a, b) => b.length - a.length);
}

/** Every way to pair some of the one side with some of the other. */
function* matchings(
  proposing: readonly AgentId[],
  receiving: readonly AgentId[],
): Generator<readonly (readonly [AgentId, AgentId])[]> {
  const [first, ...rest] = proposing;
  if (first === undefined) {
    yield [];
    return;
  }
  yield* matchings(rest, receiving);
  for (const [index, mate] of receiving.entries()) {
    for (const others of matchings(rest, receiving.toSpliced(index, 1))) yield [[first, mate], ...others];
  }
}
