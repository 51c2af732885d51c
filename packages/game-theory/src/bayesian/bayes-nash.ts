import { pause, Rational, type SearchOptions } from '@mechane/numerics';
import { exactNumber } from '../exact-number.ts';
import { Search } from '../search.ts';
import { type BayesianGame, type Plan, profilesOf } from './bayesian-game.ts';
import { plansOf } from './strategic-form.ts';

/**
 * A Bayes–Nash equilibrium in pure plans.
 *
 * @category Bayesian games
 */
export interface BayesNashEquilibrium {
  /** What each type of each player does, by index: `plans[player][type]`. */
  readonly plans: readonly Plan[];
  /** What each player gets on average. */
  readonly payoffs: readonly Rational[];
}

/**
 * Finds all Bayes–Nash equilibria in pure plans by going through them, exactly: no type of any player with a positive probability would
 * rather do something else, on average over the types of the others (Harsanyi 1967). For mixed ones, solve the `strategicForm`.
 *
 * @throws MechaneError `too-large` where there are too many plans
 * @category Bayesian games
 */
export function bayesNash(game: BayesianGame, options: SearchOptions = {}): Search<BayesNashEquilibrium> {
  return new Search(function* (pace) {
    const plans = game.types.map((own, player) => plansOf(game, player, own.length));
    for (const profile of profilesOf(plans.map(({ length }) => length))) {
      const chosen = profile.map((plan, player) => plans[player]?.[plan] as Plan);
      if (isEquilibrium(game, chosen)) yield { plans: chosen, payoffs: expectedPayoffs(game, chosen) };
      if (!pace.due()) continue;
      yield pause;
      if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
    }
    return { complete: true };
  }, options);
}

function isEquilibrium(game: BayesianGame, plans: readonly Plan[]): boolean {
  return game.players.every((_, player) =>
    (game.types[player] as readonly string[]).every((__, type) => {
      if (game.likelihood(player, type).sign === 0) return true;
      const own = interimPayoff(game, plans, player, type, plans[player]?.[type] as number);
      return (game.actions[player] as readonly string[]).every(
        (___, action) => !own.isLess(interimPayoff(game, plans, player, type, action)),
      );
    }),
  );
}

/** What an action is worth to a type on average over the types of the others, who follow their plans. */
export function interimPayoff(
  game: BayesianGame,
  plans: readonly Plan[],
  player: number,
  type: number,
  action: number,
): Rational {
  let expected = Rational.zero;
  const others = game.types.map((own, other) => (other === player ? 1 : own.length));
  for (const drawn of profilesOf(others)) {
    const types = drawn.map((own, other) => (other === player ? type : own));
    let probability = Rational.one;
    for (const [other, own] of types.entries()) {
      if (other !== player) probability = probability.times(game.likelihood(other, own));
    }
    if (probability.sign === 0) continue;
    const actions = types.map((own, other) => (other === player ? action : (plans[other]?.[own] as number)));
    expected = expected.plus(probability.times(exactNumber(game.payoff(player, types, actions))));
  }
  return expected;
}

function expectedPayoffs(game: BayesianGame, plans: readonly Plan[]): Rational[] {
  return game.players.map((_, player) =>
    (game.types[player] as readonly string[]).reduce((total, __, type) => {
      const probability = game.likelihood(player, type);
      if (probability.sign === 0) return total;
      return total.plus(probability.times(interimPayoff(game, plans, player, type, plans[player]?.[type] as number)));
    }, Rational.zero),
  );
}
