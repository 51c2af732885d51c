import type { Random } from '@mechane/core';
import * as fc from 'fast-check';

/** A random value, and the simpler ones fast-check would try in its place. */
export interface ShrinkTree {
  readonly value: unknown;
  simpler(): Iterable<ShrinkTree>;
}

const firstBatch = 4;
const largestBatch = 64;

/** Draws values that remember how to shrink, as many as are asked for. The same seed draws the same values. */
export class Trees {
  readonly #arbitrary: fc.Arbitrary<ShrinkTree>;
  readonly #random: Random;
  #batch: readonly ShrinkTree[] = [];
  #next = 0;

  constructor(arbitrary: fc.Arbitrary<unknown>, random: Random) {
    this.#arbitrary = new Remembering(arbitrary);
    this.#random = random;
  }

  next(): ShrinkTree {
    if (this.#next === this.#batch.length) {
      const numRuns = Math.min(largestBatch, Math.max(firstBatch, 2 * this.#batch.length));
      this.#batch = fc.sample(this.#arbitrary, { numRuns, seed: this.#random.below(2 ** 31) });
      this.#next = 0;
    }
    return this.#batch[this.#next++] as ShrinkTree;
  }
}

/** Draws plain values, without fast-check's preference for extremes. */
export function drawEvenly(arbitrary: fc.Arbitrary<unknown>, count: number, seed: number): readonly unknown[] {
  return fc.sample(fc.noBias(arbitrary), { numRuns: count, seed });
}

/** A value without anything simpler. */
export function leafTree(value: unknown): ShrinkTree {
  return { value, simpler: () => [] };
}

/**
 * fast-check shrinks inside `fc.check` only; the kit's search decides for itself which agent to simplify next, so it draws
 * every type with its own tree of simpler ones.
 */
class Remembering extends fc.Arbitrary<ShrinkTree> {
  readonly #inner: fc.Arbitrary<unknown>;

  constructor(inner: fc.Arbitrary<unknown>) {
    super();
    this.#inner = inner;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<ShrinkTree> {
    return new fc.Value(this.#tree(this.#inner.generate(random, bias)), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is ShrinkTree {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<ShrinkTree>> {
    return fc.Stream.nil();
  }

  #tree(drawn: fc.Value<unknown>): ShrinkTree {
    const grow = (value: fc.Value<unknown>): ShrinkTree => this.#tree(value);
    const inner = this.#inner;
    return {
      value: drawn.value,
      *simpler() {
        for (const value of inner.shrink(drawn.value_, drawn.context)) yield grow(value);
      },
    };
  }
}
