/**
 * A payoff as games' files have it: a number, or an exact one as text such as `3/4`.
 *
 * @category Games
 */
export type Payoff = number | string;

/**
 * A game of two players in a table.
 *
 * @category Games
 */
export interface TableGame {
  readonly players: readonly [string, string];
  readonly strategies: readonly [readonly string[], readonly string[]];
  /** For each player a row for each strategy of the first player. */
  readonly payoffs: readonly [readonly (readonly Payoff[])[], readonly (readonly Payoff[])[]];
}

/**
 * An equilibrium as `mechane solve --json` tells it.
 *
 * @category Games
 */
export interface Profile {
  /** For each player the probability of each strategy. */
  readonly profile: readonly (readonly Payoff[])[];
}

/** A payoff or a probability as a number. */
export function asNumber(value: Payoff | undefined): number {
  if (typeof value === 'number') return value;
  const [over = 'NaN', under = '1'] = (value ?? '').split('/');
  return Number(over) / Number(under);
}

/** The strategies that a player plays at all. */
export function supportOf(plan: readonly Payoff[] | undefined): readonly number[] {
  return (plan ?? []).flatMap((probability, place) => (asNumber(probability) > 1e-9 ? [place] : []));
}
