/*
 * The equilibria with given supports, exactly, as far as they are products of polytopes. A condition that depends on one player's plan alone, since the others
 * that count have only one left, cuts that player's polytope; one that holds at all corners of the product holds throughout, since a multilinear form
 * is largest and smallest at corners; one that is a product of two linear ones has two cases. Where neither helps, the set is curved, and nothing is
 * said of it.
 */
import { Rational } from '@mechane/numerics';
import type { Condition } from './empty-products.ts';
import type { ExactPlans } from './exact-plans.ts';
import { layoutOf, type MultilinearPayoffs } from './multilinear-payoffs.ts';
import { PlanPolytope } from './plan-polytope.ts';
import type { PlanSupport, SignedSequences } from './plan-support.ts';
import { summedOut } from './summed-out.ts';

/** Plans of all players, by place, any of which are an equilibrium with any of the others'. */
export type Piece = readonly PlanPolytope[];

/** The equilibria with some supports, and their bounds. */
export interface PolyhedralCell {
  readonly pieces: readonly Piece[];
  /** Whether there are products of polytopes that are cut by curves, too. */
  readonly isCurved: boolean;
  /** Corners of these that are left: equilibria, but not all that there may be. */
  readonly besides: readonly ExactPlans[];
}

const nothing: PolyhedralCell = { pieces: [], isCurved: false, besides: [] };

/** Products with more corners are not looked at. */
const mostCorners = 20_000;

/** The pieces that make up the equilibria with some supports, with their bounds; `undefined` where equations are curved. */
export function polyhedralCell(
  payoffs: MultilinearPayoffs,
  supports: readonly PlanSupport[],
): PolyhedralCell | undefined {
  return piecesOf(
    supports.map((support) => PlanPolytope.of(support)),
    // Equations leave more to be said of what is inside.
    conditionsOf(payoffs, supports).sort((one, other) => Number(other.isEquation) - Number(one.isEquation)),
  );
}

/** That all which is played is as good, and that nothing else is better. */
export function conditionsOf(payoffs: MultilinearPayoffs, supports: readonly PlanSupport[]): Condition[] {
  const conditions: Condition[] = [];
  for (const [player, { ties, rivals }] of supports.entries()) {
    const { factors } = layoutOf(player, supports);
    const sizes = factors.map((other) => (supports[other] as PlanSupport).sequences.length);
    const add = (terms: SignedSequences, isEquation: boolean): void => {
      conditions.push({ factors, sizes, coefficients: payoffs.exactCoefficients(player, terms, supports), isEquation });
    };
    for (const terms of ties) add(terms, true);
    for (const terms of rivals) add(terms, false);
  }
  return conditions;
}

function piecesOf(whole: Piece, conditions: readonly Condition[]): PolyhedralCell | undefined {
  const polytopes = [...whole];
  let open = conditions;
  for (let changed = true; changed; ) {
    changed = false;
    const left: Condition[] = [];
    for (const condition of open) {
      const verdict = look(condition, polytopes);
      if (verdict === 'never') return nothing;
      if (verdict === 'open') left.push(condition);
      else if (verdict !== 'always') {
        polytopes[verdict.player] = verdict.part;
        if (verdict.part.isEmpty) return nothing;
        changed = true;
      }
    }
    open = left;
  }
  if (!polytopes.every(({ isFull }) => isFull)) return nothing;
  if (open.length === 0) return { ...nothing, pieces: [polytopes] };
  for (const condition of open) {
    const cases = casesOf(condition, polytopes);
    if (cases === undefined) continue;
    const rest = open.filter((other) => other !== condition);
    const found = cases.map((parts) => piecesOf(parts, rest));
    if (found.includes(undefined)) return undefined;
    return {
      pieces: found.flatMap((cell) => cell?.pieces ?? []),
      isCurved: found.some((cell) => cell?.isCurved),
      besides: found.flatMap((cell) => cell?.besides ?? []),
    };
  }
  if (open.some(({ isEquation }) => isEquation)) return undefined;
  const besides = (cornersOf(polytopes) ?? []).filter((plans) => open.every((each) => holdsAt(each, plans)));
  return { pieces: [], isCurved: true, besides };
}

/** The corners of a product; `undefined` where they are too many. */
export function cornersOf(piece: Piece): readonly ExactPlans[] | undefined {
  if (piece.reduce((product, { points }) => product * points.length, 1) > mostCorners) return undefined;
  let all: ExactPlans[] = [[]];
  for (const { points } of piece) all = all.flatMap((plans) => points.map((point) => [...plans, point]));
  return all;
}

/** Whether an inequality holds. */
function holdsAt({ factors, coefficients }: Condition, plans: ExactPlans): boolean {
  let table = coefficients;
  for (const player of factors.toReversed()) table = summedOut(table, plans[player] ?? []);
  return (table[0] as Rational).sign <= 0;
}

type Verdict = 'always' | 'never' | 'open' | { readonly player: number; readonly part: PlanPolytope };

/** What a condition says of a product of polytopes. */
function look(condition: Condition, polytopes: Piece): Verdict {
  const { factors, isEquation } = condition;
  const moving = factors.filter((player) => !(polytopes[player] as PlanPolytope).isPoint);
  const [player] = moving;
  if (player !== undefined && moving.length === 1) {
    const coefficients = linearIn(condition, player, (other) => (polytopes[other] as PlanPolytope).points[0] ?? []);
    return { player, part: (polytopes[player] as PlanPolytope).cut({ coefficients, isEquation }) };
  }
  const signs = signsAtCorners(condition, polytopes);
  if (signs === undefined) return 'open';
  const { above, zero, below } = signs;
  if (isEquation ? !above && !below : !above) return 'always';
  // Inside of the product it is 0 only where it is 0 at all corners.
  const counts = !zero || moving.every((other) => (polytopes[other] as PlanPolytope).isWhole);
  const isOneSided = isEquation ? !(above && below) : !below;
  return isOneSided && counts ? 'never' : 'open';
}

interface Signs {
  readonly above: boolean;
  readonly zero: boolean;
  readonly below: boolean;
}

function signsAtCorners(condition: Condition, polytopes: Piece): Signs | undefined {
  const corners = condition.factors.map((player) => (polytopes[player] as PlanPolytope).points);
  if (corners.reduce((product, { length }) => product * length, 1) > mostCorners) return undefined;
  const signs = { above: false, zero: false, below: false };
  const visit = (table: readonly Rational[], depth: number): void => {
    if (depth < 0) {
      const { sign } = table[0] as Rational;
      if (sign > 0) signs.above = true;
      else if (sign < 0) signs.below = true;
      else signs.zero = true;
      return;
    }
    for (const point of corners[depth] as readonly (readonly Rational[])[]) visit(summedOut(table, point), depth - 1);
  };
  visit(condition.coefficients, corners.length - 1);
  return signs;
}

/** A condition in one player's probabilities, where the others' are given. */
function linearIn(
  { factors, sizes, coefficients }: Condition,
  player: number,
  given: (other: number) => readonly Rational[],
): Rational[] {
  let table = coefficients;
  let own = 1;
  for (let at = factors.length - 1; at >= 0; at--) {
    const other = factors[at] as number;
    const size = sizes[at] as number;
    if (other === player) {
      own = size;
      continue;
    }
    // The player's places, if it has been passed by, run fastest.
    const weights = given(other);
    const rest: Rational[] = [];
    for (let block = 0; block < table.length; block += size * own) {
      for (let place = 0; place < own; place++) {
        let sum = Rational.zero;
        weights.forEach((weight, each) => {
          if (weight.sign !== 0) sum = sum.plus(weight.times(table[block + each * own + place] as Rational));
        });
        rest.push(sum);
      }
    }
    table = rest;
  }
  return [...table];
}

/** Where a form of two players is the product of two linear ones: the parts of the product of polytopes in which it is 0, or 0 at most. */
function casesOf(condition: Condition, polytopes: Piece): readonly Piece[] | undefined {
  const moving = condition.factors.filter((player) => !(polytopes[player] as PlanPolytope).isPoint);
  const [first, second] = moving;
  if (moving.length !== 2 || first === undefined || second === undefined) return undefined;
  const [rows, columns] = [first, second].map((player) => (polytopes[player] as PlanPolytope).points);
  if (rows === undefined || columns === undefined) return undefined;
  const fixed = (at: readonly Rational[]) => (other: number) =>
    other === first || other === second ? at : ((polytopes[other] as PlanPolytope).points[0] ?? []);
  const inFirst = columns.map((column) => linearIn(condition, first, fixed(column)));
  const values = rows.map((row) => inFirst.map((coefficients) => dot(coefficients, row)));
  const p = values.findIndex((own) => own.some(({ sign }) => sign !== 0));
  const q = values[p]?.findIndex(({ sign }) => sign !== 0) ?? -1;
  const pivot = values[p]?.[q];
  if (pivot === undefined) return undefined;
  const isProduct = values.every((own) =>
    own.every((value, column) =>
      value.times(pivot).equals((own[q] as Rational).times(values[p]?.[column] as Rational)),
    ),
  );
  if (!isProduct) return undefined;
  const left = inFirst[q] as readonly Rational[];
  const right = linearIn(condition, second, fixed(rows[p] as readonly Rational[]));
  const part = (one: PlanPolytope | undefined, other: PlanPolytope | undefined): Piece =>
    polytopes.map((polytope, player) => (player === first ? one : player === second ? other : undefined) ?? polytope);
  const [own, others] = [polytopes[first] as PlanPolytope, polytopes[second] as PlanPolytope];
  if (condition.isEquation) {
    return [
      part(own.cut({ coefficients: left, isEquation: true }), undefined),
      part(undefined, others.cut({ coefficients: right, isEquation: true })),
    ].filter(isThere);
  }
  const turned = (coefficients: readonly Rational[]): Rational[] => coefficients.map((value) => value.negated());
  // The form is left times right over the pivot.
  const opposite = pivot.sign > 0 ? turned(right) : right;
  const along = pivot.sign > 0 ? right : turned(right);
  return [
    part(own.cut({ coefficients: left, isEquation: false }), others.cut({ coefficients: opposite, isEquation: false })),
    part(
      own.cut({ coefficients: turned(left), isEquation: false }),
      others.cut({ coefficients: along, isEquation: false }),
    ),
  ].filter(isThere);
}

function isThere(piece: Piece): boolean {
  return piece.every(({ isEmpty }) => !isEmpty);
}

function dot(coefficients: readonly Rational[], point: readonly Rational[]): Rational {
  return coefficients.reduce((sum, value, at) => sum.plus(value.times(point[at] as Rational)), Rational.zero);
}
