import { Rational } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';
import { mostPayoffs, NormalFormGame } from '../normal-form/game.ts';
import { type BayesianGame, type Plan, profilesOf } from './bayesian-game.ts';

/**
 * A Bayesian game as a game of plans, made before anybody knows its type: each strategy says what every type does, and pays what it pays
 * on average. Its equilibria are the Bayes–Nash equilibria (Harsanyi 1967). Payoffs are exact.
 *
 * @throws MechaneError `too-large` where there are too many plans
 * @category Bayesian games
 */
export function strategicForm(game: BayesianGame): NormalFormGame {
  const plans = game.types.map((own, player) => plansOf(game, player, own.length));
  const shape = plans.map((own) => own.length);
  const profiles = [...profilesOf(shape)];
  const types = [...game.typeProfiles()].map((profile) => ({ profile, probability: game.probability(profile) }));
  const payoffs = game.players.map((_, player) =>
    profiles.map((profile) => {
      let expected = Rational.zero;
      for (const { profile: own, probability } of types) {
        if (probability.sign === 0) continue;
        const actions = profile.map((plan, other) => plans[other]?.[plan]?.[own[other] as number] as number);
        expected = expected.plus(probability.times(exactNumber(game.payoff(player, own, actions))));
      }
      return expected;
    }),
  );
  const strategies = plans.map((own, player) => own.map((plan) => planName(game, player, plan)));
  return new NormalFormGame({ players: game.players, strategies, payoffs });
}

/** Every plan of a player, in the order of the strategies of the {@link strategicForm}. */
export function plansOf({ actions }: BayesianGame, player: number, types: number): readonly Plan[] {
  const choices = (actions[player] as readonly string[]).length;
  const size = choices ** types;
  if (size > mostPayoffs) throw tooLarge('the number of plans of a player', size, mostPayoffs, ['actions', player]);
  return [...profilesOf(Array.from({ length: types }, () => choices))];
}

function planName({ types, actions }: BayesianGame, player: number, plan: Plan): string {
  return plan.map((action, type) => `${types[player]?.[type]}: ${actions[player]?.[action]}`).join(', ');
}
