import { popcount } from './bitset.ts';
import { branchAndBound, type PartResult, type SearchStatistics, type SolveSmaller } from './branch-and-bound.ts';
import { Budget, type Limits } from './budget.ts';
import { componentsOf } from './components.ts';
import { conflictGraphOf, densityOf } from './conflict-graph.ts';
import { enumerate } from './enumerate.ts';
import { enumerateFew, few } from './enumerate-few.ts';
import { bestGreedy } from './local-search.ts';
import { type Packing, restricted, type Selection, valueOfBids } from './packing.ts';
import { reduced } from './reduce.ts';

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

/** The same when some bids are not there: those that `others` does not mark. */
export function withoutBids(
  packing: Packing,
  _determination: Determination,
  others: Uint8Array,
  budget: Budget,
): Determination {
  const among = Int32Array.from({ length: packing.bids }, (_, bid) => bid).filter((bid) => others[bid]);
  return determineAmong(packing, among, budget);
}

function determineAmong(packing: Packing, among: Int32Array | undefined, budget: Budget): Determination {
  const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
  if (!budget.take(1))
    return { selection: { bids: [], value: 0 }, bound: boundAtNoPrices(packing), nodes: 0, statistics };
  if ((among ?? packing.values).length <= few) {
    const those = among === undefined ? packing : restricted(packing, among);
    const { bids, value } = enumerateFew(those);
    const selection = { bids: among === undefined ? bids : bids.map((bid) => among[bid] as number), value };
    return { selection, bound: value, nodes: budget.nodes, statistics };
  }
  const { selection, bound } = bestAbove(packing, among, 0, budget, statistics);
  return { selection: selection ?? { bids: [], value: 0 }, bound, nodes: budget.nodes, statistics };
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

/** Few bids, or a share of pairs in conflict, for which bits beat the relaxation. */
const smallest = 40;
const dense = 0.5;

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
