import { popcount } from './bitset.ts';
import { branchAndBound, type PartResult, type SearchStatistics, type SolveSmaller } from './branch-and-bound.ts';
import { Budget, type Limits } from './budget.ts';
import { componentsOf } from './components.ts';
import { type ConflictGraph, conflictGraphOf, densityOf } from './conflict-graph.ts';
import { enumerate } from './enumerate.ts';
import { enumerateFew, few } from './enumerate-few.ts';
import { bestGreedy, byScore, valuePerRow, WorkingSelection } from './local-search.ts';
import { MarginalRelaxation, type Narrowed } from './marginal-relaxation.ts';
import { bidsByRow, type Packing, type RowBids, restricted, type Selection, valueOfBids } from './packing.ts';
import { reduced } from './reduce.ts';

/** Few bids, or a share of pairs in conflict, for which bits beat the relaxation. */
const smallest = 40;
const dense = 0.5;

/** Who wins, and how sure that is. */
export interface Determination {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
  readonly nodes: number;
  readonly statistics: SearchStatistics;
}

/** The most valuable selection, or the best found within the limits and a bound on what there could be. */
export function determineWinners(packing: Packing, limits: Limits | Budget = {}): Determination {
  return determineAmong(packing, undefined, limits instanceof Budget ? limits : new Budget(limits));
}

/**
 * Decides the same auction again and again, each time without some of its bids. What won before and is still there, filled up, is where it
 * starts; the relaxation of the whole auction says which bids matter; and nothing can be worth more than before.
 */
export class MarginalAuctions {
  readonly #packing: Packing;
  readonly #before: Selection;
  readonly #budget: Budget;
  readonly #order: Int32Array;
  readonly #inRow: RowBids;
  #relaxation: MarginalRelaxation | undefined;
  #graph: ConflictGraph | undefined;

  constructor(packing: Packing, { selection }: Determination, budget: Budget) {
    this.#packing = packing;
    this.#before = selection;
    this.#budget = budget;
    this.#inRow = bidsByRow(packing);
    this.#order = byScore(valuePerRow(packing, 0.5));
  }

  /** The best of the bids that `others` marks. */
  among(others: Uint8Array): Determination {
    const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
    const working = new WorkingSelection(this.#packing, this.#inRow);
    for (const bid of this.#before.bids) if (others[bid]) working.add(bid);
    working.fill(this.#order.filter((bid) => others[bid]));
    const known = working.selection();
    const settled = { selection: known, bound: known.value, nodes: this.#budget.nodes, statistics };
    if (known.value === this.#before.value) return settled;
    const there = Int32Array.from({ length: this.#packing.bids }, (_, bid) => bid).filter((bid) => others[bid]);
    if (there.length <= few || this.#dense()) return determineAmong(this.#packing, there, this.#budget, known);
    const { bound, selection, bids } = this.#narrowed(others, known);
    if (bound <= selection.value) return { ...settled, selection, bound: selection.value };
    const found = determineAmong(this.#packing, bids, this.#budget, selection);
    return { ...found, bound: Math.max(found.selection.value, Math.min(found.bound, bound, this.#before.value)) };
  }

  #dense(): boolean {
    this.#graph ??= conflictGraphOf(this.#packing);
    return densityOf(this.#graph, popcount) > dense;
  }

  #narrowed(others: Uint8Array, known: Selection): Narrowed {
    this.#graph ??= conflictGraphOf(this.#packing);
    this.#relaxation ??= new MarginalRelaxation(this.#packing, this.#graph, this.#budget);
    return this.#relaxation.without(others, known);
  }
}

function determineAmong(
  packing: Packing,
  among: Int32Array | undefined,
  budget: Budget,
  known?: Selection,
): Determination {
  const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
  if (!budget.take(1)) {
    const selection = known ?? bestGreedy(packing);
    return { selection, bound: boundAtNoPrices(packing), nodes: budget.nodes, statistics };
  }
  if ((among ?? packing.values).length <= few) {
    const those = among === undefined ? packing : restricted(packing, among);
    const { bids, value } = enumerateFew(those);
    const found = { bids: among === undefined ? bids : bids.map((bid) => among[bid] as number), value };
    const selection = known !== undefined && known.value >= value ? known : found;
    return { selection, bound: selection.value, nodes: budget.nodes, statistics };
  }
  const { selection, bound } = bestAbove(packing, among, known?.value ?? 0, budget, statistics);
  return { selection: selection ?? known ?? { bids: [], value: 0 }, bound, nodes: budget.nodes, statistics };
}

/** All that is bid, whatever excludes whatever. */
function boundAtNoPrices({ values }: Packing): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The best selection worth more than `floor`: what reduction leaves is decided component by component. */
function bestAbove(
  packing: Packing,
  among: Int32Array | undefined,
  floor: number,
  budget: Budget,
  statistics: SearchStatistics,
): PartResult {
  const { packing: rest, origin, winners } = reduced(packing, among);
  const bids = [...winners];
  let value = valueOfBids(packing, winners);
  let bound = value;
  const components = componentsOf(rest);
  for (const component of components) {
    const part = restricted(rest, component);
    const found = decide(part, components.length === 1 ? Math.max(0, floor - value) : 0, budget, statistics);
    bound += found.bound;
    if (found.selection === undefined) continue;
    for (const bid of found.selection.bids) bids.push(origin[component[bid] as number] as number);
    value += found.selection.value;
  }
  const better = value > floor || (floor === 0 && value === 0);
  return {
    selection: better ? { bids: bids.sort((a, b) => a - b), value } : undefined,
    bound: Math.max(bound, floor),
  };
}

function decide(packing: Packing, floor: number, budget: Budget, statistics: SearchStatistics): PartResult {
  const greedy = bestGreedy(packing);
  const graph = conflictGraphOf(packing);
  let incumbent = greedy.value > floor ? greedy : { bids: [], value: floor };
  const known = (selection: Selection): Selection | undefined => (selection.value > floor ? selection : undefined);
  if (packing.bids <= smallest || densityOf(graph, popcount) > dense) {
    const trial = budget.part(0.6, 3_000_000);
    const { selection, complete } = enumerate(packing, graph, incumbent.value, trial);
    budget.nodes += trial.nodes;
    if (selection) incumbent = selection;
    if (complete) return { selection: known(incumbent), bound: incumbent.value };
  }
  const smaller: SolveSmaller = (part, above) => bestAbove(part, undefined, above, budget, statistics);
  const { selection, bound } = branchAndBound(packing, graph, incumbent, budget, smaller, statistics);
  return { selection: known(selection), bound };
}
