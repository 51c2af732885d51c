import { popcount } from './bitset.ts';
import { branchAndBound } from './branch-and-bound.ts';
import { Budget, type Limits } from './budget.ts';
import { componentsOf } from './components.ts';
import { conflictGraphOf, densityAtMost, densityOf } from './conflict-graph.ts';
import { enumerate } from './enumerate.ts';
import { enumerateFew, few } from './enumerate-few.ts';
import { bestGreedy } from './local-search.ts';
import { type Packing, restricted, type Selection, valueOfSets } from './packing.ts';
import { counted, type Proof, ProofLog } from './proof.ts';
import { reduced } from './reduce.ts';
import type { PartResult, SearchOptions, SearchStatistics } from './search-options.ts';
import { withTaken } from './warm-start.ts';

/** Few sets, or a share of pairs in conflict, for which bits beat the relaxation. */
const smallest = 40;
const dense = 0.5;
/** Selections that enumeration may look at before the relaxation is asked, for each pair of sets. */
const selectionsForPair = 4;

/**
 * Which sets are chosen, and how sure it is that there are no better ones.
 *
 * @category Search
 */
export interface PackingSolution {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
  /** Why not, where that was proved: {@link recheckBound} looks at it again. */
  readonly proof: Proof | undefined;
  /** What the budget has been charged with so far: nodes of every search in it. */
  readonly nodes: number;
  readonly statistics: SearchStatistics;
}

/** How much may be written down of a proof, in numbers. */
const mostWritten = 4_000_000;

/**
 * The most valuable selection, or the best found within the limits and a bound on what there could be. The same packing has the same selection
 * every time, unless time runs out. Sandholm, Suri, Gilpin and Levine, "CABOB: a fast optimal algorithm for winner determination in
 * combinatorial auctions", Management Science 51 (2005), is the nearest relative of the search.
 *
 * @param limits a {@link Budget} goes on from what others have used of it
 * @category Search
 *
 * @example
 * ```ts
 * import { packingOf, recheckBound, recheckSelection, solvePacking } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * const { selection, bound, proof } = solvePacking(packing, { timeLimit: 10 });
 * selection; // => { sets: [0, 1], value: 48 }
 * bound; // => 48
 * recheckSelection(packing, selection);
 * proof && recheckBound(packing, bound, proof); // => 'bound'
 * ```
 */
export function solvePacking(packing: Packing, limits: Limits | Budget = {}): PackingSolution {
  return solveAmong(packing, undefined, limits instanceof Budget ? limits : new Budget(limits));
}

/** The best of some of the sets, or of all; no worse than what is known. */
export function solveAmong(
  packing: Packing,
  among: Int32Array | undefined,
  budget: Budget,
  known?: Selection,
): PackingSolution {
  const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
  if (!budget.take(1)) {
    const selection = known ?? bestGreedy(packing);
    return { selection, bound: boundAtOnce(packing), proof: undefined, nodes: budget.nodes, statistics };
  }
  if ((among ?? packing.values).length <= few) {
    const those = among === undefined ? packing : restricted(packing, among);
    const { sets, value } = enumerateFew(those);
    const found = { sets: among === undefined ? sets : sets.map((set) => among[set] as number), value };
    const selection = known !== undefined && known.value >= value ? known : found;
    return { selection, bound: selection.value, proof: counted, nodes: budget.nodes, statistics };
  }
  const log = among === undefined ? new ProofLog(mostWritten) : undefined;
  const { selection, bound, proof } = bestAbove(packing, among, known?.value ?? 0, { budget, statistics, log });
  return { selection: selection ?? known ?? { sets: [], value: 0 }, bound, proof, nodes: budget.nodes, statistics };
}

/** All sets together, or all room at prices at which every set pays what it is worth, whichever is less. */
function boundAtOnce({ sets, rows, values, starts, rowsOf, capacity }: Packing): number {
  const prices = new Float64Array(rows);
  for (let set = 0; set < sets; set++) {
    const [from, to] = [starts[set] as number, starts[set + 1] as number];
    if (from === to) return values.reduce((sum, value) => sum + value, 0);
    const share = Math.ceil((values[set] as number) / (to - from));
    for (let at = from; at < to; at++) {
      const row = rowsOf[at] as number;
      prices[row] = Math.max(prices[row] as number, share);
    }
  }
  const atPrices = prices.reduce((sum, price, row) => sum + price * (capacity[row] as number), 0);
  return Math.min(
    atPrices,
    values.reduce((sum, value) => sum + value, 0),
  );
}

/** The best selection worth more than `floor`: what reduction leaves is decided component by component. */
function bestAbove(packing: Packing, among: Int32Array | undefined, floor: number, options: SearchOptions): PartResult {
  const { packing: rest, origin, certain, steps } = reduced(packing, among);
  const sets = [...certain];
  let value = valueOfSets(packing, certain);
  let bound = value;
  const components = componentsOf(rest);
  const parts: { sets: readonly number[]; bound: number; proof: Proof }[] = [];
  const taken = new Set(certain.map((set) => packing.origin.sets[set] as number));
  const start = options.start && components.length === 1 ? withTaken(options.start, taken) : undefined;
  for (const component of components) {
    const part = restricted(rest, component);
    const found = decide(part, components.length === 1 ? Math.max(0, floor - value) : 0, { ...options, start });
    bound += found.bound;
    if (found.proof) parts.push({ sets: [...part.origin.sets], bound: found.bound, proof: found.proof });
    if (found.selection === undefined) continue;
    for (const set of found.selection.sets) sets.push(origin[component[set] as number] as number);
    value += found.selection.value;
  }
  const better = value > floor || (floor === 0 && value === 0);
  const [first] = parts;
  const next: Proof = parts.length === 1 && first ? first.proof : { kind: 'parted', parts };
  return {
    selection: better ? { sets: sets.sort((a, b) => a - b), value } : undefined,
    bound: Math.max(bound, floor),
    proof: parts.length < components.length ? undefined : { kind: 'reduced', steps, next },
  };
}

function decide(packing: Packing, floor: number, options: SearchOptions): PartResult {
  const { budget, log } = options;
  const greedy = bestGreedy(packing);
  let incumbent = greedy.value > floor ? greedy : { sets: [], value: floor };
  const known = (selection: Selection): Selection | undefined => (selection.value > floor ? selection : undefined);
  const undecided = (): PartResult => ({
    selection: known(incumbent),
    bound: Math.max(incumbent.value, boundAtOnce(packing)),
    proof: undefined,
  });
  if (!budget.look()) return undecided();
  const isSmall = packing.sets <= smallest;
  const graph = isSmall || densityAtMost(packing) > dense ? conflictGraphOf(packing) : undefined;
  if (graph && (isSmall || densityOf(graph, popcount) > dense)) {
    const trial = budget.part(0.6, selectionsForPair * packing.sets ** 2);
    const { selection, proof } = enumerate(packing, graph, incumbent.value, trial, log);
    budget.nodes += trial.nodes;
    if (selection) incumbent = selection;
    if (proof) return { selection: known(incumbent), bound: incumbent.value, proof };
  }
  if (!budget.look()) return undecided();
  const { selection, bound, proof } = branchAndBound(packing, graph, incumbent, {
    ...options,
    solveSmaller: (part, above, start) => bestAbove(part, undefined, above, { ...options, start }),
  });
  return { selection: known(selection), bound, proof };
}
