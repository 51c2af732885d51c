import type { AgentId } from '@mechane/core';
import { ranksIn } from './ranking.ts';

/** The proposals that a receiver keeps for now: the best it has had, as many as it has places. A heap of their ranks, the worst on top. */
export class KeptProposals {
  readonly #ranking: readonly AgentId[];
  readonly #places: number;
  readonly #rankOf: (agent: AgentId) => number;
  readonly #heap: number[] = [];

  constructor(ranking: readonly AgentId[], places: number) {
    this.#ranking = ranking;
    this.#rankOf = ranksIn(ranking);
    this.#places = places;
  }

  /** The proposers that are kept, the best first. */
  get proposers(): readonly AgentId[] {
    return [...this.#heap].sort((a, b) => a - b).map((rank) => this.#ranking[rank] as AgentId);
  }

  /** Hears a proposal, and says whom it turns down: the proposer, one that it kept so far, or nobody. */
  hear(proposer: AgentId): AgentId | undefined {
    const rank = this.#rankOf(proposer);
    if (rank === -1) return proposer;
    const heap = this.#heap;
    if (heap.length < this.#places) {
      heap.push(rank);
      this.#rise(heap.length - 1);
      return undefined;
    }
    const worst = heap[0] as number;
    if (rank > worst) return proposer;
    heap[0] = rank;
    this.#sink();
    return this.#ranking[worst];
  }

  #rise(from: number): void {
    const heap = this.#heap;
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if ((heap[above] as number) >= (heap[at] as number)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      let largest = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < heap.length && (heap[below] as number) > (heap[largest] as number)) largest = below;
      if (largest === at) return;
      this.#swap(at, largest);
      at = largest;
    }
  }

  #swap(one: number, other: number): void {
    const rank = this.#heap[one] as number;
    this.#heap[one] = this.#heap[other] as number;
    this.#heap[other] = rank;
  }
}
