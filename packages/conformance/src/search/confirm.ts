import { type Case, deviated } from '../case.ts';
import type { Game } from '../game/game.ts';
import { requireSame } from '../game/nondeterminism.ts';
import { ifPlayable, Unplayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';

/**
 * Plays a counterexample again before it is shown, every part of it on its own and in another order.
 *
 * @throws Nondeterminism where something else comes out, which is then what there is to show
 */
export function* confirm(game: Game, given: Case): Steps<void> {
  const { types, seed } = given;
  for (const reports of [deviated(given), types, deviated(given)]) {
    yield undefined;
    const before = ifPlayable(() => game.play(reports, seed));
    if (before === undefined) continue;
    yield undefined;
    let after: unknown;
    try {
      after = game.playAfresh(reports, seed).outcome;
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
      after = { failure: thrown.message };
    }
    requireSame(reports, seed, before, after, 'when it was played again');
  }
}
