import { maximum, minimum, type Rational } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { securityLevel } from '../normal-form/security.ts';
import { requireTwoPlayers } from '../two-player/bimatrix.ts';

/**
 * Payoffs of both players.
 *
 * @category Analysis
 */
export type PayoffPoint = readonly [first: Rational, second: Rational];

/**
 * What the players of a repeated game may earn per round.
 *
 * @category Analysis
 */
export interface RepeatedGamePayoffs {
  /** The least that each can be held down to. */
  readonly minimax: PayoffPoint;
  /** The corners of all that is feasible, counterclockwise. */
  readonly feasible: readonly PayoffPoint[];
  /** The corners of what is feasible and gives no player less than its minimax, counterclockwise. */
  readonly individuallyRational: readonly PayoffPoint[];
}

/**
 * The payoffs of the folk theorem for two players, exactly: what is feasible by any distribution over profiles and pays
 * each player at least its minimax value. What
 * pays both more than that is an equilibrium of the infinitely repeated game if players are patient enough (Fudenberg
 * and Maskin 1986).
 *
 * @throws MechaneError `unsuitable-game` when there are not two players
 * @category Analysis
 * @example
 * ```ts
 * import { readJsonGame, repeatedGamePayoffs } from '@mechane/game-theory';
 *
 * const prisoners = readJsonGame({ players: ['a', 'b'], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] });
 * const { minimax, individuallyRational } = repeatedGamePayoffs(prisoners);
 * String(minimax); // => '1,1'
 * individuallyRational.map(String); // => ['1,1', '5/2,1', '2,2', '1,5/2']
 * ```
 */
export function repeatedGamePayoffs(game: NormalFormGame): RepeatedGamePayoffs {
  requireTwoPlayers(game, 'repeated game');
  // Between two players the minimax value is what the player can guarantee itself (von Neumann 1928).
  const minimax: PayoffPoint = [securityLevel(game, 0).value, securityLevel(game, 1).value];
  const [first, second] = [game.rationals(0), game.rationals(1)];
  const feasible = convexHull(first.map((payoff, at): PayoffPoint => [payoff, second[at] as Rational]));
  const individuallyRational = ([0, 1] as const).reduce(
    (corners, player) => atLeast(corners, player, minimax[player]),
    feasible,
  );
  return { minimax, feasible, individuallyRational: convexHull(individuallyRational) };
}

/**
 * What each player can guarantee itself, and what the others can hold it down to by pure strategies.
 *
 * @category Analysis
 */
export interface SecurityValues {
  /**
   * The most that a mixed strategy guarantees; also the least that the others can hold the player down to if they may
   * correlate.
   */
  readonly maximin: Rational;
  /** The least best payoff against pure strategies of the others. */
  readonly pureMinimax: Rational;
}

/**
 * Every player's maximin value, by an exact linear program, and its minimax value against pure strategies.
 *
 * @category Analysis
 * @example
 * ```ts
 * import { readJsonGame, securityValues } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * securityValues(pennies).map(({ maximin, pureMinimax }) => `${maximin} ${pureMinimax}`); // => ['1/2 1', '1/2 1']
 * ```
 */
export function securityValues(game: NormalFormGame): SecurityValues[] {
  return game.shape.map((own, player) => {
    const table = game.rationals(player);
    const stride = game.strides[player] as number;
    const best: Rational[] = [];
    for (let index = 0; index < game.profiles; index++) {
      if (Math.floor(index / stride) % own !== 0) continue;
      best.push(maximum(Array.from({ length: own }, (_, at) => table[index + at * stride] as Rational)));
    }
    return { maximin: securityLevel(game, player).value, pureMinimax: minimum(best) };
  });
}

/** Andrew's monotone chain (1979); no corner lies on the line between its neighbours. */
function convexHull(points: readonly PayoffPoint[]): readonly PayoffPoint[] {
  const sorted = [...points].sort(([a, b], [c, d]) => a.compare(c) || b.compare(d));
  const distinct = sorted.filter((point, at) => at === 0 || !isSame(point, sorted[at - 1] as PayoffPoint));
  if (distinct.length <= 2) return distinct;
  const chain = (ordered: readonly PayoffPoint[]): PayoffPoint[] => {
    const corners: PayoffPoint[] = [];
    for (const point of ordered) {
      while (corners.length >= 2 && turn(corners.at(-2) as PayoffPoint, corners.at(-1) as PayoffPoint, point) <= 0) {
        corners.pop();
      }
      corners.push(point);
    }
    return corners.slice(0, -1);
  };
  return [...chain(distinct), ...chain(distinct.toReversed())];
}

/** Positive where three points turn to the left. */
function turn([ax, ay]: PayoffPoint, [bx, by]: PayoffPoint, [cx, cy]: PayoffPoint): number {
  return bx
    .minus(ax)
    .times(cy.minus(ay))
    .minus(by.minus(ay).times(cx.minus(ax))).sign;
}

function isSame([a, b]: PayoffPoint, [c, d]: PayoffPoint): boolean {
  return a.equals(c) && b.equals(d);
}

/** Cuts off what pays a player less than a bound (Sutherland and Hodgman 1974). */
function atLeast(corners: readonly PayoffPoint[], player: 0 | 1, bound: Rational): readonly PayoffPoint[] {
  return corners.flatMap((corner, at) => {
    const next = corners[(at + 1) % corners.length] as PayoffPoint;
    const [here, there] = [corner[player].minus(bound), next[player].minus(bound)];
    const kept = here.sign >= 0 ? [corner] : [];
    if (here.sign * there.sign >= 0) return kept;
    const share = here.over(here.minus(there));
    const between = (one: Rational, other: Rational): Rational => one.plus(share.times(other.minus(one)));
    return [...kept, [between(corner[0], next[0]), between(corner[1], next[1])] as const];
  });
}
