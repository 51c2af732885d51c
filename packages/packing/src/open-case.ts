import { refusedProof } from './errors.ts';
import type { Packing } from './packing.ts';

/** Where a case stood, to come back to. */
export interface CaseMark {
  readonly taken: number;
  readonly free: number;
}

/** A case of a proof: the sets that are taken in it, those that are free, neither in nor out, and the room that is left for them. */
export class OpenCase {
  readonly packing: Packing;
  /** By row, the sets that need it. */
  readonly setsIn: readonly (readonly number[])[];
  readonly room: Int32Array;
  /** The sets that are free come first, in no order. */
  readonly sets: Int32Array;
  free: number;
  readonly taken: Uint8Array;
  readonly #place: Int32Array;
  /** Sets that were taken, in order. */
  readonly #trail: number[] = [];

  constructor(packing: Packing) {
    const { sets, rows, values } = packing;
    this.packing = packing;
    const setsIn: number[][] = Array.from({ length: rows }, () => []);
    for (let set = 0; set < sets; set++) for (const row of this.rowsOf(set)) setsIn[row]?.push(set);
    this.setsIn = setsIn;
    this.room = packing.capacity.slice();
    this.sets = Int32Array.from({ length: sets }, (_, set) => set);
    this.#place = this.sets.slice();
    this.free = sets;
    this.taken = new Uint8Array(sets);
    for (let set = 0; set < sets; set++) if (!((values[set] as number) > 0)) this.remove(set);
  }

  rowsOf(set: number): Int32Array {
    const { starts, rowsOf } = this.packing;
    return rowsOf.subarray(starts[set], starts[set + 1]);
  }

  /** @throws PackingError `refused-proof` where there is no such set. */
  isFree(set: number): boolean {
    const place = this.#place[set];
    if (place === undefined) throw refusedProof(`there is no set ${set}`);
    return place < this.free;
  }

  freeSets(): Int32Array {
    return this.sets.subarray(0, this.free);
  }

  /** Takes a set out that is free. */
  remove(set: number): void {
    this.free -= 1;
    const place = this.#place[set] as number;
    const last = this.sets[this.free] as number;
    this.sets[place] = last;
    this.#place[last] = place;
    this.sets[this.free] = set;
    this.#place[set] = this.free;
  }

  /** Takes a set in, and out those that no longer fit; gives what it is worth. */
  take(set: number): number {
    this.#trail.push(set);
    this.remove(set);
    this.taken[set] = 1;
    for (const row of this.rowsOf(set)) {
      this.room[row] = (this.room[row] as number) - 1;
      if ((this.room[row] as number) > 0) continue;
      for (const other of this.setsIn[row] as readonly number[]) if (this.isFree(other)) this.remove(other);
    }
    return this.packing.values[set] as number;
  }

  mark(): CaseMark {
    return { taken: this.#trail.length, free: this.free };
  }

  backTo({ taken, free }: CaseMark): void {
    while (this.#trail.length > taken) {
      const set = this.#trail.pop() as number;
      this.taken[set] = 0;
      for (const row of this.rowsOf(set)) this.room[row] = (this.room[row] as number) + 1;
    }
    this.free = free;
  }
}
