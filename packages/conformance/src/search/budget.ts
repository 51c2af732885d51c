import type { Game } from '../game/game.ts';

/** How much may be played, counted in plays, so that the same seed always stops at the same place. */
export class Budget {
  readonly limit: number;
  readonly #game: Game;
  readonly #start: number;

  constructor(game: Game, limit: number) {
    this.#game = game;
    this.limit = limit;
    this.#start = game.work;
  }

  get spent(): number {
    return this.#game.work - this.#start;
  }

  /** The share that is spent, from 0 on. */
  get share(): number {
    return this.spent / this.limit;
  }

  get isSpent(): boolean {
    return this.spent >= this.limit;
  }
}
