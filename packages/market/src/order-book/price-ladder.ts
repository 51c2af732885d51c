import { none } from './order-pool.ts';

const blockSize = 256;
/** Blocks are left this full when all are packed anew, so that insertions find room. */
const packed = 192;

class Block {
  readonly keys: Float64Array = new Float64Array(blockSize);
  readonly levels: Int32Array = new Int32Array(blockSize);
  count = 0;
}

/**
 * Price levels sorted by a key, the best last. Sorted blocks of up to 256 keys under a sorted list of their lower bounds: finding takes
 * two binary searches, an insertion moves some neighbours, and taking the best off the end moves nothing.
 *
 * Levels leave only from the end or when {@link sweep} drops them, so blocks never have to be merged.
 */
export class PriceLadder {
  #blocks: Block[] = [new Block()];
  #bounds: number[] = [Number.NEGATIVE_INFINITY];
  #spare: Block | undefined;
  /** Where {@link find} looked last: {@link insert} goes on from there. */
  #block = 0;
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
    const { keys, levels, count } = this.#blocks[low] as Block;
    this.#block = low;
    low = 0;
    high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    this.#position = low;
    return low < count && keys[low] === key ? (levels[low] as number) : none;
  }

  /** Adds a key that {@link find} has just not found. */
  insert(key: number, level: number): void {
    let block = this.#blocks[this.#block] as Block;
    let position = this.#position;
    if (block.count === blockSize) {
      const upper = this.#split(block);
      const half = blockSize / 2;
      if (position > half) {
        block = upper;
        position -= half;
      }
    }
    block.keys.copyWithin(position + 1, position, block.count);
    block.levels.copyWithin(position + 1, position, block.count);
    block.keys[position] = key;
    block.levels[position] = level;
    block.count += 1;
    this.#size += 1;
  }

  #split(block: Block): Block {
    const half = blockSize / 2;
    const upper = this.#emptyBlock();
    upper.keys.set(block.keys.subarray(half));
    upper.levels.set(block.levels.subarray(half));
    block.count = half;
    upper.count = half;
    this.#blocks.splice(this.#block + 1, 0, upper);
    this.#bounds.splice(this.#block + 1, 0, upper.keys[0] as number);
    return upper;
  }

  #emptyBlock(): Block {
    const block = this.#spare ?? new Block();
    this.#spare = undefined;
    return block;
  }

  /** The level of the largest key, or `none`. */
  best(): number {
    const { levels, count } = this.#blocks[this.#blocks.length - 1] as Block;
    return count === 0 ? none : (levels[count - 1] as number);
  }

  /** Drops the level of the largest key. */
  dropBest(): void {
    const block = this.#blocks[this.#blocks.length - 1] as Block;
    block.count -= 1;
    this.#size -= 1;
    if (block.count > 0 || this.#blocks.length === 1) return;
    this.#spare = this.#blocks.pop();
    this.#bounds.pop();
  }

  /** Visits levels from the best on, until told to stop with `false`. */
  visit(visitor: (level: number) => boolean): void {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const { levels, count } = this.#blocks[at] as Block;
      for (let position = count - 1; position >= 0; position--) {
        if (!visitor(levels[position] as number)) return;
      }
    }
  }

  /** Keeps only the levels that pass, and packs them anew. */
  sweep(keeps: (level: number) => boolean): void {
    const old = this.#blocks;
    let block = new Block();
    this.#blocks = [block];
    this.#bounds = [Number.NEGATIVE_INFINITY];
    this.#size = 0;
    for (const { keys, levels, count } of old) {
      for (let position = 0; position < count; position++) {
        const level = levels[position] as number;
        if (!keeps(level)) continue;
        const key = keys[position] as number;
        if (block.count === packed) {
          block = new Block();
          this.#blocks.push(block);
          this.#bounds.push(key);
        }
        block.keys[block.count] = key;
        block.levels[block.count] = level;
        block.count += 1;
        this.#size += 1;
      }
    }
  }
}
