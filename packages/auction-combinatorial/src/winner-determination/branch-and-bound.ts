/*
 * Branch and bound on bids with bounds from the linear relaxation, for packings where few bids conflict. Sandholm, Suri, Gilpin and Levine,
 * "CABOB: a fast optimal algorithm for winner determination in combinatorial auctions", Management Science 51 (2005). Bounds are taken from
 * prices, exactly; bids that cannot be part of anything better at these prices leave the search.
 */
import type { Budget } from './budget.ts';
import { cliqueCuts } from './clique-cuts.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import { conflictGraphOf } from './conflict-graph.ts';
import { DualSimplex } from './dual-simplex.ts';
import { enumerate } from './enumerate.ts';
import { byScore, exchanged, greedySelection } from './local-search.ts';
import { bidsByRow, type Packing, type RowBids, restricted, rowsOfBid, type Selection } from './packing.ts';
import { exactFraction, roundedPrice } from './prices.ts';

/** What the search came to. */
export interface Searched {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
}

/** What deciding a part came to. */
export interface PartResult {
  /** A selection worth more than was asked for, where one was found. */
  readonly selection: Selection | undefined;
  readonly bound: number;
}

/** Decides a packing that has become much smaller on its own terms: the best selection worth more than a floor. */
export type SolveSmaller = (packing: Packing, floor: number) => PartResult;

export interface SearchStatistics {
  lpNodes: number;
  pivots: number;
  cuts: number;
}

const mostCutRounds = 30;
/** Candidates that are tried before a branching, and how hard. */
const mostTried = 10;
const pivotsTried = 25;
/** Below this, or below this share of the bids, what is left is decided on its own terms. */
const fewLeft = 60;
const shrunkTo = 0.6;
/** Steps of a walk: for each bid of a whole problem, and in all for a part of one. */
const stepsPerBid = 8;
const shortWalk = 300;

/** The best selection, given one. */
export function branchAndBound(
  packing: Packing,
  graph: ConflictGraph,
  incumbent: Selection,
  budget: Budget,
  solveSmaller: SolveSmaller | undefined = undefined,
  statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 },
): Searched {
  const search = new Search(packing, graph, incumbent, budget, solveSmaller);
  const found = search.run();
  statistics.lpNodes += search.nodes;
  statistics.pivots += search.pivots;
  statistics.cuts += search.cuts.length;
  return found;
}

class Search {
  readonly cuts: Int32Array[] = [];
  nodes = 0;
  best: Selection;
  readonly #packing: Packing;
  readonly #graph: ConflictGraph;
  readonly #budget: Budget;
  readonly #lp: DualSimplex;
  readonly #inRow: RowBids;
  readonly #fraction: number;
  /** Bids whose bounds changed, to be undone on the way back. */
  readonly #trail: number[] = [];
  readonly #upPseudo: Float64Array;
  readonly #downPseudo: Float64Array;
  readonly #upSeen: Int32Array;
  readonly #downSeen: Int32Array;
  #rowPrices: Float64Array;
  readonly #cliquesOfBid: number[][];
  #cutPrices: Float64Array = new Float64Array(0);
  readonly #above: Float64Array;
  readonly #solveSmaller: SolveSmaller | undefined;
  #open = 0;

  constructor(
    packing: Packing,
    graph: ConflictGraph,
    incumbent: Selection,
    budget: Budget,
    solveSmaller: SolveSmaller | undefined,
  ) {
    this.#solveSmaller = solveSmaller;
    this.#packing = packing;
    this.#graph = graph;
    this.#budget = budget;
    this.best = incumbent;
    this.#inRow = bidsByRow(packing);
    this.#fraction = exactFraction(packing);
    const room = Math.min(2 * packing.rows + 100, 600);
    this.#lp = new DualSimplex(packing, room);
    const { bids } = packing;
    this.#upPseudo = new Float64Array(bids);
    this.#downPseudo = new Float64Array(bids);
    this.#upSeen = new Int32Array(bids);
    this.#downSeen = new Int32Array(bids);
    this.#rowPrices = new Float64Array(packing.rows);
    this.#cliquesOfBid = Array.from({ length: bids }, () => []);
    this.#above = new Float64Array(bids);
  }

  get pivots(): number {
    return this.#lp.pivots;
  }

  run(): Searched {
    const bound = this.#root();
    if (bound <= this.best.value) return { selection: this.best, bound: this.best.value };
    const done = this.#explore(0, bound);
    return {
      selection: this.best,
      bound: done ? this.best.value : Math.max(this.best.value, this.#openBound(bound)),
    };
  }

  /** What is not explored is bounded by the root, or by the widest open branch. */
  #openBound(root: number): number {
    return Math.min(root, Math.max(this.#open, this.best.value));
  }

  #keepOn = (): boolean => this.#budget.look();

  #cutoff(): number {
    return (this.best.value + 0.5) / this.#lp.scale;
  }

  #root(): number {
    const lp = this.#lp;
    lp.solve(-Infinity, this.#keepOn);
    let bound = this.#bound();
    this.#improve(0);
    if (bound > this.best.value)
      this.#improve(this.best.bids.length > 0 ? stepsPerBid * this.#packing.bids : shortWalk);
    this.#fixByPrices(bound);
    let before = bound;
    let poor = 0;
    for (let round = 0; round < mostCutRounds && bound > this.best.value && this.#keepOn(); round++) {
      const found = cliqueCuts(this.#graph, this.#solution(), lp.reduced, 60);
      if (found.length === 0) break;
      this.#addCuts(found);
      lp.solve(-Infinity, this.#keepOn);
      bound = Math.min(bound, this.#bound());
      this.#dropIdleCuts();
      this.#improve(round % 4 === 3 ? 500 : 0);
      this.#fixByPrices(this.#bound());
      poor = before - bound < 0.003 * (before - this.best.value) ? poor + 1 : 0;
      if (poor >= 4) break;
      before = bound;
    }
    return bound;
  }

  #addCuts(found: readonly Int32Array[]): void {
    const before = this.#lp.rows;
    this.#lp.addCuts(found);
    for (const cut of found.slice(0, this.#lp.rows - before)) {
      for (const bid of cut) this.#cliquesOfBid[bid]?.push(this.cuts.length);
      this.cuts.push(cut);
    }
    this.#cutPrices = new Float64Array(this.cuts.length);
  }

  /** Cuts that bind nobody now are only in the way. */
  #dropIdleCuts(): void {
    const { rows } = this.#packing;
    const idle = this.cuts.map((_, cut) => cut).filter((cut) => this.#lp.slackIsBasic(rows + cut));
    if (idle.length < 20) return;
    this.#lp.removeRows(idle.map((cut) => rows + cut));
    const gone = new Set(idle);
    const kept = this.cuts.filter((_, cut) => !gone.has(cut));
    this.cuts.length = 0;
    for (const own of this.#cliquesOfBid) own.length = 0;
    for (const cut of kept) {
      for (const bid of cut) this.#cliquesOfBid[bid]?.push(this.cuts.length);
      this.cuts.push(cut);
    }
    this.#cutPrices = new Float64Array(this.cuts.length);
  }

  #solution(): Float64Array {
    return Float64Array.from({ length: this.#packing.bids }, (_, bid) => this.#lp.valueOf(bid));
  }

  /** The bound of the current node from the current prices, exact. Leaves what each bid offers above the prices in `above`. */
  #bound(): number {
    const { packing, lp, fraction } = { packing: this.#packing, lp: this.#lp, fraction: this.#fraction };
    let bound = 0;
    for (let row = 0; row < packing.rows; row++) {
      const price = roundedPrice((lp.prices[row] as number) * lp.scale, fraction);
      this.#rowPrices[row] = price;
      bound += price * (packing.capacity[row] as number);
    }
    for (let cut = 0; cut < this.cuts.length; cut++) {
      const price = roundedPrice((lp.prices[packing.rows + cut] as number) * lp.scale, fraction);
      this.#cutPrices[cut] = price;
      bound += price;
    }
    const { starts, rowsOf, values } = packing;
    for (let bid = 0; bid < packing.bids; bid++) {
      let above = values[bid] as number;
      for (let at = starts[bid] as number; at < (starts[bid + 1] as number); at++) {
        above -= this.#rowPrices[rowsOf[at] as number] as number;
      }
      const cliques = this.#cliquesOfBid[bid] as number[];
      for (let index = 0; index < cliques.length; index++) above -= this.#cutPrices[cliques[index] as number] as number;
      this.#above[bid] = above;
      if (lp.upper[bid] === 0) continue;
      if (above > 0 || lp.lower[bid] === 1) bound += above;
    }
    return Math.floor(bound);
  }

  /** Takes bids out, or in, that at these prices cannot be otherwise in anything better than the incumbent. */
  #fixByPrices(bound: number): void {
    const lp = this.#lp;
    const slack = bound - this.best.value;
    for (let bid = 0; bid < this.#packing.bids; bid++) {
      if (lp.lower[bid] === lp.upper[bid]) continue;
      const above = this.#above[bid] as number;
      if (above <= -slack) this.#bind(bid, 0);
    }
    for (let bid = 0; bid < this.#packing.bids; bid++) {
      if (lp.lower[bid] === lp.upper[bid]) continue;
      if ((this.#above[bid] as number) >= slack) this.#take(bid);
    }
  }

  #bind(bid: number, to: 0 | 1): void {
    this.#trail.push(bid);
    this.#lp.bind(bid, to, to);
  }

  /** Takes a bid; those that no longer fit go. */
  #take(bid: number): void {
    this.#bind(bid, 1);
    const { starts, bidsIn } = this.#inRow;
    for (const row of rowsOfBid(this.#packing, bid)) {
      let room = this.#packing.capacity[row] as number;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        room -= this.#lp.lower[bidsIn[at] as number] as number;
      }
      if (room > 0) continue;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const other = bidsIn[at] as number;
        if (this.#lp.lower[other] !== this.#lp.upper[other]) this.#bind(other, 0);
      }
    }
  }

  #undo(to: number): void {
    while (this.#trail.length > to) {
      const bid = this.#trail.pop() as number;
      this.#lp.bind(bid, 0, 1);
    }
  }

  /** Selections made of the relaxation: greedy by how much of a bid wins and what it offers above the prices, then exchanges. */
  #improve(steps: number): void {
    const { bids } = this.#packing;
    const lp = this.#lp;
    const scores = new Float64Array(bids);
    for (let bid = 0; bid < bids; bid++) scores[bid] = lp.valueOf(bid) + Math.min(0, lp.reduced[bid] as number);
    const all = byScore(scores);
    const order = all.filter((bid) => lp.upper[bid] !== 0);
    let found = greedySelection(this.#packing, order, this.#inRow);
    if (steps > 0) {
      const walk = { order, steps, inRow: this.#inRow };
      found = exchanged(this.#packing, found, walk);
      if (found.value < this.best.value) found = exchanged(this.#packing, this.best, walk);
    }
    if (found.value > this.best.value) this.best = found;
  }

  /** Explores the current node, whose bound is known; false when the budget ran out. */
  #explore(depth: number, bound: number): boolean {
    this.nodes += 1;
    if (!this.#budget.take(1)) return this.#leaveOpen(bound);
    const lp = this.#lp;
    const mark = this.#trail.length;
    this.#fixByPrices(bound);
    let nodeBound = bound;
    for (let again = 0; again < 5; again++) {
      const moved = this.#trail.length;
      const status = lp.solve(this.#cutoff(), this.#keepOn);
      const now = this.#bound();
      nodeBound = Math.min(nodeBound, now);
      if (nodeBound <= this.best.value) {
        this.#undo(mark);
        return true;
      }
      if (status === 'stopped') {
        this.#undo(mark);
        return this.#leaveOpen(nodeBound);
      }
      this.#fixByPrices(now);
      if (this.#trail.length === moved) break;
    }
    if (depth % 4 === 1) this.#improve(50);
    const free = this.#freeBids();
    const enumerated = this.#enumerateRest(free);
    if (enumerated !== undefined) {
      this.#undo(mark);
      return enumerated || this.#leaveOpen(nodeBound);
    }
    const bid = this.#branching(free);
    if (bid === undefined) {
      this.#keepIntegral();
      this.#undo(mark);
      return true;
    }
    const before = this.#trail.length;
    const value = lp.valueOf(bid);
    const lpBound = lp.bound();
    const up = (): boolean => {
      this.#take(bid);
      const done = this.#solveChild(depth, nodeBound, (after) =>
        this.#learn(bid, 1, (lpBound - after) / (1 - value || 1)),
      );
      this.#undo(before);
      return done;
    };
    const down = (): boolean => {
      this.#bind(bid, 0);
      const done = this.#solveChild(depth, nodeBound, (after) => this.#learn(bid, 0, (lpBound - after) / (value || 1)));
      this.#undo(before);
      return done;
    };
    const done = up() ? down() : this.#leaveOpen(nodeBound);
    this.#undo(mark);
    return done;
  }

  #leaveOpen(bound: number): false {
    this.#open = Math.max(this.#open, bound);
    return false;
  }

  #solveChild(depth: number, bound: number, learn: (bound: number) => void): boolean {
    const lp = this.#lp;
    const status = lp.solve(this.#cutoff(), this.#keepOn);
    const now = this.#bound();
    if (status === 'optimal') learn(lp.bound());
    if (now <= this.best.value) return true;
    return this.#explore(depth + 1, Math.min(bound, now));
  }

  #learn(bid: number, direction: 0 | 1, fall: number): void {
    const [sum, seen] = direction ? [this.#upPseudo, this.#upSeen] : [this.#downPseudo, this.#downSeen];
    sum[bid] = (sum[bid] as number) + Math.max(0, fall);
    seen[bid] = (seen[bid] as number) + 1;
  }

  #freeBids(): Int32Array {
    const free: number[] = [];
    for (let bid = 0; bid < this.#packing.bids; bid++) {
      if (this.#lp.lower[bid] !== this.#lp.upper[bid]) free.push(bid);
    }
    return Int32Array.from(free);
  }

  /** The selection of those taken, when nothing is fractional. */
  #keepIntegral(): void {
    const bids: number[] = [];
    let value = 0;
    for (let bid = 0; bid < this.#packing.bids; bid++) {
      if (this.#lp.valueOf(bid) < 0.5) continue;
      bids.push(bid);
      value += this.#packing.values[bid] as number;
    }
    if (value > this.best.value) this.best = { bids, value };
  }

  /** Lets bits decide what is small or dense; `undefined` where that is not tried. */
  #enumerateRest(free: Int32Array): boolean | undefined {
    const solve = this.#solveSmaller;
    const shrunk = solve !== undefined && free.length <= shrunkTo * this.#packing.bids;
    if (free.length > fewLeft && !shrunk) return undefined;
    const taken: number[] = [];
    let value = 0;
    const capacity = this.#packing.capacity.slice();
    for (let bid = 0; bid < this.#packing.bids; bid++) {
      if (this.#lp.lower[bid] !== 1) continue;
      taken.push(bid);
      value += this.#packing.values[bid] as number;
      for (const row of rowsOfBid(this.#packing, bid)) capacity[row] = (capacity[row] as number) - 1;
    }
    const rest = restricted({ ...this.#packing, capacity }, free);
    const floor = this.best.value - value;
    let selection: Selection | undefined;
    let complete: boolean;
    if (shrunk) {
      const part = solve(rest, Math.max(0, floor));
      selection = part.selection;
      complete = part.bound <= Math.max(floor, selection?.value ?? 0);
    } else {
      ({ selection, complete } = enumerate(rest, conflictGraphOf(rest), floor, this.#budget));
    }
    if (selection && selection.value > floor) {
      const bids = [...taken, ...selection.bids.map((bid) => free[bid] as number)].sort((a, b) => a - b);
      this.best = { bids, value: value + selection.value };
    }
    return complete;
  }

  /** The bid to branch on: where both sides are expected to lower the bound most; `undefined` when nothing is fractional. */
  #branching(free: Int32Array): number | undefined {
    const lp = this.#lp;
    const candidates: { bid: number; score: number }[] = [];
    const [up, down] = this.#averages();
    for (const bid of free) {
      const value = lp.valueOf(bid);
      if (value < 1e-6 || value > 1 - 1e-6) continue;
      candidates.push({ bid, score: this.#score(bid, value, up, down) });
    }
    if (candidates.length === 0) return undefined;
    candidates.sort((a, b) => b.score - a.score || a.bid - b.bid);
    const doubtful = candidates
      .slice(0, mostTried)
      .filter(({ bid }) => Math.min(this.#upSeen[bid] as number, this.#downSeen[bid] as number) < 2);
    if (doubtful.length > 0) {
      const snapshot = lp.snapshot();
      const start = lp.bound();
      for (const candidate of doubtful) {
        const value = lp.valueOf(candidate.bid);
        for (const direction of [0, 1] as const) {
          const mark = this.#trail.length;
          if (direction) this.#take(candidate.bid);
          else this.#bind(candidate.bid, 0);
          lp.solve(this.#cutoff(), this.#keepOn, pivotsTried);
          this.#learn(candidate.bid, direction, (start - lp.bound()) / (direction ? 1 - value : value));
          this.#undo(mark);
          lp.restore(snapshot);
        }
        candidate.score = this.#score(candidate.bid, value, up, down);
      }
      candidates.sort((a, b) => b.score - a.score || a.bid - b.bid);
    }
    return candidates[0]?.bid;
  }

  #averages(): readonly [number, number] {
    const mean = (sum: Float64Array, seen: Int32Array): number => {
      let [total, count] = [0, 0];
      for (let bid = 0; bid < sum.length; bid++) {
        if ((seen[bid] as number) === 0) continue;
        total += (sum[bid] as number) / (seen[bid] as number);
        count += 1;
      }
      return count === 0 ? 1e-3 : total / count;
    };
    return [mean(this.#upPseudo, this.#upSeen), mean(this.#downPseudo, this.#downSeen)];
  }

  #score(bid: number, value: number, up: number, down: number): number {
    const rise =
      (this.#upSeen[bid] as number) > 0 ? (this.#upPseudo[bid] as number) / (this.#upSeen[bid] as number) : up;
    const fall =
      (this.#downSeen[bid] as number) > 0 ? (this.#downPseudo[bid] as number) / (this.#downSeen[bid] as number) : down;
    return Math.max(rise * (1 - value), 1e-9) * Math.max(fall * value, 1e-9);
  }
}
