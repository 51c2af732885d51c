import type { AgentId, Random } from '@mechane/core';
import type { Bench } from './bench.ts';
import type { Reports } from './case.ts';
import type { Reach } from './case-law.ts';
import { numbersIn, withLeaf } from './leaves.ts';
import type { Profile } from './profile.ts';

const mostNeighbours = { few: 10, many: 16 } as const;
const mostDomain = { few: 6, many: 8 } as const;
const strangers = { few: 3, many: 4 } as const;

/**
 * What an agent might report instead of its type: on the grid, everything else on the grid; otherwise what the others report
 * and just beside it, nothing, twice as much, what the domain suggests, and some of the random types drawn for others.
 */
export function misreportsOf(
  bench: Bench,
  types: Reports,
  agent: AgentId,
  reach: Reach,
  random: Random,
): readonly unknown[] {
  const { arena, profiles } = bench;
  const own = types.get(agent);
  const sayable = sayableBy(bench, types, agent);
  if (reach === 'grid') return sayable(arena.grid);
  const others = [...types].filter(([other]) => other !== agent).map(([, report]) => report);
  const suggested = arena.domain.misreports?.(own, arena.settings) ?? [];
  const drawn = Array.from({ length: profiles.length === 0 ? 0 : strangers[reach] }, () => {
    const { types: drawn } = profiles[random.below(profiles.length)] as Profile;
    return [...drawn.values()][random.below(Math.max(1, drawn.size))];
  });
  const simple = Array.from(
    { length: Math.min(2, arena.grid.length) },
    () => arena.grid[random.below(arena.grid.length)],
  );
  return sayable([
    ...others,
    ...some(suggested, mostDomain[reach], random),
    ...some(neighbours(own, others), mostNeighbours[reach], random),
    ...drawn.filter((report) => report !== undefined),
    ...simple,
  ]);
}

/** Keeps what an agent can say instead of the truth, fitted to what the others say where the domain knows how. */
function sayableBy(
  { arena }: Bench,
  types: Reports,
  agent: AgentId,
): (reports: readonly unknown[]) => readonly unknown[] {
  const { domain, settings } = arena;
  const own = types.get(agent);
  const position = [...types.keys()].indexOf(agent);
  const said = [...types.values()];
  const fitted = (report: unknown): unknown => domain.together?.(said.with(position, report), settings)[position];
  const isLie = (report: unknown): boolean => report !== own && (domain.mayReport?.(own, report, settings) ?? true);
  return (reports) => (domain.together ? reports.map(fitted) : reports).filter(isLie);
}

function some<Value>(values: readonly Value[], most: number, random: Random): readonly Value[] {
  return values.length <= most ? values : random.shuffled(values).slice(0, most);
}

/** The report with one number changed: to nothing, to a little more or less, to what somebody else says there. */
function neighbours(own: unknown, others: readonly unknown[]): readonly unknown[] {
  const said = [...new Set(others.flatMap((report) => [...numbersIn(report)].map(([, number]) => number)))];
  return [...numbersIn(own)].flatMap(([path, number]) => {
    const near = [
      0,
      number - 1,
      number + 1,
      Math.floor(number / 2),
      number / 2,
      number * 2,
      number + 0.5,
      number - 0.5,
    ];
    const beside = said.flatMap((other) => [other, other - 1, other + 1, other + 0.25]);
    const tried = new Set([...near, ...beside]);
    tried.delete(number);
    return [...tried].map((value) => withLeaf(own, path, value));
  });
}
