import type { Mechane, Mechanism, Random } from '@mechane/core';
import type { Arena } from './arena.ts';
import type { Profile } from './profile.ts';

/** What a law is given to work with: a mechanism under one of its settings, and how much work to do. */
export interface Bench {
  readonly arena: Arena;
  readonly seed: number;
  /** Random profiles to try. */
  readonly runs: number;
  readonly fewest: number;
  readonly most: number;
  /** Drawn once and looked at by every law. */
  readonly profiles: readonly Profile[];
  /** Randomness that belongs to the seed and to this purpose. */
  random(purpose: string): Random;
  /** The framework around the mechanism, for what only shows in a whole run. */
  readonly mechane: Mechane<Mechanism>;
  readonly clock: { advance(milliseconds: number): void };
  /** Lets others have the thread now and then. @throws Stopped when the examination was called off. */
  breathe(): Promise<void>;
}

/** The examination was called off. */
export class Stopped extends Error {}
