import type { AgentId, Random } from '@mechane/core';
import { seededRandom } from '@mechane/core';
import type { Reports } from '../case.ts';
import { same } from './same.ts';

/** Two outcomes of what should have one. Thrown by whatever play brings it to light. */
export class Nondeterminism {
  readonly reports: Reports;
  readonly seed: number;
  readonly outcomes: readonly [unknown, unknown];
  /** What was different about the second play, in words: "when it was played again". */
  readonly how: string;

  constructor(reports: Reports, seed: number, outcomes: readonly [unknown, unknown], how: string) {
    this.reports = reports;
    this.seed = seed;
    this.outcomes = outcomes;
    this.how = how;
  }
}

interface Remembered {
  readonly reports: Reports;
  readonly seed: number;
  readonly outcome: unknown;
}

/** A play that is due to be played again, under the circumstances of before or others. */
interface Due extends Remembered {
  readonly elsewhere: boolean;
}

const mostRemembered = 48;
const firstKept = 12;
/** Of so many plays, one is remembered, and one that was remembered is played again. */
const oneIn = 24;

/** Some plays, to be played again when nobody expects it. */
export class RecallablePlays {
  readonly #plays: Remembered[] = [];
  readonly #random: Random = seededRandom(0x6a09e667);
  #wait = 1;

  /** Remembers a play now and then, and gives one that is due to be played again. */
  due(reports: Reports, seed: number, outcome: unknown): Due | undefined {
    this.#wait -= 1;
    if (this.#wait > 0) return undefined;
    this.#wait = 1 + this.#random.below(2 * oneIn);
    this.keep(reports, seed, outcome);
    const play = this.#plays[this.#random.below(this.#plays.length)];
    return play && { ...play, elsewhere: this.#random.below(3) === 0 };
  }

  keep(reports: Reports, seed: number, outcome: unknown): void {
    const play = { reports: new Map<AgentId, unknown>(reports), seed, outcome };
    if (this.#plays.length < mostRemembered) this.#plays.push(play);
    // Those of the very beginning stay.
    else this.#plays[firstKept + this.#random.below(mostRemembered - firstKept)] = play;
  }

  /** All of them, in an order that nothing foretells. */
  all(): readonly Remembered[] {
    return this.#random.shuffled(this.#plays);
  }
}

/** @throws Nondeterminism where two outcomes of the same are not the same */
export function requireSame(reports: Reports, seed: number, one: unknown, other: unknown, how: string): void {
  if (!same(one, other)) throw new Nondeterminism(reports, seed, [one, other], how);
}
