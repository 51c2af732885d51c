import type { FisherMarket } from './fisher-market.ts';

/** Favourites are this close to each other, as logarithms of weight per price. */
const tie = 1e-12;

/**
 * The graph of which goods give which agents most for their money, at prices that move. Money that can be kept is one more good, the last,
 * whose price is 1.
 */
export class Favourites {
  readonly market: FisherMarket;
  /** By good, and 0 for money. */
  readonly logPrices: Float64Array;
  /** By agent: the logarithm of the best weight per price. */
  readonly best: Float64Array;
  /** Edges of the graph, by agent: from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  goods: Int32Array;
  /** The entry of the market that an edge stands for; −1 for money. */
  entries: Int32Array;
  /** By how much the logarithm of the price is to change: by good, then by agent for its favourites. */
  readonly goodLevels: Float64Array;
  readonly agentLevels: Float64Array;

  constructor(market: FisherMarket, logPrices: Float64Array) {
    const { goodCount, budgets } = market;
    this.market = market;
    this.logPrices = new Float64Array(goodCount + 1);
    this.logPrices.set(logPrices);
    this.best = new Float64Array(budgets.length);
    this.starts = new Int32Array(budgets.length + 1);
    this.goods = new Int32Array(0);
    this.entries = new Int32Array(0);
    this.goodLevels = new Float64Array(goodCount + 1);
    this.agentLevels = new Float64Array(budgets.length);
  }

  /** Ties goods that agents spend on at the same time: along a forest of the largest sums. */
  tieBySpending(spent: Float64Array): void {
    const { starts, goods, logWeights, budgets, goodCount: n } = this.market;
    const edges: { readonly agent: number; readonly entry: number; readonly money: number }[] = [];
    for (let agent = 0; agent < budgets.length; agent++) {
      for (let entry = starts[agent] as number; entry < (starts[agent + 1] as number); entry++) {
        const money = spent[entry] as number;
        if (money > 1e-7 * (budgets[agent] as number)) edges.push({ agent, entry, money });
      }
    }
    edges.sort((a, b) => b.money - a.money);
    const parts = new Parts(n + budgets.length);
    const neighbours: { readonly node: number; readonly entry: number }[][] = Array.from(
      { length: n + budgets.length },
      () => [],
    );
    for (const { agent, entry } of edges) {
      const good = goods[entry] as number;
      if (!parts.join(good, n + agent)) continue;
      neighbours[good]?.push({ node: n + agent, entry });
      neighbours[n + agent]?.push({ node: good, entry });
    }
    // From each first good of a tree, outwards: an agent's best is what its good gives, another good costs what its weight is worth.
    const seen = new Uint8Array(n + budgets.length);
    for (let root = 0; root < n; root++) {
      if (seen[root]) continue;
      seen[root] = 1;
      const queue = [root];
      for (const node of queue) {
        for (const { node: next, entry } of neighbours[node] ?? []) {
          if (seen[next]) continue;
          seen[next] = 1;
          queue.push(next);
          const weight = logWeights[entry] as number;
          if (next >= n) this.best[next - n] = weight - (this.logPrices[node] as number);
          else this.logPrices[next] = weight - (this.best[node - n] as number);
        }
      }
    }
  }

  /** Finds the favourites at the prices as they are. Goods that are nobody's become as cheap as it takes. */
  refresh(): void {
    const { market, logPrices, best } = this;
    const { starts, goods, logWeights, budgets, keepsMoney, goodCount: n } = market;
    const bidden = new Float64Array(n).fill(-Infinity);
    for (let i = 0; i < budgets.length; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      let most = keepsMoney[i] ? 0 : -Infinity;
      for (let k = from; k < to; k++)
        most = Math.max(most, (logWeights[k] as number) - (logPrices[goods[k] as number] as number));
      best[i] = most;
      for (let k = from; k < to; k++) {
        const j = goods[k] as number;
        const bid = (logWeights[k] as number) - most;
        if (bid > (bidden[j] as number)) bidden[j] = bid;
      }
    }
    for (let j = 0; j < n; j++) logPrices[j] = Math.min(logPrices[j] as number, bidden[j] as number);
    this.#collect();
  }

  #collect(): void {
    const { market, logPrices, best } = this;
    const { starts, goods, logWeights, budgets, keepsMoney, goodCount: n } = market;
    const [found, entries]: [number[], number[]] = [[], []];
    for (let i = 0; i < budgets.length; i++) {
      this.starts[i] = found.length;
      const enough = (best[i] as number) - tie;
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        const j = goods[k] as number;
        if ((logWeights[k] as number) - (logPrices[j] as number) < enough) continue;
        found.push(j);
        entries.push(k);
      }
      if (keepsMoney[i] && enough <= 0) {
        found.push(n);
        entries.push(-1);
      }
    }
    this.starts[budgets.length] = found.length;
    this.goods = Int32Array.from(found);
    this.entries = Int32Array.from(entries);
  }

  /**
   * Finds the components, and how far each is from its level; edges between nodes of different sides are cut. Gives the farthest.
   *
   * @param sides by good, money, and then by agent
   */
  group(sides?: Uint8Array): number {
    const { market, logPrices, starts, goods } = this;
    const { budgets, goodCount: n } = market;
    const parts = new Parts(n + 1 + budgets.length);
    for (let i = 0; i < budgets.length; i++) {
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const j = goods[e] as number;
        if (sides === undefined || sides[j] === sides[n + 1 + i]) parts.join(j, n + 1 + i);
      }
    }
    const money = new Float64Array(n + 1 + budgets.length);
    const worth = new Float64Array(n + 1 + budgets.length);
    for (let j = 0; j < n; j++) {
      const part = parts.find(j);
      worth[part] = (worth[part] as number) + Math.exp(logPrices[j] as number);
    }
    for (let i = 0; i < budgets.length; i++) {
      const part = parts.find(n + 1 + i);
      money[part] = (money[part] as number) + (budgets[i] as number);
    }
    const anchored = parts.find(n);
    const levelOf = (node: number): number => {
      const part = parts.find(node);
      return part === anchored ? 0 : Math.log((money[part] as number) / (worth[part] as number));
    };
    let farthest = 0;
    for (let j = 0; j < n; j++) {
      this.goodLevels[j] = levelOf(j);
      farthest = Math.max(farthest, Math.abs(this.goodLevels[j] as number));
    }
    for (let i = 0; i < budgets.length; i++) this.agentLevels[i] = levelOf(n + 1 + i);
    return farthest;
  }

  /** Moves components towards their levels, as far as favourites stay favourites. Gives whether anything moved. */
  move(): boolean {
    const { market, logPrices, best, goodLevels, agentLevels } = this;
    const { starts, goods, logWeights, budgets, keepsMoney, goodCount: n } = market;
    let length = 1;
    for (let i = 0; i < budgets.length; i++) {
      const [level, most] = [agentLevels[i] as number, best[i] as number];
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        const j = goods[k] as number;
        const approach = level - (goodLevels[j] as number);
        if (approach <= 0) continue;
        const distance = most - ((logWeights[k] as number) - (logPrices[j] as number));
        if (distance < length * approach) length = distance / approach;
      }
      if (keepsMoney[i] && level > 0 && most < length * level) length = most / level;
    }
    let moved = 0;
    for (let j = 0; j < n; j++) {
      const change = length * (goodLevels[j] as number);
      moved = Math.max(moved, Math.abs(change));
      logPrices[j] = (logPrices[j] as number) + change;
    }
    return moved > 1e-15;
  }
}

/** Disjoint sets. */
class Parts {
  readonly #parents: Int32Array;

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, node) => node);
  }

  find(node: number): number {
    const parents = this.#parents;
    let root = node;
    while (parents[root] !== root) root = parents[root] as number;
    for (let next = node; next !== root; ) {
      const above = parents[next] as number;
      parents[next] = root;
      next = above;
    }
    return root;
  }

  /** Whether they were apart before. */
  join(one: number, other: number): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    this.#parents[a] = b;
    return a !== b;
  }
}
