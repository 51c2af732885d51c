import type { Favourites } from './favourites.ts';

/**
 * As much money as can flow from agents along their favourites to goods, each of which takes what it is worth; money itself takes all.
 * A maximum flow by shortest augmenting paths in layers (Dinic 1970).
 */
export class MoneyFlow {
  /** Money that finds no good, and worth that finds no money, as a part of all money. */
  readonly idle: number;
  readonly #favourites: Favourites;
  readonly #flow: Float64Array;
  /** What agents have left, and what goods still take. */
  readonly #supply: Float64Array;
  readonly #demand: Float64Array;
  /** The edges of each good, in `starts`/`edges` form, and the agent of each edge. */
  readonly #goodStarts: Int32Array;
  readonly #goodEdges: Int32Array;
  readonly #agents: Int32Array;

  constructor(favourites: Favourites) {
    const { market, logPrices, starts, goods } = favourites;
    const { budgets, goodCount: n } = market;
    this.#favourites = favourites;
    this.#flow = new Float64Array(goods.length);
    this.#supply = budgets.slice();
    this.#demand = Float64Array.from({ length: n + 1 }, (_, j) => (j === n ? 0 : Math.exp(logPrices[j] as number)));
    this.#agents = new Int32Array(goods.length);
    this.#goodStarts = new Int32Array(n + 2);
    for (let i = 0; i < budgets.length; i++) this.#agents.fill(i, starts[i] as number, starts[i + 1] as number);
    for (const j of goods) this.#goodStarts[j + 1] = (this.#goodStarts[j + 1] as number) + 1;
    for (let j = 0; j <= n; j++)
      this.#goodStarts[j + 1] = (this.#goodStarts[j + 1] as number) + (this.#goodStarts[j] as number);
    const next = this.#goodStarts.slice();
    this.#goodEdges = new Int32Array(goods.length);
    goods.forEach((j, edge) => {
      this.#goodEdges[next[j] as number] = edge;
      next[j] = (next[j] as number) + 1;
    });
    while (this.#augment());
    // What the goods do not take can be kept.
    this.#demand[n] = Infinity;
    while (this.#augment());
    this.idle =
      this.#supply.reduce((sum, money) => sum + money, 0) +
      this.#demand.subarray(0, n).reduce((sum, money) => sum + money, 0);
  }

  /** By how far each node is from an agent with money left, pushes that money on until nothing more goes through. */
  #augment(): boolean {
    const { starts, goods, market } = this.#favourites;
    const { budgets, goodCount: n } = market;
    const layers = this.#layers();
    let through = 0;
    const next = new Int32Array(n + 1 + budgets.length);
    for (let i = 0; i < budgets.length; i++) next[n + 1 + i] = starts[i] as number;
    for (let j = 0; j <= n; j++) next[j] = this.#goodStarts[j] as number;
    for (let source = 0; source < budgets.length; source++) {
      while (this.#canGive(source)) {
        // A path from the source, as edges; even ones go forwards, odd ones back.
        const path: number[] = [];
        let node = n + 1 + source;
        for (;;) {
          if (node <= n && this.#canTake(node)) break;
          const step = this.#stepFrom(node, layers, next);
          if (step !== -1) {
            path.push(step);
            node = node > n ? (goods[step] as number) : n + 1 + (this.#agents[step] as number);
            continue;
          }
          layers[node] = -1;
          const back = path.pop();
          if (back === undefined) break;
          node = node > n ? (goods[back] as number) : n + 1 + (this.#agents[back] as number);
        }
        if (path.length === 0) break;
        let amount = Math.min(this.#supply[source] as number, this.#demand[node] as number);
        path.forEach((edge, depth) => {
          if (depth % 2 === 1) amount = Math.min(amount, this.#flow[edge] as number);
        });
        path.forEach((edge, depth) => {
          this.#flow[edge] = (this.#flow[edge] as number) + (depth % 2 === 1 ? -amount : amount);
        });
        this.#supply[source] = (this.#supply[source] as number) - amount;
        this.#demand[node] = (this.#demand[node] as number) - amount;
        through += amount;
      }
    }
    return through > 0;
  }

  #canGive(agent: number): boolean {
    return (this.#supply[agent] as number) > 1e-16 * (this.#favourites.market.budgets[agent] as number);
  }

  #canTake(good: number): boolean {
    return (this.#demand[good] as number) > 1e-16 * Math.exp(this.#favourites.logPrices[good] as number);
  }

  /** The next edge of a node to one layer farther on, or −1. */
  #stepFrom(node: number, layers: Int32Array, next: Int32Array): number {
    const { starts, goods, market } = this.#favourites;
    const { goodCount: n } = market;
    const layer = (layers[node] as number) + 1;
    if (node > n) {
      for (let e = next[node] as number; e < (starts[node - n] as number); e++) {
        next[node] = e;
        if (layers[goods[e] as number] === layer) return e;
      }
      return -1;
    }
    for (let at = next[node] as number; at < (this.#goodStarts[node + 1] as number); at++) {
      next[node] = at;
      const edge = this.#goodEdges[at] as number;
      if ((this.#flow[edge] as number) > 0 && layers[n + 1 + (this.#agents[edge] as number)] === layer) return edge;
    }
    return -1;
  }

  /** Steps from agents with money left, by good and then by agent; −1 where there is no way. */
  #layers(): Int32Array {
    const { starts, goods, market } = this.#favourites;
    const { budgets, goodCount: n } = market;
    const layers = new Int32Array(n + 1 + budgets.length).fill(-1);
    const queue: number[] = [];
    const reach = (node: number, layer: number): void => {
      if (layers[node] !== -1) return;
      layers[node] = layer;
      queue.push(node);
    };
    for (let i = 0; i < budgets.length; i++) if (this.#canGive(i)) reach(n + 1 + i, 0);
    for (const node of queue) {
      const layer = (layers[node] as number) + 1;
      if (node > n) {
        for (let e = starts[node - n - 1] as number; e < (starts[node - n] as number); e++)
          reach(goods[e] as number, layer);
        continue;
      }
      for (let at = this.#goodStarts[node] as number; at < (this.#goodStarts[node + 1] as number); at++) {
        const edge = this.#goodEdges[at] as number;
        if ((this.#flow[edge] as number) > 0) reach(n + 1 + (this.#agents[edge] as number), layer);
      }
    }
    return layers;
  }

  /** Where too much money is 1, where too little is 2, elsewhere 0: by good, money, and then by agent. */
  sides(): Uint8Array {
    const { goods, market } = this.#favourites;
    const { goodCount: n } = market;
    const sides = Uint8Array.from(this.#layers(), (layer) => Number(layer !== -1));
    const queue: number[] = [];
    for (let j = 0; j < n; j++) {
      if (!this.#canTake(j) || sides[j] === 1) continue;
      sides[j] = 2;
      queue.push(j);
    }
    // Whatever could pass money on to them: agents who have them for favourites, and goods from which these could take money back.
    for (const good of queue) {
      for (let at = this.#goodStarts[good] as number; at < (this.#goodStarts[good + 1] as number); at++) {
        const agent = this.#agents[this.#goodEdges[at] as number] as number;
        if (sides[n + 1 + agent] !== 0) continue;
        sides[n + 1 + agent] = 2;
        const { starts } = this.#favourites;
        for (let e = starts[agent] as number; e < (starts[agent + 1] as number); e++) {
          const other = goods[e] as number;
          if ((this.#flow[e] as number) > 0 && sides[other] === 0 && other < n) {
            sides[other] = 2;
            queue.push(other);
          }
        }
      }
    }
    return sides;
  }

  /** By entry of the market: how much of the good its agent gets. */
  quantities(prices: Float64Array): Float64Array {
    const { market, goods, entries } = this.#favourites;
    const quantities = new Float64Array(market.logWeights.length);
    goods.forEach((good, edge) => {
      const entry = entries[edge] as number;
      if (entry >= 0) quantities[entry] = (this.#flow[edge] as number) / (prices[good] as number);
    });
    return quantities;
  }
}
