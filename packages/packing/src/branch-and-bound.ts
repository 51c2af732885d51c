/*
 * Branch and bound on sets with bounds from the linear relaxation, for packings where few sets conflict. Sandholm, Suri, Gilpin and Levine,
 * "CABOB: a fast optimal algorithm for winner determination in combinatorial auctions", Management Science 51 (2005). Bounds are taken from
 * prices, exactly; sets that cannot be part of anything better at these prices leave the search.
 */
import { type Branching, chooseBranching } from './choose-branching.ts';
import { type ConflictGraph, conflictGraphOf } from './conflict-graph.ts';
import { enumerate } from './enumerate.ts';
import { type Packing, restricted, rowsOfSet, type Selection } from './packing.ts';
import { followed } from './price-bound.ts';
import type { Proof } from './proof.ts';
import { solveRoot } from './root-node.ts';
import { roundAndWalk } from './rounding-heuristics.ts';
import type { SearchOptions, SearchResult, SearchStatistics } from './search-options.ts';
import { type FixingSteps, SearchState, type StandingRelaxation } from './search-state.ts';
import { Remainder, standing } from './warm-start.ts';

/** Below this, or below this share of the sets, what is left is decided on its own terms. */
const fewLeft = 60;
const shrunkTo = 0.7;

/** The best selection, given one. Conflicts are found when they are needed where they are not given. */
export function branchAndBound(
  packing: Packing,
  graph: ConflictGraph | undefined,
  incumbent: Selection,
  options: SearchOptions,
): SearchResult {
  const { start, statistics } = options;
  if (start) return resumed(packing, new Remainder(start, packing), incumbent, { ...options, start: undefined });
  return counted(new Search(new SearchState(packing, graph, incumbent, options)), statistics);
}

/** Branches and bounds where the relaxation of a whole that this is a part of has been solved. */
function resumed(packing: Packing, remainder: Remainder, incumbent: Selection, options: SearchOptions): SearchResult {
  const whole = remainder.packing;
  const inWhole = new Map([...whole.origin.sets].map((name, set) => [name, set]));
  const inPart = new Map([...packing.origin.sets].map((name, set) => [name, set]));
  const started = {
    sets: incumbent.sets.map((set) => inWhole.get(packing.origin.sets[set] as number) as number),
    value: incumbent.value,
  };
  const state = new SearchState(whole, undefined, started, options);
  remainder.begin(state.lp, state.cuts);
  const found = counted(new Search(state), options.statistics);
  const { sets, value } = found.selection;
  const selection = { sets: sets.map((set) => inPart.get(whole.origin.sets[set] as number) as number), value };
  return { ...found, selection };
}

function counted(search: Search, statistics: SearchStatistics | undefined): SearchResult {
  const found = search.run();
  if (statistics) {
    statistics.lpNodes += search.nodes;
    statistics.pivots += search.state.lp.pivots;
    statistics.cuts += search.state.cuts.cliques.length;
  }
  return found;
}

/** Branches and bounds from a relaxation that is solved already; its bounds are left as they were. */
export function branchFrom(
  relaxation: StandingRelaxation,
  packing: Packing,
  graph: ConflictGraph,
  incumbent: Selection,
  options: SearchOptions,
): SearchResult {
  return new Search(new SearchState(packing, graph, incumbent, options, relaxation)).runFromHere();
}

/** Explores the tree of nodes, depth first; what it leaves out for want of budget it bounds. */
class Search {
  nodes = 0;
  readonly state: SearchState;
  /** The widest bound of the nodes that were left. */
  #open = 0;
  #openAtFirst: number;

  constructor(state: SearchState) {
    this.state = state;
    this.#openAtFirst = state.packing.sets;
  }

  run(): SearchResult {
    const steps: FixingSteps = [];
    this.#openAtFirst = this.state.freeSets().length;
    return this.#result(solveRoot(this.state, steps), steps);
  }

  /** Runs from the relaxation as it stands. */
  runFromHere(): SearchResult {
    return this.#result(this.state.prices.update(this.state.lp), []);
  }

  #result(bound: number, steps: FixingSteps): SearchResult {
    const proof = this.state.isClosed() ? this.state.closingProof() : this.#explore(0, bound);
    const { best } = this.state;
    if (proof) return { selection: best, bound: best.value, proof: chained(steps, proof) };
    // What is not explored is bounded by the root, or by the widest open branch.
    return { selection: best, bound: Math.max(best.value, Math.min(bound, this.#open)), proof: undefined };
  }

  /** Explores the current node, whose prices are known; its proof, or `undefined` when the budget ran out. */
  #explore(depth: number, bound: number): Proof | undefined {
    this.nodes += 1;
    if (!this.state.options.budget.take(1)) return this.#leaveOpen(bound);
    const mark = this.state.mark();
    const steps: FixingSteps = [];
    const proof = this.#settled(depth, bound, steps);
    this.state.undo(mark);
    return proof && chained(steps, proof);
  }

  #settled(depth: number, bound: number, steps: FixingSteps): Proof | undefined {
    const { state } = this;
    const { lp } = state;
    let nodeBound = bound;
    let solved = false;
    state.fixByPrices(steps);
    for (let again = 0; again < 5; again++) {
      const status = lp.solve(state.cutoff(), state.hasTime);
      nodeBound = Math.min(nodeBound, state.prices.update(lp));
      if (state.isClosed()) return state.closingProof();
      if (status === 'stopped') return this.#leaveOpen(nodeBound);
      solved = status === 'optimal';
      if (!state.fixByPrices(steps)) break;
      solved = false;
    }
    if (depth % 4 === 1) roundAndWalk(state, 50);
    const free = state.freeSets();
    const rest = this.#decideRest(free);
    if (rest !== 'not tried') return rest ?? this.#leaveOpen(nodeBound);
    const branching = chooseBranching(state, free);
    if (branching) return this.#branch(depth, nodeBound, branching);
    if (solved) {
      this.#offerIntegral();
      if (state.isClosed()) return state.closingProof();
    }
    return this.#branch(depth, nodeBound, { set: free[0] as number, closed: [undefined, undefined] });
  }

  /** Both sides of a branching. */
  #branch(depth: number, bound: number, { set, closed: [out, into] }: Branching): Proof | undefined {
    const { lp, packing, pseudoCosts } = this.state;
    const before = this.state.mark();
    const value = lp.valueOf(set);
    const start = lp.bound();
    const side = (direction: 0 | 1): Proof | undefined => {
      this.state.fix(set, direction);
      const proof = this.#child(depth, bound, (after) =>
        pseudoCosts.learn(set, direction, (start - after) / ((direction ? 1 - value : value) || 1)),
      );
      this.state.undo(before);
      return proof;
    };
    const taken = into ?? side(1);
    if (!taken) return this.#leaveOpen(bound);
    const none = out ?? side(0);
    if (!none) return undefined;
    return { kind: 'branched', sets: [packing.origin.sets[set] as number], taken: [taken], none };
  }

  #leaveOpen(bound: number): undefined {
    this.#open = Math.max(this.#open, bound);
    return undefined;
  }

  #child(depth: number, bound: number, learn: (bound: number) => void): Proof | undefined {
    const { state } = this;
    const status = state.lp.solve(state.cutoff(), state.hasTime);
    const now = state.prices.update(state.lp);
    if (status === 'optimal') learn(state.lp.bound());
    if (now <= state.best.value) return state.closingProof();
    return this.#explore(depth + 1, Math.min(bound, now));
  }

  /** Offers the selection of those taken, when nothing is fractional. */
  #offerIntegral(): void {
    const { lp, packing } = this.state;
    const sets: number[] = [];
    let value = 0;
    for (let set = 0; set < packing.sets; set++) {
      if (lp.valueOf(set) < 0.5) continue;
      sets.push(set);
      value += packing.values[set] as number;
    }
    this.state.offer({ sets, value });
  }

  /** Decides what is small, or has become small, on its own terms. */
  #decideRest(free: Int32Array): Proof | undefined | 'not tried' {
    const { packing, lp, cuts, options } = this.state;
    const { budget, log, solveSmaller } = options;
    const shrunk = solveSmaller !== undefined && free.length <= shrunkTo * this.#openAtFirst;
    if (free.length > fewLeft && !shrunk) return 'not tried';
    const taken: number[] = [];
    let value = 0;
    const capacity = packing.capacity.slice();
    for (let set = 0; set < packing.sets; set++) {
      if (lp.lower[set] !== 1) continue;
      taken.push(set);
      value += packing.values[set] as number;
      for (const row of rowsOfSet(packing, set)) capacity[row] = (capacity[row] as number) - 1;
    }
    this.state.offer({ sets: taken, value });
    const rest = restricted({ ...packing, capacity }, free);
    const floor = this.state.best.value - value;
    const { selection, proof } = shrunk
      ? solveSmaller(
          rest,
          floor,
          standing(packing, (set) => lp.lower[set] === 1, lp, cuts),
        )
      : enumerate(rest, conflictGraphOf(rest), floor, budget, log);
    if (selection && selection.value > floor) {
      const sets = [...taken, ...selection.sets.map((set) => free[set] as number)].sort((a, b) => a - b);
      this.state.offer({ sets, value: value + selection.value });
    }
    return proof;
  }
}

function chained(steps: FixingSteps, last: Proof): Proof {
  return steps.reduceRight((next: Proof, step) => followed(step, next), last);
}
