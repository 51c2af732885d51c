import {
  atOnce,
  commonDenominator,
  Pace,
  type pause,
  Rational,
  type SearchOptions,
  type SparseColumns,
  sparseIntegerSteps,
} from '@mechane/numerics';
import { type Basis, basisStatus, linearProgram, type Optimizer, type Program, type Term } from '@mechane/optimization';
import { unsuitableGame } from '../errors.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import { treeOfPair } from './choosers.ts';
import { evaluationSteps } from './evaluate.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { forgottenMove } from './perfect-recall.ts';
import { exactly } from './realization.ts';
import { equilibriumOfPlans, sequencesIn, twoPlayerSequenceForm } from './sequence-form.ts';
import { type PlayerSequences, type SequenceForm, sequenceForm } from './sequences.ts';

/**
 * An equilibrium of a constant-sum game: exact where the regret is 0, and then the payoffs are the value.
 *
 * @category Methods for trees
 */
export interface ZeroSumEquilibrium extends BehaviourEquilibrium {
  /** Whether the basis of the linear program could be solved in fractions and proved optimal. */
  readonly proved: boolean;
}

/** The linear program with exact entries: rows are the other's sequences, then the sets of the first player and its root. */
interface ExactProgram {
  /** The first player's sequences, then the other's sets and its root: those are free. */
  readonly columns: readonly (readonly (readonly [row: number, value: bigint])[])[];
  readonly rows: number;
  /** From this column on, columns are free. */
  readonly firstFree: number;
  /** From this row on, rows are equations. */
  readonly firstEquation: number;
  /** The column to make as large as possible: what the game is worth. */
  readonly value: number;
  /** The equation that comes to 1; the others come to 0. */
  readonly root: number;
}

/**
 * An exact equilibrium of a large two-player constant-sum game with perfect recall: the linear program of its sequence form
 * (von Stengel 1996) is solved in doubles, and the basis found is solved again in fractions. The regret is computed from the
 * strategies alone, so nothing rests on the solver: it is 0, or says by how much the strategies fall short.
 *
 * @returns `undefined` when the solver comes to no optimum in doubles, within its time if it has a limit
 * @throws MechaneError `unsuitable-game` when there are not two players, payoffs do not sum to a constant, or a player has
 * imperfect recall
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { kuhnPoker, zeroSumSequenceForm } from '@mechane/game-theory';
 * import { createOptimizer } from '@mechane/optimization';
 *
 * const equilibrium = zeroSumSequenceForm(kuhnPoker(), await createOptimizer());
 * equilibrium?.payoffs.map(String); // => ['-1/18', '1/18']
 * equilibrium?.regret.toString(); // => '0'
 * equilibrium?.proved; // => true
 * ```
 */
export function zeroSumSequenceForm(
  game: ExtensiveGame,
  optimizer: Optimizer,
  options: Pick<SearchOptions, 'seconds' | 'signal'> = {},
): ZeroSumEquilibrium | undefined {
  return atOnce(optimalPlanSteps(game, optimizer, new Pace(options), options));
}

/** The steps of {@link zeroSumSequenceForm}, with a pause between them; the program in doubles is one step. */
export function* optimalPlanSteps(
  game: ExtensiveGame,
  optimizer: Optimizer,
  pace: Pace,
  { seconds, signal, since = performance.now() }: Pick<SearchOptions, 'seconds' | 'signal' | 'since'>,
): Generator<typeof pause, ZeroSumEquilibrium | undefined, void> {
  const { tree, whole } = treeOfPair(game);
  const form = constantSumForm(tree);
  if (!(yield* pace.goesOn(0))) return undefined;
  const program = programOf(form);
  if (!(yield* pace.goesOn(0))) return undefined;
  using model = optimizer.open(inDoubles(program));
  const timeLimit = seconds === undefined ? undefined : Math.max(0, seconds * 1e3 - (performance.now() - since));
  const solution = model.solve({ timeLimit, signal });
  if (solution.status !== 'optimal' || !(yield* pace.goesOn(0))) return undefined;
  const exact = yield* exactPlans(program, model.basis(), pace);
  if (pace.stopped !== undefined) return undefined;
  const plans = exact ?? roundedPlans(program, solution.primal, solution.duals?.rows);
  const found = yield* equilibriumOfPlans(
    form,
    form.players.map((own, player) => planFrom(own, plans[player] as readonly Rational[])),
    pace,
  );
  if (found === undefined || tree === game) return found && { ...found, proved: found.regret.sign === 0 };
  const profile = whole(found.profile);
  const evaluation = yield* evaluationSteps(sequenceForm(game), profile, exactly, pace);
  if (evaluation === undefined) return undefined;
  const { payoffs, regret } = evaluation;
  return { profile, payoffs, regret, proved: regret.sign === 0 };
}

/** @throws MechaneError `unsuitable-game` unless there are two players, with payoffs that sum to a constant */
function constantSumForm(tree: ExtensiveGame): SequenceForm {
  const form = twoPlayerSequenceForm(tree, 'zero-sum');
  if (tree.players.length !== 2) {
    throw unsuitableGame(
      'zero-sum',
      `the game has ${tree.players.length} players`,
      'ask for backward-induction or sequence-form',
    );
  }
  if (isConstantSum(form)) return form;
  throw unsuitableGame('zero-sum', 'the payoffs do not sum to the same everywhere', 'ask for sequence-form');
}

/** The program for a solver in doubles. */
function inDoubles(program: ExactProgram): Program {
  const approximate = linearProgram('maximize');
  // Payoffs may be scaled up a lot to make whole numbers of them; the solver gets them scaled down again.
  const largest = program.columns
    .slice(0, program.firstFree)
    .flat()
    .reduce((most, [row, value]) => (row < program.firstEquation && abs(value) > most ? abs(value) : most), 1n);
  program.columns.forEach((_, column) => {
    approximate.variable(
      column < program.firstFree ? {} : { lower: -Infinity, cost: column === program.value ? 1 : 0 },
    );
  });
  const rows: Term[][] = Array.from({ length: program.rows }, () => []);
  program.columns.forEach((entries, column) => {
    for (const [row, value] of entries) {
      const isPayoff = row < program.firstEquation && column < program.firstFree;
      const entry = isPayoff ? Rational.ratio(value, largest).toNumber() : Number(value);
      if (Math.abs(entry) >= smallestEntry) rows[row]?.push([column, entry]);
    }
  });
  rows.forEach((terms, row) => {
    approximate.constraint(
      terms,
      row < program.firstEquation ? { atLeast: 0 } : { equals: row === program.root ? 1 : 0 },
    );
  });
  return approximate.build();
}

/** Payoffs that are smaller beside the largest one are left out in doubles: solvers take them for zeros. */
const smallestEntry = 1e-9;

/** From so many sequences on, the linear program is quicker than the exact path by far. */
const manySequences = 150;

/** Whether a game is one for the linear program, since the path would take long. */
export function isLargeConstantSum(game: ExtensiveGame): boolean {
  const { tree } = treeOfPair(game);
  if (tree.players.length !== 2 || sequencesIn(tree) < manySequences) return false;
  return forgottenMove(tree) === undefined && isConstantSum(sequenceForm(tree));
}

/** Whether payoffs sum to the same wherever play can end. */
export function isConstantSum({ leaves }: SequenceForm): boolean {
  const total = ({ payoffs }: { payoffs: readonly Rational[] }): Rational =>
    payoffs.reduce((sum, payoff) => sum.plus(payoff), Rational.zero);
  const [first] = leaves;
  return first === undefined || leaves.every((leaf) => total(leaf).equals(total(first)));
}

/** Maximise what the game is worth at the other's root, where each sequence of the other comes to no less than its set. */
function programOf({ players, leaves }: SequenceForm): ExactProgram {
  const [own, other] = players as readonly [PlayerSequences, PlayerSequences];
  const firstFree = own.size;
  const value = firstFree + other.sets.length;
  const firstEquation = other.size;
  const root = firstEquation + own.sets.length;
  const sums = Array.from({ length: own.size }, () => new Map<number, Rational>());
  for (const { sequences, probability, payoffs } of leaves) {
    const column = sums[sequences[0] as number] as Map<number, Rational>;
    const row = sequences[1] as number;
    column.set(row, (column.get(row) ?? Rational.zero).plus(probability.times(payoffs[0] as Rational)));
  }
  const scale = Rational.of(commonDenominator(sums.flatMap((column) => [...column.values()])));
  const columns: (readonly [number, bigint])[][] = sums.map((column) =>
    Array.from(column, ([row, amount]) => [row, amount.times(scale).numerator] as const),
  );
  for (let column = firstFree; column <= value; column++) columns.push([]);
  // The first player's plan: what leaves a set is what comes to it.
  columns[0]?.push([root, 1n]);
  for (let set = 0; set < own.sets.length; set++) {
    columns[own.parent[set] as number]?.push([firstEquation + set, -1n]);
    for (let action = 0; action < (own.actions[set] as number); action++) {
      columns[(own.first[set] as number) + action]?.push([firstEquation + set, 1n]);
    }
  }
  // The other's sets are worth no more than each of their actions, with the sets that follow.
  columns[value]?.push([0, -1n]);
  for (let set = 0; set < other.sets.length; set++) {
    columns[firstFree + set]?.push([other.parent[set] as number, 1n]);
    for (let action = 0; action < (other.actions[set] as number); action++) {
      columns[firstFree + set]?.push([(other.first[set] as number) + action, -1n]);
    }
  }
  return { columns, rows: root + 1, firstFree, firstEquation, value, root };
}

/** The two plans at a basis: the first player's by its columns, the other's by its rows. */
function* exactPlans(
  { columns, rows, firstFree, firstEquation, value, root }: ExactProgram,
  basis: Basis | undefined,
  pace: Pace,
): Generator<typeof pause, readonly Rational[][] | undefined, void> {
  if (basis === undefined) return undefined;
  const inBasis = [...columns.keys()].filter((column) => basis.columns[column] === basisStatus.basic);
  const tight = Array.from({ length: rows }, (_, row) => row).filter((row) => basis.rows[row] !== basisStatus.basic);
  if (inBasis.length !== tight.length) return undefined;
  const placeOfRow = new Map(tight.map((row, place) => [row, place]));
  const matrix: SparseColumns = inBasis.map((column) =>
    (columns[column] as ExactProgram['columns'][number]).flatMap(([row, entry]) => {
      const place = placeOfRow.get(row);
      return place === undefined ? [] : [[place, entry] as const];
    }),
  );
  const primal = yield* sparseIntegerSteps(
    matrix,
    tight.map((row) => (row === root ? 1n : 0n)),
    pace,
  );
  const dual = yield* sparseIntegerSteps(
    transposed(matrix),
    inBasis.map((column) => (column === value ? -1n : 0n)),
    pace,
  );
  if (primal === undefined || dual === undefined) return undefined;
  const own = new Array<Rational>(firstFree).fill(Rational.zero);
  inBasis.forEach((column, place) => {
    if (column < firstFree) own[column] = primal[place] as Rational;
  });
  const other = new Array<Rational>(firstEquation).fill(Rational.zero);
  tight.forEach((row, place) => {
    if (row < firstEquation) other[row] = dual[place] as Rational;
  });
  return [own, other];
}

/** What the solver says, for want of better. */
function roundedPlans(
  { firstFree, firstEquation }: ExactProgram,
  primal: Float64Array,
  duals: Float64Array | undefined,
): readonly Rational[][] {
  const exact = (numbers: Iterable<number>): Rational[] => Array.from(numbers, (x) => Rational.fromDouble(Math.abs(x)));
  return [exact(primal.slice(0, firstFree)), exact((duals ?? new Float64Array(firstEquation)).slice(0, firstEquation))];
}

/** Makes a plan of what should be one: negative numbers count as 0, and each set shares out what comes to it. */
function planFrom(own: PlayerSequences, shares: readonly Rational[]): Rational[] {
  const plan = new Array<Rational>(own.size).fill(Rational.one);
  for (let set = 0; set < own.sets.length; set++) {
    const start = own.first[set] as number;
    const count = own.actions[set] as number;
    const before = plan[own.parent[set] as number] as Rational;
    const kept = shares.slice(start, start + count).map((share) => (share.sign > 0 ? share : Rational.zero));
    const total = kept.reduce((sum, share) => sum.plus(share), Rational.zero);
    for (let action = 0; action < count; action++) {
      plan[start + action] =
        total.sign > 0
          ? before.times((kept[action] as Rational).over(total))
          : before.times(Rational.ratio(1n, BigInt(count)));
    }
  }
  return plan;
}

function transposed(matrix: SparseColumns): SparseColumns {
  const rows: [number, bigint][][] = matrix.map(() => []);
  matrix.forEach((entries, column) => {
    for (const [row, value] of entries) rows[row]?.push([column, value]);
  });
  return rows;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
