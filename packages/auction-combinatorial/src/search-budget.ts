import { Budget } from '@mechane/packing';
import type { AuctionSettings } from './goods.ts';

/** By the goods of a run, which its settings keep wherever they are copied. */
const ofRuns = new WeakMap<AuctionSettings['goods'], () => Budget>();

/** The limits of a run, for all its searches one after the other: those that decide, and those that measure what came out. */
export function searchBudget(settings: AuctionSettings, signal: AbortSignal | undefined): Budget {
  const budget = new Budget({ ...settings, signal });
  ofRuns.set(settings.goods, () => budget);
  return budget;
}

/** The limits of a run for each of its searches anew, as agents take time in between. */
export function searchBudgets(settings: AuctionSettings, signal: AbortSignal | undefined): () => Budget {
  const next = (): Budget => new Budget({ ...settings, signal });
  ofRuns.set(settings.goods, next);
  return next;
}

/** What a run has left of its limits. */
export function leftOf(settings: AuctionSettings): Budget {
  return ofRuns.get(settings.goods)?.() ?? new Budget(settings);
}
