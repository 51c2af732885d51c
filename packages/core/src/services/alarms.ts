/** Something to be done at a moment. */
interface Alarm {
  readonly due: number;
  /** Which was set first, among those of one moment. */
  readonly order: number;
  callback: (() => void) | undefined;
}

/**
 * What is to be done when, the earliest first: a binary heap, so that a hundred thousand deadlines cost no timer each. An alarm that was called
 * off stays in it, without what it would have done, until it is due or half of them are such.
 */
export class Alarms {
  readonly #heap: Alarm[] = [];
  #set = 0;
  #calledOff = 0;

  /** Sets an alarm; the returned function calls it off. */
  set(due: number, callback: () => void): () => void {
    const alarm: Alarm = { due, order: this.#set++, callback };
    this.#heap.push(alarm);
    this.#rise(this.#heap.length - 1);
    return () => {
      if (alarm.callback === undefined) return;
      alarm.callback = undefined;
      this.#calledOff += 1;
      if (this.#calledOff > 64 && this.#calledOff * 2 > this.#heap.length) this.#sweep();
    };
  }

  /** When the next is due; `undefined` where there is none. */
  get next(): number | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (first.callback !== undefined) return first.due;
      this.#removeFirst();
      this.#calledOff -= 1;
    }
    return undefined;
  }

  /** Takes the next one that is due by then and gives what is to be done. */
  take(until: number): { readonly due: number; readonly callback: () => void } | undefined {
    const due = this.next;
    if (due === undefined || due > until) return undefined;
    const [alarm] = this.#heap as [Alarm];
    const { callback } = alarm;
    alarm.callback = undefined;
    this.#removeFirst();
    return callback && { due, callback };
  }

  #removeFirst(): void {
    const last = this.#heap.pop() as Alarm;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #sweep(): void {
    const left = this.#heap.filter(({ callback }) => callback !== undefined);
    this.#heap.length = 0;
    for (const alarm of left) this.#heap.push(alarm);
    for (let position = (left.length >> 1) - 1; position >= 0; position--) this.#sink(position);
    this.#calledOff = 0;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const alarm = heap[from] as Alarm;
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!isBefore(alarm, heap[parent] as Alarm)) break;
      heap[position] = heap[parent] as Alarm;
      position = parent;
    }
    heap[position] = alarm;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const alarm = heap[from] as Alarm;
    let position = from;
    for (;;) {
      let child = position * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Alarm, heap[child] as Alarm)) child += 1;
      if (!isBefore(heap[child] as Alarm, alarm)) break;
      heap[position] = heap[child] as Alarm;
      position = child;
    }
    heap[position] = alarm;
  }
}

function isBefore(one: Alarm, other: Alarm): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
