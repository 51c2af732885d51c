import { none } from './order-pool.ts';

/** Few enough for an insertion to move them in a loop. */
const blockSize = 64;
/** Blocks are left this full when all are packed anew, so that insertions find room. */
const packed = 48;
const firstBlocks = 4;

/**
 * Price levels sorted by a key, the best last. Sorted blocks of up to 64 keys under a sorted list of their lower bounds: finding takes
 * two binary searches, an insertion moves some neighbours, and taking the best off the end moves nothing. All blocks lie in one
 * piece of memory, so that there is no object for each.
 *
 * Levels leave only from the end or when {@link sweep} drops them, so blocks never have to be merged.
 */
export class PriceLadder {
  #keys = new Float64Array(firstBlocks * blockSize);
  #levels = new Int32Array(firstBlocks * blockSize);
  #counts = new Int32Array(firstBlocks);
  /** Blocks in the order of their keys, and from where on each holds them. */
  #blocks: number[] = [0];
  #bounds: number[] = [Number.NEGATIVE_INFINITY];
  #unused: number[] = [];
  /** How many blocks have ever been used. */
  #used = 1;
  /** Where {@link find} looked last: {@link insert} goes on from there. */
  #sought = 0;
  #position = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The level of a key, or `none`. */
  find(key: number): number {
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length - 1;
    if (key >= (bounds[high] as number)) low = high;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((bounds[middle] as number) <= key) low = middle;
      else high = middle - 1;
    }
    this.#sought = low;
    const block = this.#blocks[low] as number;
    const keys = this.#keys;
    const start = block * blockSize;
    const end = start + (this.#counts[block] as number);
    low = start;
    high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    this.#position = low - start;
    return low < end && keys[low] === key ? (this.#levels[low] as number) : none;
  }

  /** Adds a key that {@link find} has just not found. */
  insert(key: number, level: number): void {
    let block = this.#blocks[this.#sought] as number;
    let position = this.#position;
    if (this.#counts[block] === blockSize) {
      const upper = this.#split(block);
      const half = blockSize / 2;
      if (position > half) {
        block = upper;
        position -= half;
      }
    }
    const keys = this.#keys;
    const levels = this.#levels;
    const count = this.#counts[block] as number;
    const at = block * blockSize + position;
    for (let to = block * blockSize + count; to > at; to--) {
      keys[to] = keys[to - 1] as number;
      levels[to] = levels[to - 1] as number;
    }
    keys[at] = key;
    levels[at] = level;
    this.#counts[block] = count + 1;
    this.#size += 1;
  }

  #split(block: number): number {
    const half = blockSize / 2;
    const upper = this.#emptyBlock();
    const middle = block * blockSize + half;
    this.#keys.copyWithin(upper * blockSize, middle, middle + half);
    this.#levels.copyWithin(upper * blockSize, middle, middle + half);
    this.#counts[block] = half;
    this.#counts[upper] = half;
    this.#blocks.splice(this.#sought + 1, 0, upper);
    this.#bounds.splice(this.#sought + 1, 0, this.#keys[upper * blockSize] as number);
    return upper;
  }

  #emptyBlock(): number {
    const reused = this.#unused.pop();
    if (reused !== undefined) return reused;
    if (this.#used === this.#counts.length) this.#grow();
    return this.#used++;
  }

  #grow(): void {
    const { length } = this.#keys;
    const keys = new Float64Array(2 * length);
    keys.set(this.#keys);
    this.#keys = keys;
    const levels = new Int32Array(2 * length);
    levels.set(this.#levels);
    this.#levels = levels;
    const counts = new Int32Array(2 * this.#counts.length);
    counts.set(this.#counts);
    this.#counts = counts;
  }

  /** The level of the largest key, or `none`. */
  best(): number {
    const block = this.#blocks[this.#blocks.length - 1] as number;
    const count = this.#counts[block] as number;
    return count === 0 ? none : (this.#levels[block * blockSize + count - 1] as number);
  }

  /** Drops the level of the largest key. */
  dropBest(): void {
    const block = this.#blocks[this.#blocks.length - 1] as number;
    const count = (this.#counts[block] as number) - 1;
    this.#counts[block] = count;
    this.#size -= 1;
    if (count > 0 || this.#blocks.length === 1) return;
    this.#unused.push(block);
    this.#blocks.pop();
    this.#bounds.pop();
  }

  /** Visits levels from the best on, until told to stop with `false`. */
  visit(visitor: (level: number) => boolean): void {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const block = this.#blocks[at] as number;
      const start = block * blockSize;
      for (let entry = start + (this.#counts[block] as number) - 1; entry >= start; entry--) {
        if (!visitor(this.#levels[entry] as number)) return;
      }
    }
  }

  /** Keeps only the levels that pass, and packs them anew. */
  sweep(keeps: (level: number) => boolean): void {
    const kept = new PriceLadder();
    for (const block of this.#blocks) {
      const start = block * blockSize;
      for (let entry = start; entry < start + (this.#counts[block] as number); entry++) {
        const level = this.#levels[entry] as number;
        if (keeps(level)) kept.#pack(this.#keys[entry] as number, level);
      }
    }
    this.#keys = kept.#keys;
    this.#levels = kept.#levels;
    this.#counts = kept.#counts;
    this.#blocks = kept.#blocks;
    this.#bounds = kept.#bounds;
    this.#unused = [];
    this.#used = kept.#used;
    this.#size = kept.#size;
  }

  /** Adds a key above all others. */
  #pack(key: number, level: number): void {
    let block = this.#blocks[this.#blocks.length - 1] as number;
    if (this.#counts[block] === packed) {
      block = this.#emptyBlock();
      this.#blocks.push(block);
      this.#bounds.push(key);
    }
    const count = this.#counts[block] as number;
    this.#keys[block * blockSize + count] = key;
    this.#levels[block * blockSize + count] = level;
    this.#counts[block] = count + 1;
    this.#size += 1;
  }
}
