/*
 * Branch and bound on sets with bounds from the linear relaxation, for packings where few sets conflict. Sandholm, Suri, Gilpin and Levine,
 * "CABOB: a fast optimal algorithm for winner determination in combinatorial auctions", Management Science 51 (2005). Bounds are taken from
 * prices, exactly; sets that cannot be part of anything better at these prices leave the search.
 */
import type { Budget } from './budget.ts';
import { cliqueCuts } from './clique-cuts.ts';
import { type ConflictGraph, conflictGraphOf } from './conflict-graph.ts';
import { CutPool } from './cut-pool.ts';
import { DualSimplex } from './dual-simplex.ts';
import { enumerate } from './enumerate.ts';
import { iterated } from './iterated-search.ts';
import { exchanged, greedySelection } from './local-search.ts';
import { type Packing, type RowSets, restricted, rowsOfSet, type Selection, setsByRow } from './packing.ts';
import { followed, PriceBound } from './price-bound.ts';
import { promisingSets } from './promising-sets.ts';
import type { Priced, Proof, ProofLog, Unlogged } from './proof.ts';
import { PseudoCosts } from './pseudo-costs.ts';
import { Remainder, standing, type WarmStart } from './warm-start.ts';

/** What the search came to. */
export interface Searched {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
  /** Why not, where the search came to its end. */
  readonly proof: Proof | undefined;
}

/** What deciding a part came to. */
export interface PartResult {
  /** A selection worth more than was asked for, where one was found. */
  readonly selection: Selection | undefined;
  readonly bound: number;
  /** Why nothing is worth more than was asked for or found. */
  readonly proof: Proof | undefined;
}

/** Decides a packing that has become much smaller on its own terms: the best selection worth more than a floor. */
export type SolveSmaller = (packing: Packing, floor: number, start: WarmStart) => PartResult;

/** What branching on the relaxation took: how many nodes, steps of the simplex method, and cliques added as rows. */
export interface SearchStatistics {
  lpNodes: number;
  pivots: number;
  cuts: number;
}

/** What a search may use. */
export interface Means {
  readonly budget: Budget;
  readonly log?: ProofLog | undefined;
  readonly solveSmaller?: SolveSmaller | undefined;
  /** How the relaxation stood that this is a part of. */
  readonly start?: WarmStart | undefined;
  readonly statistics?: SearchStatistics | undefined;
  /** Is told of each selection worth more than the first incumbent that the search comes upon, the best or not. */
  readonly met?: ((selection: Selection) => void) | undefined;
}

const mostCutRounds = 30;
/** Candidates that are tried before a branching, and how hard. */
const mostTried = 10;
const pivotsTried = 25;
/** Below this, or below this share of the sets, what is left is decided on its own terms. */
const fewLeft = 60;
const shrunkTo = 0.7;
/** Steps of a walk: for each set where the gap is a wide share of the bound, and in all before there are cuts. */
const stepsPerSet = 8;
const wideGap = 0.01;
const shortWalk = 300;

/** The best selection, given one. Conflicts are found when they are needed where they are not given. */
export function branchAndBound(
  packing: Packing,
  graph: ConflictGraph | undefined,
  incumbent: Selection,
  means: Means,
): Searched {
  const { start, statistics } = means;
  if (start) return goneOn(packing, new Remainder(start, packing), incumbent, { ...means, start: undefined });
  return searched(new Search(packing, graph, incumbent, means), statistics);
}

/** Branches and bounds where the relaxation of a whole that this is a part of has been solved. */
function goneOn(packing: Packing, remainder: Remainder, incumbent: Selection, means: Means): Searched {
  const whole = remainder.packing;
  const inWhole = new Map([...whole.origin.sets].map((name, set) => [name, set]));
  const inPart = new Map([...packing.origin.sets].map((name, set) => [name, set]));
  const started = {
    sets: incumbent.sets.map((set) => inWhole.get(packing.origin.sets[set] as number) as number),
    value: incumbent.value,
  };
  const search = new Search(whole, undefined, started, means);
  remainder.begin(search.lp, search.cuts);
  const found = searched(search, means.statistics);
  const { sets, value } = found.selection;
  const selection = { sets: sets.map((set) => inPart.get(whole.origin.sets[set] as number) as number), value };
  return { ...found, selection };
}

function searched(search: Search, statistics: SearchStatistics | undefined): Searched {
  const found = search.run();
  if (statistics) {
    statistics.lpNodes += search.nodes;
    statistics.pivots += search.lp.pivots;
    statistics.cuts += search.cuts.cliques.length;
  }
  return found;
}

/** A relaxation that stands already, with sets barred from it that nothing better than the incumbent needs. */
export interface StandingRelaxation {
  readonly lp: DualSimplex;
  readonly cuts: CutPool;
  readonly pseudoCosts: PseudoCosts;
}

/** Branches and bounds from a relaxation that is solved already; its bounds are left as they were. */
export function branchFrom(
  standing: StandingRelaxation,
  packing: Packing,
  graph: ConflictGraph,
  incumbent: Selection,
  means: Means,
): Searched {
  return new Search(packing, graph, incumbent, means, standing).goOn();
}

/** The set to branch on, and why one of both sides need not be looked at. */
interface Branching {
  readonly set: number;
  readonly closed: readonly [out: Proof | undefined, into: Proof | undefined];
}

class Search {
  nodes = 0;
  best: Selection;
  /** What the search began with is worth. */
  readonly #floor: number;
  readonly lp: DualSimplex;
  readonly cuts: CutPool;
  readonly #packing: Packing;
  #graph: ConflictGraph | undefined;
  readonly #means: Means;
  readonly #inRow: RowSets;
  readonly #prices: PriceBound;
  readonly #pseudoCosts: PseudoCosts;
  /** Sets whose bounds changed, to be undone on the way back. */
  readonly #trail: number[] = [];
  #open = 0;
  #openAtFirst: number;

  constructor(
    packing: Packing,
    graph: ConflictGraph | undefined,
    incumbent: Selection,
    means: Means,
    standing?: StandingRelaxation,
  ) {
    this.#packing = packing;
    this.#graph = graph;
    this.#means = means;
    this.best = incumbent;
    this.#floor = incumbent.value;
    this.#openAtFirst = packing.sets;
    this.#inRow = setsByRow(packing);
    this.lp = standing?.lp ?? new DualSimplex(packing, Math.min(2 * packing.rows + 100, 600));
    this.cuts = standing?.cuts ?? new CutPool(packing.origin.sets, packing.rows);
    this.#prices = new PriceBound(packing, this.cuts, means.log);
    this.#pseudoCosts = standing?.pseudoCosts ?? new PseudoCosts(packing.sets);
  }

  run(): Searched {
    const steps: (Omit<Priced, 'next'> | Unlogged)[] = [];
    this.#openAtFirst = this.#freeSets().length;
    return this.#searched(this.#root(steps), steps);
  }

  goOn(): Searched {
    return this.#searched(this.#prices.update(this.lp), []);
  }

  #searched(bound: number, steps: (Omit<Priced, 'next'> | Unlogged)[]): Searched {
    const proof = this.#prices.bound <= this.best.value ? this.#closed() : this.#explore(0, bound);
    const { best } = this;
    if (proof) return { selection: best, bound: best.value, proof: chained(steps, proof) };
    // What is not explored is bounded by the root, or by the widest open branch.
    return { selection: best, bound: Math.max(best.value, Math.min(bound, this.#open)), proof: undefined };
  }

  #keepOn = (): boolean => this.#means.budget.look();

  #cutoff(): number {
    return (this.best.value + 0.5) / this.lp.scale;
  }

  /** The proof that the current prices are. */
  #closed(): Proof {
    return followed(this.#prices.step(this.best.value, this.lp), undefined);
  }

  #root(steps: (Omit<Priced, 'next'> | Unlogged)[]): number {
    const { lp, cuts } = this;
    lp.solve(-Infinity, this.#keepOn);
    let bound = this.#prices.update(lp);
    this.#improve(0);
    if (bound > this.best.value) this.#improve(shortWalk);
    if (bound <= this.best.value) return bound;
    const mayWalk = this.best.sets.length > 0;
    this.#fixByPrices(steps);
    let before = bound;
    let poor = 0;
    for (let round = 0; round < mostCutRounds && this.#keepOn(); round++) {
      const found = cliqueCuts(this.#conflicts(), this.#solution(), lp.reduced, 60);
      if (found.length === 0) break;
      cuts.add(lp, found);
      lp.solve(-Infinity, this.#keepOn);
      cuts.dropIdle(lp);
      bound = Math.min(bound, this.#prices.update(lp));
      this.#improve(round % 4 === 3 ? 500 : 0);
      if (this.#prices.bound <= this.best.value) break;
      this.#fixByPrices(steps);
      poor = before - bound < 0.003 * (before - this.best.value) ? poor + 1 : 0;
      if (poor >= 4) break;
      before = bound;
    }
    if (this.#prices.bound > this.best.value && mayWalk) {
      if (this.#hasWideGap()) {
        const long = stepsPerSet * this.#packing.sets;
        this.#improve(long);
        if (this.#hasWideGap()) this.#exchange(long);
      } else this.#improve(this.#freeSets().length);
      if (this.#prices.bound > this.best.value) this.#fixByPrices(steps);
    }
    return bound;
  }

  #conflicts(): ConflictGraph {
    this.#graph ??= conflictGraphOf(this.#packing);
    return this.#graph;
  }

  #hasWideGap(): boolean {
    return this.#prices.bound - this.best.value > wideGap * this.#prices.bound;
  }

  #solution(): Float64Array {
    return Float64Array.from({ length: this.#packing.sets }, (_, set) =>
      this.lp.upper[set] === 0 ? -1 : this.lp.valueOf(set),
    );
  }

  /** Takes sets out, or in, that at these prices cannot be otherwise in anything better than the incumbent; whether there were any. */
  #fixByPrices(steps: (Omit<Priced, 'next'> | Unlogged)[]): boolean {
    const { lp } = this;
    const { above, bound } = this.#prices;
    const slack = bound - this.best.value;
    const into: number[] = [];
    const out: number[] = [];
    for (let set = 0; set < this.#packing.sets; set++) {
      if (lp.isFixed(set)) continue;
      if ((above[set] as number) <= -slack) out.push(set);
      else if ((above[set] as number) >= slack) into.push(set);
    }
    if (into.length + out.length === 0) return false;
    steps.push(this.#prices.step(this.best.value, lp));
    for (const set of out) this.#bind(set, 0);
    for (const set of into) if (!lp.isFixed(set)) this.#take(set);
    return true;
  }

  #bind(set: number, to: 0 | 1): void {
    this.#trail.push(set);
    this.lp.bind(set, to, to);
  }

  /** Takes a set; those that no longer fit go. */
  #take(set: number): void {
    this.#bind(set, 1);
    const { lp } = this;
    const { starts, setsIn } = this.#inRow;
    for (const row of rowsOfSet(this.#packing, set)) {
      let room = this.#packing.capacity[row] as number;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        room -= lp.lower[setsIn[at] as number] as number;
      }
      if (room > 0) continue;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const other = setsIn[at] as number;
        if (!lp.isFixed(other)) this.#bind(other, 0);
      }
    }
  }

  #undo(to: number): void {
    while (this.#trail.length > to) this.lp.bind(this.#trail.pop() as number, 0, 1);
  }

  /** Selections made of the relaxation: greedy by how much of a set is in and what it offers above the prices, then a walk. */
  #improve(steps: number): void {
    const order = promisingSets(this.lp);
    let found = greedySelection(this.#packing, order, this.#inRow);
    if (steps > 0) {
      found = this.#walked(found, order, steps);
      if (found.value < this.best.value) found = this.#walked(this.best, order, steps);
    }
    this.#meet(found);
  }

  #meet(found: Selection): void {
    if (found.value > this.#floor) this.#means.met?.(found);
    if (found.value > this.best.value) this.best = found;
  }

  /** Exchanges of the best: they go on where iterated search gets stuck, and the other way round. */
  #exchange(steps: number): void {
    const walk = { order: promisingSets(this.lp), steps, inRow: this.#inRow, budget: this.#means.budget };
    for (const from of [greedySelection(this.#packing, walk.order, this.#inRow), this.best]) {
      this.#meet(exchanged(this.#packing, from, walk));
    }
  }

  #walked(from: Selection, order: Int32Array, steps: number): Selection {
    const { budget } = this.#means;
    const graph = this.#conflicts();
    if (graph.sharedRows.length > 0) {
      return exchanged(this.#packing, from, { order, steps, inRow: this.#inRow, budget });
    }
    const how = { among: order, rounds: steps, enough: this.#prices.bound, budget };
    return iterated(this.#packing.values, graph, from, how);
  }

  /** Explores the current node, whose prices are known; its proof, or `undefined` when the budget ran out. */
  #explore(depth: number, bound: number): Proof | undefined {
    this.nodes += 1;
    if (!this.#means.budget.take(1)) return this.#leaveOpen(bound);
    const mark = this.#trail.length;
    const steps: (Omit<Priced, 'next'> | Unlogged)[] = [];
    const proof = this.#settled(depth, bound, steps);
    this.#undo(mark);
    return proof && chained(steps, proof);
  }

  #settled(depth: number, bound: number, steps: (Omit<Priced, 'next'> | Unlogged)[]): Proof | undefined {
    const { lp } = this;
    let nodeBound = bound;
    let solved = false;
    this.#fixByPrices(steps);
    for (let again = 0; again < 5; again++) {
      const status = lp.solve(this.#cutoff(), this.#keepOn);
      nodeBound = Math.min(nodeBound, this.#prices.update(lp));
      if (this.#prices.bound <= this.best.value) return this.#closed();
      if (status === 'stopped') return this.#leaveOpen(nodeBound);
      solved = status === 'optimal';
      if (!this.#fixByPrices(steps)) break;
      solved = false;
    }
    if (depth % 4 === 1) this.#improve(50);
    const free = this.#freeSets();
    const rest = this.#decideRest(free);
    if (rest !== 'not tried') return rest ?? this.#leaveOpen(nodeBound);
    const branching = this.#branching(free);
    if (branching) return this.#branch(depth, nodeBound, branching);
    if (solved) {
      this.#keepIntegral();
      if (this.#prices.bound <= this.best.value) return this.#closed();
    }
    return this.#branch(depth, nodeBound, { set: free[0] as number, closed: [undefined, undefined] });
  }

  /** Both sides of a branching. */
  #branch(depth: number, bound: number, { set, closed: [out, into] }: Branching): Proof | undefined {
    const { lp } = this;
    const before = this.#trail.length;
    const value = lp.valueOf(set);
    const start = lp.bound();
    const side = (direction: 0 | 1): Proof | undefined => {
      if (direction) this.#take(set);
      else this.#bind(set, 0);
      const proof = this.#child(depth, bound, (after) =>
        this.#pseudoCosts.learn(set, direction, (start - after) / ((direction ? 1 - value : value) || 1)),
      );
      this.#undo(before);
      return proof;
    };
    const taken = into ?? side(1);
    if (!taken) return this.#leaveOpen(bound);
    const none = out ?? side(0);
    if (!none) return undefined;
    return { kind: 'branched', sets: [this.#packing.origin.sets[set] as number], taken: [taken], none };
  }

  #leaveOpen(bound: number): undefined {
    this.#open = Math.max(this.#open, bound);
    return undefined;
  }

  #child(depth: number, bound: number, learn: (bound: number) => void): Proof | undefined {
    const { lp } = this;
    const status = lp.solve(this.#cutoff(), this.#keepOn);
    const now = this.#prices.update(lp);
    if (status === 'optimal') learn(lp.bound());
    if (now <= this.best.value) return this.#closed();
    return this.#explore(depth + 1, Math.min(bound, now));
  }

  #freeSets(): Int32Array {
    const free: number[] = [];
    for (let set = 0; set < this.#packing.sets; set++) if (!this.lp.isFixed(set)) free.push(set);
    return Int32Array.from(free);
  }

  /** The selection of those taken, when nothing is fractional. */
  #keepIntegral(): void {
    const sets: number[] = [];
    let value = 0;
    for (let set = 0; set < this.#packing.sets; set++) {
      if (this.lp.valueOf(set) < 0.5) continue;
      sets.push(set);
      value += this.#packing.values[set] as number;
    }
    this.#meet({ sets, value });
  }

  #standing(): WarmStart {
    return standing(this.#packing, (set) => this.lp.lower[set] === 1, this.lp, this.cuts);
  }

  /** Decides what is small, or has become small, on its own terms. */
  #decideRest(free: Int32Array): Proof | undefined | 'not tried' {
    const { budget, log, solveSmaller } = this.#means;
    const shrunk = solveSmaller !== undefined && free.length <= shrunkTo * this.#openAtFirst;
    if (free.length > fewLeft && !shrunk) return 'not tried';
    const taken: number[] = [];
    let value = 0;
    const capacity = this.#packing.capacity.slice();
    for (let set = 0; set < this.#packing.sets; set++) {
      if (this.lp.lower[set] !== 1) continue;
      taken.push(set);
      value += this.#packing.values[set] as number;
      for (const row of rowsOfSet(this.#packing, set)) capacity[row] = (capacity[row] as number) - 1;
    }
    this.#meet({ sets: taken, value });
    const rest = restricted({ ...this.#packing, capacity }, free);
    const floor = this.best.value - value;
    const { selection, proof } = shrunk
      ? solveSmaller(rest, floor, this.#standing())
      : enumerate(rest, conflictGraphOf(rest), floor, budget, log);
    if (selection && selection.value > floor) {
      const sets = [...taken, ...selection.sets.map((set) => free[set] as number)].sort((a, b) => a - b);
      this.#meet({ sets, value: value + selection.value });
    }
    return proof;
  }

  /** The set to branch on: where both sides are expected to lower the bound most; `undefined` when nothing is fractional. */
  #branching(free: Int32Array): Branching | undefined {
    const { lp } = this;
    const pseudoCosts = this.#pseudoCosts;
    const candidates: { set: number; score: number }[] = [];
    const means = pseudoCosts.means();
    for (const set of free) {
      const value = lp.valueOf(set);
      if (value < 1e-6 || value > 1 - 1e-6) continue;
      candidates.push({ set, score: pseudoCosts.score(set, value, means) });
    }
    candidates.sort((a, b) => b.score - a.score || a.set - b.set);
    const doubtful = candidates.slice(0, mostTried).filter(({ set }) => pseudoCosts.tried(set) < 2);
    if (doubtful.length > 0) {
      const snapshot = lp.snapshot();
      const start = lp.bound();
      for (const candidate of doubtful) {
        const { set } = candidate;
        const value = lp.valueOf(set);
        const tried = (direction: 0 | 1): Proof | undefined => {
          const mark = this.#trail.length;
          if (direction) this.#take(set);
          else this.#bind(set, 0);
          const status = lp.solve(this.#cutoff(), this.#keepOn, pivotsTried);
          pseudoCosts.learn(set, direction, (start - lp.bound()) / (direction ? 1 - value : value));
          const shut = status === 'cutoff' && this.#prices.update(lp) <= this.best.value ? this.#closed() : undefined;
          this.#undo(mark);
          lp.restore(snapshot);
          return shut;
        };
        const closed = [tried(0), tried(1)] as const;
        if (closed[0] || closed[1]) return { set, closed };
        candidate.score = pseudoCosts.score(set, value, means);
      }
      candidates.sort((a, b) => b.score - a.score || a.set - b.set);
    }
    const [best] = candidates;
    return best && { set: best.set, closed: [undefined, undefined] };
  }
}

function chained(steps: readonly (Omit<Priced, 'next'> | Unlogged)[], last: Proof): Proof {
  return steps.reduceRight((next: Proof, step) => followed(step, next), last);
}
