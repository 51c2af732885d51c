import type { Pace, pause } from '@mechane/numerics';

/**
 * Equilibria all of whose combinations are equilibria: every mix of `first` against every mix of `second`.
 *
 * @category Methods for two players
 */
export interface NashSubset {
  /** The first player's extreme strategies, each as one equilibrium in which it is played. */
  readonly first: readonly number[];
  /** The second player's, likewise. */
  readonly second: readonly number[];
}

/**
 * How the extreme equilibria of a two-player game hang together.
 *
 * @category Methods for two players
 */
export interface EquilibriumStructure {
  /** The connected sets of equilibria, each by its extreme points' indices. */
  readonly components: readonly (readonly number[])[];
  /** The maximal Nash subsets: convex sets whose union is all equilibria. */
  readonly subsets: readonly NashSubset[];
}

/**
 * Components and maximal Nash subsets, from the extreme equilibria as pairs of extreme strategies: connected parts and maximal bicliques of
 * the graph whose edges are the equilibria (Winkels 1979; Avis, Rosenberg, Savani and von Stengel 2010, section 8). `undefined` where the pace
 * stopped it.
 */
export function* equilibriumStructure(
  pairs: readonly (readonly [first: string, second: string])[],
  pace: Pace,
): Generator<typeof pause, EquilibriumStructure | undefined, void> {
  const subsets = yield* maximalBicliques(pairs, pace);
  return subsets && { components: connectedComponents(pairs), subsets };
}

/** The connected sets of pairs that share a strategy, each by indices. */
export function connectedComponents(pairs: readonly (readonly [first: string, second: string])[]): number[][] {
  const byFirst = indicesBy(pairs.map(([first]) => first));
  const bySecond = indicesBy(pairs.map(([, second]) => second));
  const seen = new Set<number>();
  const components: number[][] = [];
  for (const start of pairs.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const component = [start];
    for (const index of component) {
      const [first, second] = pairs[index] as readonly [string, string];
      for (const group of [byFirst.get(first), bySecond.get(second)]) {
        for (const next of group ?? []) {
          if (seen.has(next)) continue;
          seen.add(next);
          component.push(next);
        }
      }
      // Who shares the strategy has been met now.
      byFirst.delete(first);
      bySecond.delete(second);
    }
    components.push(component.sort((a, b) => a - b));
  }
  return components;
}

function indicesBy(keys: readonly string[]): Map<string, number[]> {
  const indices = new Map<string, number[]>();
  keys.forEach((key, index) => {
    const known = indices.get(key);
    if (known === undefined) indices.set(key, [index]);
    else known.push(index);
  });
  return indices;
}

/** Closes the neighbourhoods under intersection: each closed set of second strategies, as bits, belongs to one maximal biclique. */
function* maximalBicliques(
  pairs: readonly (readonly [first: string, second: string])[],
  pace: Pace,
): Generator<typeof pause, NashSubset[] | undefined, void> {
  const places = new Map<string, number>();
  const firstWith: number[] = [];
  pairs.forEach(([, second], index) => {
    if (places.has(second)) return;
    places.set(second, places.size);
    firstWith.push(index);
  });
  const neighbours: { readonly index: number; readonly bits: bigint }[] = [];
  for (const indices of indicesBy(pairs.map(([first]) => first)).values()) {
    const bits = indices.reduce((sum, index) => sum | (1n << BigInt(placeOf(index))), 0n);
    neighbours.push({ index: indices[0] as number, bits });
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  const closed = new Set<bigint>();
  for (const { bits } of neighbours) {
    const additions = [bits];
    for (const set of closed) {
      additions.push(set & bits);
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    for (const set of additions) if (set !== 0n) closed.add(set);
  }
  const subsets: NashSubset[] = [];
  for (const set of closed) {
    subsets.push({
      first: neighbours.filter(({ bits }) => (bits & set) === set).map(({ index }) => index),
      second: firstWith.filter((_, place) => (set >> BigInt(place)) & 1n),
    });
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  return subsets;

  function placeOf(index: number): number {
    return places.get((pairs[index] as readonly [string, string])[1]) as number;
  }
}
