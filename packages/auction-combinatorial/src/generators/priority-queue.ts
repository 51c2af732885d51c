/** A binary heap: whoever has the least cost leaves first, and of those the one that came first. */
export class PriorityQueue<Item> {
  readonly #heap: { readonly item: Item; readonly cost: number; readonly order: number }[] = [];
  #pushed = 0;

  push(item: Item, cost: number): void {
    const heap = this.#heap;
    const entry = { item, cost, order: this.#pushed++ };
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): { readonly item: Item; readonly cost: number } | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && this.#before(child, least)) least = child;
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]] as const;
    if (a === undefined || b === undefined) return false;
    return a.cost < b.cost || (a.cost === b.cost && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    [heap[one], heap[other]] = [heap[other], heap[one]] as [(typeof heap)[number], (typeof heap)[number]];
  }
}
