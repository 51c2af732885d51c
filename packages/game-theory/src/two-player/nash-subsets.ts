/** Equilibria all of whose combinations are equilibria: every mix of `first` against every mix of `second`. */
export interface NashSubset {
  /** The first player's extreme strategies, each as one equilibrium in which it is played. */
  readonly first: readonly number[];
  /** The second player's, likewise. */
  readonly second: readonly number[];
}

/** How the extreme equilibria of a two-player game hang together. */
export interface EquilibriumStructure {
  /** The connected sets of equilibria, each by its extreme points' indices. */
  readonly components: readonly (readonly number[])[];
  /** The maximal Nash subsets: convex sets whose union is all equilibria. */
  readonly subsets: readonly NashSubset[];
}

/**
 * Components and maximal Nash subsets, from the extreme equilibria as pairs of extreme strategies: connected parts and maximal bicliques of
 * the graph whose edges are the equilibria (Winkels 1979; Avis, Rosenberg, Savani and von Stengel 2010, section 8).
 */
export function equilibriumStructure(
  pairs: readonly (readonly [first: string, second: string])[],
): EquilibriumStructure {
  const firsts = firstSeen(pairs.map(([first]) => first));
  const seconds = firstSeen(pairs.map(([, second]) => second));
  const partners = new Map<string, Set<string>>([...firsts.keys()].map((first) => [first, new Set()]));
  for (const [first, second] of pairs) partners.get(first)?.add(second);
  const subsets = maximalBicliques(partners).map(([left, right]) => ({
    first: left.map((key) => firsts.get(key) as number),
    second: right.map((key) => seconds.get(key) as number),
  }));
  return { components: connected(pairs), subsets };
}

/** Each key with the index at which it comes first. */
function firstSeen(keys: readonly string[]): Map<string, number> {
  const seen = new Map<string, number>();
  keys.forEach((key, index) => {
    if (!seen.has(key)) seen.set(key, index);
  });
  return seen;
}

function indicesBy(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const indices = new Map<string, number[]>();
  keys.forEach((key, index) => {
    const known = indices.get(key);
    if (known === undefined) indices.set(key, [index]);
    else known.push(index);
  });
  return indices;
}

function connected(pairs: readonly (readonly [string, string])[]): number[][] {
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
      for (const next of [...(byFirst.get(first) ?? []), ...(bySecond.get(second) ?? [])]) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    components.push(component.sort((a, b) => a - b));
  }
  return components;
}

/** Closes the neighbourhoods under intersection: each closed set of second strategies belongs to one maximal biclique. */
function maximalBicliques(partners: ReadonlyMap<string, ReadonlySet<string>>): [string[], string[]][] {
  const closed = new Map<string, readonly string[]>();
  for (const own of partners.values()) {
    const additions = [[...own], ...[...closed.values()].map((set) => set.filter((second) => own.has(second)))];
    for (const set of additions) if (set.length > 0) closed.set(set.toSorted().join(';'), set);
  }
  return [...closed.values()].map((seconds) => [
    [...partners].filter(([, own]) => seconds.every((second) => own.has(second))).map(([first]) => first),
    [...seconds],
  ]);
}
