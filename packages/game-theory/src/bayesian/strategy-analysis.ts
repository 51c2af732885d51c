import { invalidGame } from '../errors.ts';
import { interimPayoff } from './bayes-nash.ts';
import { type BayesianGame, type Plan, profilesOf } from './bayesian-game.ts';

/**
 * A report that pays a type better than what its plan says, and what that costs the others.
 *
 * @category Bayesian games
 */
export interface Manipulation {
  readonly player: number;
  readonly type: number;
  /** What the plan says, and what pays better; by index. */
  readonly action: number;
  readonly deviation: number;
  /** By how much it pays better. */
  readonly gain: number;
  /** What all the others lose by it together; negative where they gain. */
  readonly harm: number;
  /** Everybody's types where it pays; `undefined` for a gain on average over the types of the others. */
  readonly types: readonly number[] | undefined;
}

/**
 * What can be said of a plan that every player follows.
 *
 * @category Bayesian games
 */
export interface AnalysisOptions {
  /** What each type of each player does: its own type unless given, which is the truth in a direct mechanism. */
  readonly plans?: readonly Plan[];
}

/**
 * Which actions are dominant for each type of each player: never worse than any other, whatever the types and actions of the others.
 * `dominant[player][type]` lists them by index.
 *
 * @category Bayesian games
 * @example
 * ```ts
 * import { secondPrice } from '@mechane/auction-sealed';
 * import { dominantActions, induce } from '@mechane/game-theory';
 *
 * const values = [{ bid: 1 }, { bid: 2 }, { bid: 3 }];
 * const game = induce(secondPrice, { types: { ann: values, bob: values } });
 * // Ties go to ann, so that a bid just below her value never does worse either.
 * dominantActions(game)[0]; // => [[0], [0, 1], [1, 2]]
 * dominantActions(game)[1]; // => [[0, 1], [1, 2], [2]]
 * ```
 */
export function dominantActions(game: BayesianGame): readonly (readonly (readonly number[])[])[] {
  return game.players.map((_, player) => {
    const actions = (game.actions[player] as readonly string[]).length;
    return (game.types[player] as readonly string[]).map((__, type) => {
      let dominant = Array.from({ length: actions }, (___, action) => action);
      for (const { types, others } of situations(game, player, type)) {
        const pays = Array.from({ length: actions }, (___, action) => game.payoff(player, types, others(action)));
        const best = Math.max(...pays);
        dominant = dominant.filter((action) => pays[action] === best);
        if (dominant.length === 0) return dominant;
      }
      return dominant;
    });
  });
}

/** Everything the others may be and do. */
function* situations(game: BayesianGame, player: number, type: number) {
  const counts = (lists: readonly (readonly string[])[]) =>
    lists.map((own, other) => (other === player ? 1 : own.length));
  for (const drawn of profilesOf(counts(game.types))) {
    const types = drawn.map((own, other) => (other === player ? type : own));
    for (const played of profilesOf(counts(game.actions))) {
      yield {
        types,
        others: (action: number) => played.map((own, other) => (other === player ? action : own)),
      };
    }
  }
}

/**
 * The manipulation that gains most when all the others follow their plans and everybody's types are known: the ex-post regret of the plan
 * is its gain. `undefined` where nothing gains: the plans are an ex-post equilibrium.
 *
 * @category Bayesian games
 * @example
 * ```ts
 * import { firstPrice } from '@mechane/auction-sealed';
 * import { bestManipulation, induce } from '@mechane/game-theory';
 *
 * const values = [{ bid: 1 }, { bid: 4 }];
 * const found = bestManipulation(induce(firstPrice, { types: { ann: values, bob: values } }));
 * found?.gain; // => 3
 * found?.harm; // => 0
 * ```
 */
export function bestManipulation(game: BayesianGame, options: AnalysisOptions = {}): Manipulation | undefined {
  const plans = plansIn(game, options);
  let best: Manipulation | undefined;
  for (const types of game.typeProfiles()) {
    const actions = types.map((type, player) => plans[player]?.[type] as number);
    for (const player of game.players.keys()) {
      const own = game.payoff(player, types, actions);
      for (const deviation of (game.actions[player] as readonly string[]).keys()) {
        const deviating = actions.with(player, deviation);
        const gain = game.payoff(player, types, deviating) - own;
        if (!(gain > (best?.gain ?? 0))) continue;
        const harm = lossOfOthers(game, player, types, actions, deviating);
        best = {
          player,
          type: types[player] as number,
          action: actions[player] as number,
          deviation,
          gain,
          harm,
          types,
        };
      }
    }
  }
  return best;
}

function lossOfOthers(
  game: BayesianGame,
  player: number,
  types: readonly number[],
  before: readonly number[],
  after: readonly number[],
): number {
  let loss = 0;
  for (const other of game.players.keys()) {
    if (other !== player) loss += game.payoff(other, types, before) - game.payoff(other, types, after);
  }
  return loss;
}

/**
 * The manipulation that gains most on average over the types of the others, who follow their plans. `undefined` where nothing gains: the
 * plans are a Bayes–Nash equilibrium.
 *
 * @category Bayesian games
 */
export function bestInterimManipulation(game: BayesianGame, options: AnalysisOptions = {}): Manipulation | undefined {
  const plans = plansIn(game, options);
  let best: Manipulation | undefined;
  for (const player of game.players.keys()) {
    for (const type of (game.types[player] as readonly string[]).keys()) {
      const action = plans[player]?.[type] as number;
      const own = interimPayoff(game, plans, player, type, action);
      for (const deviation of (game.actions[player] as readonly string[]).keys()) {
        const gain = interimPayoff(game, plans, player, type, deviation).minus(own).toNumber();
        if (!(gain > (best?.gain ?? 0))) continue;
        const harm = expectedLossOfOthers(game, plans, player, type, deviation);
        best = { player, type, action, deviation, gain, harm, types: undefined };
      }
    }
  }
  return best;
}

function expectedLossOfOthers(
  game: BayesianGame,
  plans: readonly Plan[],
  player: number,
  type: number,
  deviation: number,
): number {
  let loss = 0;
  for (const types of game.typeProfiles()) {
    if (types[player] !== type) continue;
    const actions = types.map((own, other) => plans[other]?.[own] as number);
    const likely = game.probability(types).over(game.likelihood(player, type)).toNumber();
    loss += likely * lossOfOthers(game, player, types, actions, actions.with(player, deviation));
  }
  return loss;
}

function plansIn(game: BayesianGame, { plans }: AnalysisOptions): readonly Plan[] {
  if (plans === undefined) {
    if (game.types.every((own, player) => own.length <= (game.actions[player] as readonly string[]).length)) {
      return game.types.map((own) => own.map((_, type) => type));
    }
    throw invalidGame({ problem: 'the truth is no plan where there are fewer actions than types', fix: 'give plans' });
  }
  const wrong = game.types.findIndex((own, player) =>
    own.some((_, type) => game.actions[player]?.[plans[player]?.[type] ?? -1] === undefined),
  );
  if (wrong === -1) return plans;
  throw invalidGame({
    problem: 'a plan does not say which action each type takes',
    path: ['plans', wrong],
    expected: `${game.types[wrong]?.length} numbers below ${game.actions[wrong]?.length}`,
  });
}

/**
 * Whether nothing can be gained by a lie, whatever the others say: telling the truth is dominant for every type.
 *
 * @category Bayesian games
 */
export function truthIsDominant(game: BayesianGame): boolean {
  return dominantActions(game).every((own) => own.every((dominant, type) => dominant.includes(type)));
}
