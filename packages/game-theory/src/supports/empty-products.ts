import { type ExactRow, exactSteps, Pace, pause, Rational } from '@mechane/numerics';
import type { PlanPolytope } from './plan-polytope.ts';

/** A form that has to be 0, or 0 at most. */
export interface Condition {
  readonly factors: readonly number[];
  readonly sizes: readonly number[];
  readonly coefficients: readonly Rational[];
  readonly isEquation: boolean;
}

/** Products with more corners, and programs with more digits in all or more pivots, are not looked at. */
const [mostCorners, mostDigits, mostPivots] = [128, 10_000, 100];

/**
 * Whether some sum of conditions shows that they do not all hold anywhere inside a product of polytopes; `false` says nothing. Equations count with
 * any factor, inequalities with one of 0 or more, each by the corner of those players on whom the condition does not depend: where conditions hold,
 * the sum is then 0 at most, and it is multilinear. Inside, it is a mean of its values at the corners that gives each some weight: it is more than 0
 * if it is nowhere less at corners, and somewhere more. Whether there are such factors is a linear program, solved exactly.
 */
export function* isEmptyInside(
  conditions: readonly Condition[],
  polytopes: readonly PlanPolytope[],
  pace: Pace,
): Generator<typeof pause, boolean, void> {
  const moving = [...polytopes.keys()].filter((player) => !(polytopes[player] as PlanPolytope).isPoint);
  // Elsewhere what gives every sequence some probability may lie on the bounds.
  if (!moving.every((player) => polytopes[player]?.isWhole)) return false;
  const corners = cornersOf(polytopes);
  if (corners === undefined) return false;
  const sums: Map<number, Rational>[] = corners.map(() => new Map());
  const free: number[] = [];
  let [factors, digits] = [0, 0];
  for (const condition of conditions) {
    const values = valuesAtCorners(condition, polytopes);
    const known = new Map<string, number>();
    corners.forEach((corner, at) => {
      let place = 0;
      for (const player of condition.factors) {
        place = place * (polytopes[player] as PlanPolytope).points.length + (corner[player] as number);
      }
      const value = values[place] as Rational;
      if (value.sign === 0) return;
      digits += value.toString().length;
      const others = corner.filter((_, player) => !condition.factors.includes(player)).join();
      const factor = known.get(others) ?? factors++;
      if (!known.has(others) && condition.isEquation) free.push(factor);
      known.set(others, factor);
      sums[at]?.set(factor, value);
    });
  }
  if (digits > mostDigits) return false;
  const rows = sums.map((own) => Array.from({ length: factors }, (_, factor) => own.get(factor) ?? Rational.zero));
  const total = Array.from({ length: factors }, (_, factor) =>
    rows.reduce((sum, row) => sum.plus(row[factor] as Rational), Rational.zero),
  );
  const program: readonly ExactRow[] = [
    ...rows.map((coefficients): ExactRow => ({ coefficients, relation: '>=', bound: Rational.zero })),
    { coefficients: total, relation: '<=', bound: Rational.one },
  ];
  const steps = exactSteps({ objective: total, rows: program, free }, new Pace({ steps: mostPivots }));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value.status === 'optimal' && value.value.sign > 0;
    yield pause;
    pace.look();
    if (pace.stopped !== undefined) return false;
  }
}

/** For every corner of a product, the number of each polytope's own; `undefined` where they are too many. */
function cornersOf(polytopes: readonly PlanPolytope[]): readonly (readonly number[])[] | undefined {
  if (polytopes.reduce((product, { points }) => product * points.length, 1) > mostCorners) return undefined;
  let all: number[][] = [[]];
  for (const { points } of polytopes) all = all.flatMap((corner) => [...points.keys()].map((own) => [...corner, own]));
  return all;
}

/** What a form comes to at all corners of its players' polytopes, the last player's running fastest. */
function valuesAtCorners(
  { factors, sizes, coefficients }: Condition,
  polytopes: readonly PlanPolytope[],
): readonly Rational[] {
  let table = coefficients;
  let inner = 1;
  for (let at = factors.length - 1; at >= 0; at--) {
    const { points } = polytopes[factors[at] as number] as PlanPolytope;
    const size = sizes[at] as number;
    const values: Rational[] = [];
    for (let block = 0; block < table.length; block += size * inner) {
      for (const point of points) {
        for (let offset = 0; offset < inner; offset++) {
          values.push(
            point.reduce(
              (sum, weight, place) =>
                weight.sign === 0 ? sum : sum.plus(weight.times(table[block + place * inner + offset] as Rational)),
              Rational.zero,
            ),
          );
        }
      }
    }
    table = values;
    inner *= points.length;
  }
  return table;
}
