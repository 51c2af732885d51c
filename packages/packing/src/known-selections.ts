import type { Selection } from './packing.ts';

/** How many are kept; the oldest go. */
const most = 200;

/** Selections that searches came upon: good ones for a packing are good, or nearly so, for those that are nearly the same. */
export class KnownSelections {
  readonly #byName = new Map<string, Int32Array>();

  add({ sets }: Selection): void {
    const name = sets.join();
    if (this.#byName.has(name)) return;
    this.#byName.set(name, Int32Array.from(sets));
    if (this.#byName.size > most) this.#byName.delete(this.#byName.keys().next().value as string);
  }

  /** The best of those worth more than a floor, at these values, of what is left of them where only some sets stand. */
  above(floor: number, values: Float64Array, count: number, others?: Uint8Array): readonly Selection[] {
    const found: { known: Int32Array; value: number }[] = [];
    for (const known of this.#byName.values()) {
      let value = 0;
      for (let at = 0; at < known.length; at++) {
        const set = known[at] as number;
        if (!others || others[set]) value += values[set] as number;
      }
      if (value > floor) found.push({ known, value });
    }
    return found
      .sort((a, b) => b.value - a.value)
      .slice(0, count)
      .map(({ known, value }) => ({ sets: [...known].filter((set) => !others || others[set]), value }));
  }
}
