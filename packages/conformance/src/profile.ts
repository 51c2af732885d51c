import type { Random } from '@mechane/core';
import { agentName } from './agent-names.ts';
import type { Arena } from './arena.ts';
import type { Reports } from './case.ts';
import { drawTrees, leafTree, type ShrinkTree } from './shrink-tree.ts';

/** Agents with their types, and how each type can be made simpler. */
export interface Profile {
  readonly types: Reports;
  readonly trees: readonly ShrinkTree[];
  readonly seed: number;
}

/** Names agents and makes their types fit together. */
export function profileOf(arena: Arena, trees: readonly ShrinkTree[], seed: number): Profile {
  const drawn = trees.map(({ value }) => value);
  const types = arena.domain.together?.(drawn, arena.settings) ?? drawn;
  return { types: new Map(types.map((type, position) => [agentName(position), type])), trees, seed };
}

/** Random profiles of varying size, one in four with a tie. Small sizes come most often. */
export function drawProfiles(
  arena: Arena,
  sizes: readonly number[],
  count: number,
  random: Random,
): readonly Profile[] {
  const largest = Math.max(1, ...sizes);
  const seed = random.below(2 ** 31);
  const trees = drawTrees(arena.domain.types(arena.settings), count * Math.min(largest, 4), seed);
  let next = 0;
  return Array.from({ length: count }, (_, run) => {
    const size = sizes[run % sizes.length] as number;
    const own = Array.from({ length: size }, () => trees[next++ % trees.length] as ShrinkTree);
    if (size > 1 && random.below(4) === 0) own[random.below(size)] = own[random.below(size)] as ShrinkTree;
    return profileOf(arena, own, 1 + random.below(1_000));
  });
}

/** Every profile of so many agents over the grid. */
export function* gridProfiles(arena: Arena, size: number, seed: number): Generator<Profile> {
  const trees = arena.grid.map(leafTree);
  if (trees.length === 0) return;
  const digits = new Array<number>(size).fill(0);
  for (;;) {
    yield profileOf(
      arena,
      digits.map((digit) => trees[digit] as ShrinkTree),
      seed,
    );
    let position = size - 1;
    while (position >= 0 && digits[position] === trees.length - 1) digits[position--] = 0;
    if (position < 0) return;
    digits[position] = (digits[position] as number) + 1;
  }
}
