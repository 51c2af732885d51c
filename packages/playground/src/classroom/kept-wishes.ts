import type { Experiment } from './game.ts';

/** How a teacher wants games to be played. */
export interface Wishes {
  /** How many are in a group. */
  readonly size: number;
  /** Seconds to answer. */
  readonly seconds: number;
  /** Seconds that a price of a clock stands. */
  readonly secondsAtPrice: number;
  /** Fixes all hands. */
  readonly seed: number;
}

const seconds = 120;
const secondsAtPrice = 5;

/** Seeds that are drawn are below this. */
const seeds = 2 ** 32;

/** How games of a class are played, unless the teacher says otherwise; a seed is drawn once, and kept until the tab is closed. */
export function keptWishes(code: string, { size }: Experiment): Wishes {
  const place = `class seed ${code}`;
  const kept = sessionStorage.getItem(place);
  const seed = kept === null ? (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % seeds : Number(kept);
  sessionStorage.setItem(place, String(seed));
  return { size: Math.max(2, size), seconds, secondsAtPrice, seed };
}
