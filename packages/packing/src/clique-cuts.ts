/*
 * Cliques of conflicting sets that a fractional solution overfills: Padberg, "On the facial structure of set packing polyhedra",
 * Mathematical Programming 5 (1973). Found greedily and made maximal.
 */
import { BitMatrix, firstOf } from './bitset.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import { upTo } from './packing.ts';

/** By how much a clique must be overfilled to be worth a row. */
const overfilled = 1.005;

/** Cliques whose sets together are in more than once in this solution, the most overfilled first. Sets at −1 in it are left out. */
export function cliqueCuts(
  { conflicts, sets }: ConflictGraph,
  solution: Float64Array,
  reduced: Float64Array,
  most: number,
): readonly Int32Array[] {
  const fractional = upTo(sets)
    .filter((set) => (solution[set] as number) > 1e-4)
    .sort((a, b) => (solution[b] as number) - (solution[a] as number) || a - b);
  const rest = upTo(sets)
    .filter((set) => (solution[set] as number) <= 1e-4 && (solution[set] as number) > -1)
    .sort((a, b) => (reduced[b] as number) - (reduced[a] as number) || a - b);
  const among = amongThese(conflicts, fractional);
  const found = new Map<string, { clique: number[]; weight: number }>();
  for (let first = 0; first < fractional.length; first++) {
    for (let second = first + 1; second < fractional.length; second++) {
      if (!among.has(first, second)) continue;
      const clique = [first, second];
      const open = among.copy(first);
      among.narrow(open, second);
      for (let next = firstOf(open); next >= 0; next = firstOf(open)) {
        clique.push(next);
        among.narrow(open, next);
      }
      const weight = clique.reduce((sum, at) => sum + (solution[fractional[at] as number] as number), 0);
      if (weight < overfilled) continue;
      const key = clique.toSorted((a, b) => a - b).join(' ');
      if (!found.has(key)) found.set(key, { clique: clique.map((at) => fractional[at] as number), weight });
    }
  }
  const ranked = [...found.values()].sort((a, b) => b.weight - a.weight).map(({ clique }) => clique);
  return unlike(ranked, most).map((clique) => lengthened(clique, rest, conflicts));
}

/** The conflicts of some sets, by their positions. */
function amongThese(conflicts: BitMatrix, these: Int32Array): BitMatrix {
  const among = new BitMatrix(these.length, these.length);
  for (const [one, set] of these.entries()) {
    for (const [other, against] of these.entries()) if (conflicts.has(set, against)) among.add(one, other);
  }
  return among;
}

/** The clique made maximal with these sets, in their order. */
function lengthened(clique: readonly number[], among: Int32Array, conflicts: BitMatrix): Int32Array {
  const long = [...clique];
  const open = conflicts.copy(clique[0] as number);
  for (const set of clique.slice(1)) conflicts.narrow(open, set);
  for (const set of among) {
    if ((((open[set >>> 5] as number) >>> (set & 31)) & 1) === 0) continue;
    long.push(set);
    conflicts.narrow(open, set);
  }
  return Int32Array.from(long).sort();
}

/** The first of these, without those that share more than half of their members with one before. */
function unlike(cliques: readonly number[][], most: number): readonly number[][] {
  const chosen: number[][] = [];
  for (const clique of cliques) {
    if (chosen.length === most) break;
    const own = new Set(clique);
    const isAlike = chosen.some((other) => {
      const common = other.reduce((sum, set) => sum + Number(own.has(set)), 0);
      return 2 * common > Math.min(own.size, other.length);
    });
    if (!isAlike) chosen.push(clique);
  }
  return chosen;
}
