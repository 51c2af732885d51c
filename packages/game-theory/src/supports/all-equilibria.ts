/*
 * All equilibria of any number of players, by supports (Porter, Nudelman and Shoham 2008). Of most choices of supports, payoffs alone show that there is no
 * equilibrium in them. Where at most two players mix, equilibria are found exactly, as polytopes; where more do, as isolated solutions in boxes, with a
 * proof that there are no others. Where neither settles it, a sum of conditions may show that there is nothing; the rest is counted as undecided.
 */
import type { Box, Pace, pause } from '@mechane/numerics';
import { isEmptyInside } from './empty-products.ts';
import { type ExactPlans, exactSolution } from './exact-plans.ts';
import { MultilinearForm } from './multilinear-form.ts';
import { layoutOf, type MultilinearPayoffs } from './multilinear-payoffs.ts';
import { PlanBox } from './plan-box.ts';
import { PlanPolytope } from './plan-polytope.ts';
import { isMixed, type PlanSupport, type PlanSupports, type SignedSequences } from './plan-support.ts';
import { conditionsOf, type Piece, type PolyhedralCell, polyhedralCell } from './polyhedral-cells.ts';
import { rounding, type Solution, SupportSystem } from './support-system.ts';

/** What is found in a choice of supports. */
export type Cell =
  | { readonly kind: 'pieces'; readonly supports: readonly PlanSupport[]; readonly pieces: readonly Piece[] }
  /** Equilibria among others that are bounded by curves. */
  | { readonly kind: 'points'; readonly supports: readonly PlanSupport[]; readonly points: readonly ExactPlans[] }
  /** An isolated equilibrium, exactly where it is rational and simple. */
  | {
      readonly kind: 'isolated';
      readonly supports: readonly PlanSupport[];
      readonly plans: readonly Float64Array[];
      readonly exact: ExactPlans | undefined;
    }
  | { readonly kind: 'undecided'; readonly supports: readonly PlanSupport[] };

/** Goes through all choices of supports, those with the fewest sequences first; ends early where the pace stops it. */
export function* cellsOf(
  payoffs: MultilinearPayoffs,
  choices: readonly PlanSupports[],
  pace: Pace,
): Generator<Cell | typeof pause, void, void> {
  const most = choices.reduce((sum, { largest }) => sum + largest, 0);
  for (let size = 0; size <= most; size++) {
    for (const supports of supportsOfSize(choices, 0, size)) {
      if (!(yield* pace.goesOn())) return;
      const verdict = firstLook(payoffs, supports);
      if (verdict === 'none') continue;
      const mixing = supports.filter(isMixed).length;
      const isDegenerate = mixing <= 2 || verdict === 'degenerate';
      const cell = isDegenerate ? polyhedralCell(payoffs, supports) : undefined;
      if (cell !== undefined) yield* toldCell(payoffs, supports, cell, pace);
      else yield* isolated(payoffs, supports, isDegenerate, pace);
      if (pace.stopped !== undefined) return;
    }
  }
}

function* toldCell(
  payoffs: MultilinearPayoffs,
  supports: readonly PlanSupport[],
  { pieces, besides, isCurved }: PolyhedralCell,
  pace: Pace,
): Generator<Cell | typeof pause, void, void> {
  if (pieces.length > 0) yield { kind: 'pieces', supports, pieces };
  if (besides.length > 0) yield { kind: 'points', supports, points: besides };
  if (isCurved && (pieces.length > 0 || !(yield* isEmpty(payoffs, supports, pace)))) {
    yield { kind: 'undecided', supports };
  }
}

/** Whether a sum of conditions shows that there is no equilibrium with some supports. */
function isEmpty(
  payoffs: MultilinearPayoffs,
  supports: readonly PlanSupport[],
  pace: Pace,
): Generator<typeof pause, boolean, void> {
  const whole = supports.map((support) => PlanPolytope.of(support));
  return isEmptyInside(conditionsOf(payoffs, supports), whole, pace);
}

function* supportsOfSize(
  choices: readonly PlanSupports[],
  player: number,
  size: number,
): Generator<readonly PlanSupport[], void, void> {
  const own = choices[player];
  if (own === undefined) {
    if (size === 0) yield [];
    return;
  }
  const rest = choices.slice(player + 1).reduce((sum, { largest }) => sum + largest, 0);
  for (let free = Math.max(0, size - rest); free <= Math.min(size, own.largest); free++) {
    for (const support of own.ofSize(free)) {
      for (const others of supportsOfSize(choices, player + 1, size - free)) yield [support, ...others];
    }
  }
}

/** Whether payoffs alone show that something is not as good as it has to be, or just as good whatever the others do. */
function firstLook(payoffs: MultilinearPayoffs, supports: readonly PlanSupport[]): 'none' | 'degenerate' | 'open' {
  const boxes = supports.map((support) => new PlanBox(support));
  let verdict: 'degenerate' | 'open' = 'open';
  for (const [player, { ties, rivals }] of supports.entries()) {
    for (const terms of ties) {
      const form = formOf(payoffs, player, terms, supports);
      const [most, least] = [form.most(boxes, 1), form.most(boxes, -1)];
      if (most < -rounding || least < -rounding) return 'none';
      if (most <= rounding || least <= rounding) verdict = 'degenerate';
    }
    for (const terms of rivals) {
      if (formOf(payoffs, player, terms, supports).most(boxes, -1) < -rounding) return 'none';
    }
  }
  return verdict;
}

function formOf(
  payoffs: MultilinearPayoffs,
  player: number,
  terms: SignedSequences,
  supports: readonly PlanSupport[],
): MultilinearForm {
  const { factors } = layoutOf(player, supports);
  const sizes = factors.map((other) => (supports[other] as PlanSupport).sequences.length);
  return new MultilinearForm(factors, sizes, payoffs.coefficients(player, terms, supports));
}

const smallestBox = 1e-7;
/**
 * After so many boxes the rest is left undecided: of supports that payoffs alone show to be degenerate after fewer, and after so many more once
 * a box can be cut no further.
 */
const [mostBoxes, mostDegenerate, mostAfterwards] = [100_000, 1_000, 500];

/** The isolated equilibria in some supports. */
function* isolated(
  payoffs: MultilinearPayoffs,
  supports: readonly PlanSupport[],
  isDegenerate: boolean,
  pace: Pace,
): Generator<Cell | typeof pause, void, void> {
  const system = new SupportSystem(
    supports,
    supports.flatMap(({ ties }, player) =>
      ties.map((terms) => ({ player, form: formOf(payoffs, player, terms, supports) })),
    ),
    supports.flatMap(({ rivals }, player) => rivals.map((terms) => formOf(payoffs, player, terms, supports))),
  );
  const found: Solution[] = [];
  const open: Box[] = [system.whole()];
  let isDecided = true;
  let left = isDegenerate ? mostDegenerate : mostBoxes;
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    if (!(yield* pace.goesOn())) return;
    if (--left < 0) {
      isDecided = false;
      break;
    }
    const here = box;
    if (found.some(({ alone }) => isWithin(here, alone))) continue;
    const verdict = system.judge(box);
    if (verdict.kind === 'none') continue;
    if (verdict.kind === 'one') {
      const { solution } = verdict;
      if (!found.some((other) => isSame(other, solution))) found.push(solution);
      continue;
    }
    for (const part of verdict.boxes) {
      if (system.width(part) > smallestBox) open.push(part);
      else if (isDecided) {
        isDecided = false;
        left = Math.min(left, mostAfterwards);
      }
    }
  }
  if (!isDecided && !isDegenerate) {
    const cell = polyhedralCell(payoffs, supports);
    if (cell !== undefined) {
      yield* toldCell(payoffs, supports, cell, pace);
      return;
    }
  }
  let isThere = false;
  for (const solution of found) {
    const plans = system.plansAt(solution.point);
    const exact = exactSolution(payoffs, supports, plans);
    const verdict = exact === undefined ? verdictOf(system, solution, supports, plans) : exact.isEquilibrium;
    if (verdict === 'unclear') isDecided = false;
    else if (verdict) {
      isThere = true;
      yield { kind: 'isolated', supports, plans, exact: exact?.plans };
    }
  }
  if (!isDecided && (isThere || !(yield* isEmpty(payoffs, supports, pace)))) yield { kind: 'undecided', supports };
}

/** Whether a solution is an equilibrium, as far as its error allows to say so. */
function verdictOf(
  system: SupportSystem,
  solution: Solution,
  supports: readonly PlanSupport[],
  plans: readonly Float64Array[],
): boolean | 'unclear' {
  const shares = plans.flatMap((own, player) => (isMixed(supports[player] as PlanSupport) ? [...own] : []));
  const gains = system.gainsAround(solution);
  // The last move at a set is off by all others' errors together.
  const off = solution.error * (1 + shares.length);
  if (shares.some((share) => share < -off) || gains.some(([least]) => least > 0)) return false;
  return shares.every((share) => share > off) && gains.every(([, most]) => most < 0) ? true : 'unclear';
}

function isWithin(box: Box, other: Box): boolean {
  return (
    box.low.every((value, at) => value >= (other.low[at] as number)) &&
    box.high.every((value, at) => value <= (other.high[at] as number))
  );
}

/** Whether a solution is one that is the only one in its box, or so near to it that it is the same but for rounding. */
function isSame({ alone, point: known }: Solution, { point }: Solution): boolean {
  return (
    SupportSystem.isIn(point, alone) || point.every((value, at) => Math.abs(value - (known[at] as number)) < nearness)
  );
}

const nearness = 1e-9;
