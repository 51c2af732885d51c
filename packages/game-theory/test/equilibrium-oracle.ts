/*
 * Extreme equilibria by brute force, after the definition: all sets of as many labels as a player has strategies are tried as what is tight at a
 * vertex of its best-response polyhedron, and vertices that have every label between them are paired.
 */
import { Rational, sum } from '@mechane/numerics';

export type Table = readonly (readonly Rational[])[];

export interface OracleResult {
  /** `x;y`, sorted. */
  readonly equilibria: readonly string[];
  readonly components: number;
}

/** `first[i][j]` and `second[i][j]` are the payoffs when strategies i and j meet. */
export function bruteForce(first: Table, second: Table): OracleResult {
  const [m, n] = [first.length, (first[0] as readonly Rational[]).length];
  const turned = Array.from({ length: n }, (_, j) => second.map((row) => row[j] as Rational));
  const xs = vertices(turned, m).map(({ point, labels }) => ({ point, labels: new Set(labels) }));
  // The second player's own strategies have the labels from m on.
  const ys = vertices(first, n).map(({ point, labels }) => {
    return { point, labels: new Set(labels.map((label) => (label < n ? m + label : label - n))) };
  });
  const pairs: [string, string][] = [];
  for (const x of xs) {
    for (const y of ys) {
      const complete = Array.from({ length: m + n }, (_, label) => label).every(
        (label) => x.labels.has(label) || y.labels.has(label),
      );
      if (complete) pairs.push([String(x.point), String(y.point)]);
    }
  }
  return { equilibria: pairs.map((pair) => pair.join(';')).sort(), components: countComponents(pairs) };
}

/** Vertices of { (x, v) : x >= 0, Σ x = 1, payoffs[k] · x <= v for all k }; labels are the zero coordinates, then the tight rows. */
function vertices(payoffs: Table, size: number): { point: Rational[]; labels: number[] }[] {
  const count = size + payoffs.length;
  const found = new Map<string, { point: Rational[]; labels: number[] }>();
  for (const chosen of subsets(count, size)) {
    const equations: Rational[][] = [[...ones(size), Rational.zero, Rational.one]];
    for (const label of chosen) {
      if (label < size) equations.push(unit(size + 2, label));
      else equations.push([...(payoffs[label - size] as readonly Rational[]), Rational.of(-1), Rational.zero]);
    }
    const solution = solve(equations, size + 1);
    if (solution === undefined) continue;
    const point = solution.slice(0, size);
    const value = solution[size] as Rational;
    if (point.some((weight) => weight.sign < 0)) continue;
    const slacks = payoffs.map((row) => value.minus(sum(row.map((entry, i) => entry.times(point[i] as Rational)))));
    if (slacks.some((slack) => slack.sign < 0)) continue;
    const labels = [...point, ...slacks].flatMap((amount, label) => (amount.sign === 0 ? [label] : []));
    found.set(String(point), { point, labels });
  }
  return [...found.values()];
}

function ones(size: number): Rational[] {
  return Array.from({ length: size }, () => Rational.one);
}

function unit(size: number, at: number): Rational[] {
  return Array.from({ length: size }, (_, place) => (place === at ? Rational.one : Rational.zero));
}

/** The only solution of some equations, or `undefined` when there is none or more than one. */
function solve(equations: Rational[][], unknowns: number): Rational[] | undefined {
  const rows = equations.map((row) => [...row]);
  for (let column = 0; column < unknowns; column++) {
    const at = rows.findIndex((row, index) => index >= column && (row[column] as Rational).sign !== 0);
    if (at === -1) return undefined;
    [rows[column], rows[at]] = [rows[at] as Rational[], rows[column] as Rational[]];
    const pivot = rows[column] as Rational[];
    const inverse = (pivot[column] as Rational).inverse();
    rows[column] = pivot.map((entry) => entry.times(inverse));
    rows.forEach((row, index) => {
      const factor = row[column] as Rational;
      if (index === column || factor.sign === 0) return;
      rows[index] = row.map((entry, place) =>
        entry.minus(factor.times((rows[column] as Rational[])[place] as Rational)),
      );
    });
  }
  return rows.slice(0, unknowns).map((row) => row[unknowns] as Rational);
}

function* subsets(count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else
    for (let at = from; at <= count - size; at++)
      for (const rest of subsets(count, size - 1, at + 1)) yield [at, ...rest];
}

function countComponents(pairs: readonly (readonly [string, string])[]): number {
  let groups: Set<string>[] = [];
  for (const [x, y] of pairs) {
    const own = new Set([`x${x}`, `y${y}`]);
    const touching = groups.filter((group) => [...own].some((key) => group.has(key)));
    groups = [
      ...groups.filter((group) => !touching.includes(group)),
      new Set([...own, ...touching.flatMap((group) => [...group])]),
    ];
  }
  return groups.length;
}
