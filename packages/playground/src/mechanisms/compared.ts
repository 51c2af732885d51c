import type { Ready } from './play.ts';
import type { Told } from './told.ts';

/** A mechanism in a comparison, and how it is told what both are told. */
export interface Compared {
  readonly id: string;
  readonly title: string;
  readonly ready: Ready;
  put(told: Told): Told;
}

/** Two mechanisms that are compared. */
export type Pair = readonly [Compared, Compared];
