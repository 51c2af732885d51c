/*
 * The activity rule of the clock-proxy auction (Ausubel, Cramton and Milgrom 2006; Ausubel and Baranov, "Revealed preference and activity rules
 * in dynamic auctions", International Economic Review 61, 2020): whoever demands x at prices p likes x at least as well as anything
 * else at these prices, and has to stand by it, in later rounds and with supplementary bids.
 */
import type { ErrorDetails } from '@mechane/core';
import { beyondRevealed, unlikeEarlierDemand } from '../errors.ts';
import type { PackageBid } from '../package-bids.ts';
import { bundleKey } from './package-choices.ts';

/** A price for each good. */
export type LinearPrices = ReadonlyMap<string, number>;

interface Choice {
  readonly round: number;
  readonly prices: LinearPrices;
  readonly bundle: readonly string[];
}

/** Rounding that a comparison of sums forgives, as a share of an increment. */
const forgiven = 1e-6;

export function costOf(bundle: readonly string[], prices: LinearPrices): number {
  return bundle.reduce((sum, good) => sum + (prices.get(good) as number), 0);
}

/** What one bidder has demanded at which prices. */
export class RevealedPreferences {
  readonly #choices: Choice[] = [];
  readonly #bids = new Map<string, PackageBid>();
  readonly #slack: number;
  readonly #written: (amount: number) => number;
  readonly #remembers: boolean;

  /** @param remembers whether demands are kept, to be held against what comes later */
  constructor(increment: number, written: (amount: number) => number, remembers: boolean) {
    this.#written = written;
    this.#slack = forgiven * increment;
    this.#remembers = remembers;
  }

  /** A demand at prices is a bid on it at what it costs. */
  record(round: number, prices: LinearPrices, bundle: string[]): void {
    if (this.#remembers) this.#choices.push({ round, prices, bundle });
    this.bid({ bundle, value: costOf(bundle, prices) });
  }

  /** Keeps the higher bid on a package. */
  bid(bid: PackageBid): void {
    const key = bundleKey(bid.bundle);
    if (bid.value > (this.#bids.get(key)?.value ?? 0)) this.#bids.set(key, bid);
  }

  /** The highest bid on every package so far. */
  get bids(): readonly PackageBid[] {
    return [...this.#bids.values()];
  }

  /** Prices times demands may not have moved the same way: (p − p′)·(x − x′) ≤ 0 for every earlier p′ and x′. */
  refuseDemand(prices: LinearPrices, bundle: readonly string[]): ErrorDetails | undefined {
    const broken = this.#choices.find((earlier) => {
      const now = costOf(bundle, prices) - costOf(earlier.bundle, prices);
      const then = costOf(bundle, earlier.prices) - costOf(earlier.bundle, earlier.prices);
      return now - then > this.#slack;
    });
    return broken && unlikeEarlierDemand(['demand'], broken.round);
  }

  /** A bid may exceed the bid on what was demanded in any round by no more than it would have cost more then. */
  refuseBids(bids: readonly PackageBid[]): ErrorDetails | undefined {
    const values = new Map(this.bids.map(({ bundle, value }) => [bundleKey(bundle), value]));
    for (const { bundle, value } of bids) {
      const key = bundleKey(bundle);
      values.set(key, Math.max(value, values.get(key) ?? 0));
    }
    const demanded = this.#choices.map((choice) => ({
      ...choice,
      surplus: (values.get(bundleKey(choice.bundle)) ?? 0) - costOf(choice.bundle, choice.prices),
    }));
    for (const [index, { bundle, value }] of bids.entries()) {
      for (const { round, prices, surplus } of demanded) {
        const most = surplus + costOf(bundle, prices);
        if (value - most > this.#slack) {
          return beyondRevealed(['bids', index, 'value'], round, this.#written(most));
        }
      }
    }
    return undefined;
  }
}
