import { popcount } from './bitset.ts';
import { branchAndBound, type Means, type PartResult, type SearchStatistics } from './branch-and-bound.ts';
import { Budget, type Limits } from './budget.ts';
import { componentsOf } from './components.ts';
import { type ConflictGraph, conflictGraphOf, densityOf } from './conflict-graph.ts';
import { enumerate } from './enumerate.ts';
import { enumerateFew, few } from './enumerate-few.ts';
import { KnownSelections } from './known-selections.ts';
import { bestGreedy, byScore, valuePerRow, WorkingSelection } from './local-search.ts';
import { bidsByRow, type Packing, type RowBids, restricted, type Selection, upTo, valueOfBids } from './packing.ts';
import { counted, type Proof, ProofLog } from './proof.ts';
import { reduced } from './reduce.ts';
import { type Narrowed, SharedRelaxation } from './shared-relaxation.ts';
import { withTaken } from './warm-start.ts';

/** Few bids, or a share of pairs in conflict, for which bits beat the relaxation. */
const smallest = 40;
const dense = 0.5;
/** A share of pairs in conflict from which a relaxation that stands already says too little to be worth asking. */
const veryDense = 0.6;
/** Sets that enumeration may look at before the relaxation is asked, for each pair of bids. */
const setsForPair = 4;

/** Who wins, and how sure that is. */
export interface Determination {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
  /** Why not, where that was proved: see recheck-bound.ts. */
  readonly proof: Proof | undefined;
  readonly nodes: number;
  readonly statistics: SearchStatistics;
}

/** Known selections that are repaired to start from. */
const mostRepaired = 3;

/** Known selections that are brought up at once where they are worth more at other values. */
const mostRecalled = 8;

/** How much may be written down of a proof, in numbers. */
const mostWritten = 4_000_000;

/** The most valuable selection, or the best found within the limits and a bound on what there could be. */
export function determineWinners(packing: Packing, limits: Limits | Budget = {}): Determination {
  return determineAmong(packing, undefined, limits instanceof Budget ? limits : new Budget(limits));
}

/** Whether to search to the end, or to take what the relaxation says. */
export type Effort = 'all' | 'quick';

/**
 * Decides the same auction again and again: without some of its bids, or at other values. What is known to be possible is where each starts,
 * and one relaxation says which bids matter.
 */
export class RelatedAuctions {
  #packing: Packing;
  readonly #budget: Budget;
  readonly #inRow: RowBids;
  readonly #known = new KnownSelections();
  readonly #order: Int32Array;
  #relaxation: SharedRelaxation | undefined;
  #graph: ConflictGraph | undefined;
  #isDense: boolean | undefined;

  constructor(packing: Packing, budget: Budget) {
    this.#packing = packing;
    this.#budget = budget;
    this.#inRow = bidsByRow(packing);
    this.#order = byScore(valuePerRow(packing, 0.5));
  }

  /** The best of the bids that `others` marks, given the best of all; nothing can be worth more than that. */
  without(others: Uint8Array, before: Selection): Determination {
    this.#known.add(before);
    const known = this.#repaired(others);
    if (known.value === before.value) return this.#settled(known);
    const there = upTo(this.#packing.bids).filter((bid) => others[bid]);
    if (there.length <= few || this.#dense()) return determineAmong(this.#packing, there, this.#budget, known);
    const narrowed = this.#shared().narrowed(known, true, others);
    const found = this.#decided(narrowed, before.value);
    this.#known.add(found.selection);
    return found;
  }

  /** What is known, without the bids that are not there and with those that fit then. */
  #repaired(others: Uint8Array): Selection {
    let best: Selection = { bids: [], value: -1 };
    for (const { bids } of this.#known.above(-1, this.#packing.values, others).slice(0, mostRepaired)) {
      const working = new WorkingSelection(this.#packing, this.#inRow);
      for (const bid of bids) working.add(bid);
      working.fill(this.#order.filter((bid) => others[bid]));
      if (working.value > best.value) best = working.selection();
    }
    return best;
  }

  /**
   * The best at other values, or, where some are found at once, selections that are worth more than what is chosen, and more by a margin
   * that rounding does not make.
   */
  at(
    values: Float64Array,
    chosen: Selection,
    { effort, margin }: { readonly effort: Effort; readonly margin: number },
  ): Determination & { readonly better: readonly Selection[] } {
    this.#packing = { ...this.#packing, values };
    // What is not worth more by the margin is worth no more.
    const known = { bids: chosen.bids, value: valueOfBids(this.#packing, chosen.bids) + Math.floor(margin) };
    const isBetter = ({ value }: Selection): boolean => value > known.value;
    if (effort === 'quick') {
      const better = this.#known.above(known.value, values).slice(0, mostRecalled);
      if (better.length > 0) return { ...this.#settled(known), bound: Infinity, better };
    }
    const whole = (found: Determination): Determination & { readonly better: readonly Selection[] } => {
      const better = [found.selection].filter(isBetter);
      for (const selection of better) this.#known.add(selection);
      return { ...found, better };
    };
    if (this.#packing.bids <= few || this.#dense()) {
      return whole(determineAmong(this.#packing, upTo(this.#packing.bids), this.#budget, known));
    }
    const shared = this.#shared();
    shared.revalue(values);
    const narrowed = shared.narrowed(known, effort === 'all');
    const better = narrowed.better.filter(isBetter);
    for (const selection of better) this.#known.add(selection);
    if (better.length > 0 || effort === 'quick') {
      return { ...this.#settled(narrowed.selection), bound: narrowed.bound, better };
    }
    return whole(this.#decided(narrowed, Infinity));
  }

  #decided({ bound, selection, bids }: Narrowed, most: number): Determination {
    if (bound <= selection.value) return this.#settled(selection);
    const found = determineAmong(this.#packing, bids, this.#budget, selection);
    return { ...found, bound: Math.max(found.selection.value, Math.min(found.bound, bound, most)) };
  }

  #settled(selection: Selection): Determination {
    const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
    return { selection, bound: selection.value, proof: undefined, nodes: this.#budget.nodes, statistics };
  }

  #dense(): boolean {
    this.#graph ??= conflictGraphOf(this.#packing);
    this.#isDense ??= densityOf(this.#graph, popcount) > veryDense;
    return this.#isDense;
  }

  #shared(): SharedRelaxation {
    this.#graph ??= conflictGraphOf(this.#packing);
    this.#relaxation ??= new SharedRelaxation(this.#packing, this.#graph, this.#budget);
    return this.#relaxation;
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
    return { selection, bound: boundAtOnce(packing), proof: undefined, nodes: budget.nodes, statistics };
  }
  if ((among ?? packing.values).length <= few) {
    const those = among === undefined ? packing : restricted(packing, among);
    const { bids, value } = enumerateFew(those);
    const found = { bids: among === undefined ? bids : bids.map((bid) => among[bid] as number), value };
    const selection = known !== undefined && known.value >= value ? known : found;
    return { selection, bound: selection.value, proof: counted, nodes: budget.nodes, statistics };
  }
  const log = among === undefined ? new ProofLog(mostWritten) : undefined;
  const { selection, bound, proof } = bestAbove(packing, among, known?.value ?? 0, { budget, statistics, log });
  return { selection: selection ?? known ?? { bids: [], value: 0 }, bound, proof, nodes: budget.nodes, statistics };
}

/** All that is bid, or all room at prices at which every bid pays what it is worth, whichever is less. */
function boundAtOnce({ bids, rows, values, starts, rowsOf, capacity }: Packing): number {
  const prices = new Float64Array(rows);
  for (let bid = 0; bid < bids; bid++) {
    const [from, to] = [starts[bid] as number, starts[bid + 1] as number];
    if (from === to) return values.reduce((sum, value) => sum + value, 0);
    const share = Math.ceil((values[bid] as number) / (to - from));
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
function bestAbove(packing: Packing, among: Int32Array | undefined, floor: number, means: Means): PartResult {
  const { packing: rest, origin, winners, steps } = reduced(packing, among);
  const bids = [...winners];
  let value = valueOfBids(packing, winners);
  let bound = value;
  const components = componentsOf(rest);
  const parts: { bids: readonly number[]; bound: number; proof: Proof }[] = [];
  const taken = new Set(winners.map((bid) => packing.origin.bids[bid] as number));
  const start = means.start && components.length === 1 ? withTaken(means.start, taken) : undefined;
  for (const component of components) {
    const part = restricted(rest, component);
    const found = decide(part, components.length === 1 ? Math.max(0, floor - value) : 0, { ...means, start });
    bound += found.bound;
    if (found.proof) parts.push({ bids: [...part.origin.bids], bound: found.bound, proof: found.proof });
    if (found.selection === undefined) continue;
    for (const bid of found.selection.bids) bids.push(origin[component[bid] as number] as number);
    value += found.selection.value;
  }
  const better = value > floor || (floor === 0 && value === 0);
  const [first] = parts;
  const next: Proof = parts.length === 1 && first ? first.proof : { kind: 'parted', parts };
  return {
    selection: better ? { bids: bids.sort((a, b) => a - b), value } : undefined,
    bound: Math.max(bound, floor),
    proof: parts.length < components.length ? undefined : { kind: 'reduced', steps, next },
  };
}

function decide(packing: Packing, floor: number, means: Means): PartResult {
  const { budget, log } = means;
  const greedy = bestGreedy(packing);
  let incumbent = greedy.value > floor ? greedy : { bids: [], value: floor };
  const known = (selection: Selection): Selection | undefined => (selection.value > floor ? selection : undefined);
  const undecided = (): PartResult => ({
    selection: known(incumbent),
    bound: Math.max(incumbent.value, boundAtOnce(packing)),
    proof: undefined,
  });
  if (!budget.look()) return undecided();
  const graph = conflictGraphOf(packing);
  if (packing.bids <= smallest || densityOf(graph, popcount) > dense) {
    const trial = budget.part(0.6, setsForPair * packing.bids ** 2);
    const { selection, proof } = enumerate(packing, graph, incumbent.value, trial, log);
    budget.nodes += trial.nodes;
    if (selection) incumbent = selection;
    if (proof) return { selection: known(incumbent), bound: incumbent.value, proof };
  }
  if (!budget.look()) return undecided();
  const { selection, bound, proof } = branchAndBound(packing, graph, incumbent, {
    ...means,
    solveSmaller: (part, above, start) => bestAbove(part, undefined, above, { ...means, start }),
  });
  return { selection: known(selection), bound, proof };
}
