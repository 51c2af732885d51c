/*
 * Cliques of conflicting bids that a fractional solution overfills: Padberg, "On the facial structure of set packing polyhedra",
 * Mathematical Programming 5 (1973). Found greedily and made maximal.
 */
import type { ConflictGraph } from './conflict-graph.ts';

/** By how much a clique must be overfilled to be worth a row. */
const overfilled = 1.005;

/** Cliques whose bids together win more than once in this solution, the most overfilled first; without bids of less than nothing. */
export function cliqueCuts(
  { conflicts, bids }: ConflictGraph,
  solution: Float64Array,
  reduced: Float64Array,
  most: number,
): readonly Int32Array[] {
  const fractional: number[] = [];
  for (let bid = 0; bid < bids; bid++) if ((solution[bid] as number) > 1e-4) fractional.push(bid);
  fractional.sort((a, b) => (solution[b] as number) - (solution[a] as number) || a - b);
  const rest = Array.from({ length: bids }, (_, bid) => bid)
    .filter((bid) => (solution[bid] as number) <= 1e-4 && (solution[bid] as number) > -1)
    .sort((a, b) => (reduced[b] as number) - (reduced[a] as number) || a - b);
  const found = new Map<string, { clique: number[]; weight: number }>();
  for (const [index, first] of fractional.entries()) {
    for (const second of fractional.slice(index + 1)) {
      if (!conflicts.has(first, second)) continue;
      const clique = [first, second];
      let weight = (solution[first] as number) + (solution[second] as number);
      for (const bid of fractional) {
        if (bid === first || bid === second || !clique.every((member) => conflicts.has(member, bid))) continue;
        clique.push(bid);
        weight += solution[bid] as number;
      }
      if (weight < overfilled) continue;
      const key = clique.toSorted((a, b) => a - b).join(' ');
      if (!found.has(key)) found.set(key, { clique, weight });
    }
  }
  const ranked = [...found.values()].sort((a, b) => b.weight - a.weight).map(({ clique }) => clique);
  return unlike(ranked, most).map((clique) => {
    for (const bid of rest) if (clique.every((member) => conflicts.has(member, bid))) clique.push(bid);
    return Int32Array.from(clique).sort();
  });
}

/** The first of these, without those that share more than half of their members with one before. */
function unlike(cliques: readonly number[][], most: number): readonly number[][] {
  const chosen: number[][] = [];
  for (const clique of cliques) {
    if (chosen.length === most) break;
    const own = new Set(clique);
    const isAlike = chosen.some((other) => {
      const common = other.reduce((sum, bid) => sum + Number(own.has(bid)), 0);
      return 2 * common > Math.min(own.size, other.length);
    });
    if (!isAlike) chosen.push(clique);
  }
  return chosen;
}
