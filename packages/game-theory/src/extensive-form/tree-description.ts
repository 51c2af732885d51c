import type { RationalLike } from '@mechane/numerics';

/**
 * A node of a tree that is written down: a move of a player, a move of nature, or an end.
 *
 * @category Games in trees
 */
export type NodeDescription = MoveDescription | ChanceDescription | EndDescription;

/**
 * A node written down in place, or the name of one in `nodes`.
 *
 * @category Games in trees
 */
export type Branch = NodeDescription | string;

interface DescriptionBasics {
  readonly label?: string;
}

/**
 * A move of a player.
 *
 * @category Games in trees
 */
export interface MoveDescription extends DescriptionBasics {
  readonly player: string;
  /** Nodes of a player with the same name here look alike to the player. A node without one stands alone. */
  readonly informationSet?: string;
  readonly actions: readonly { readonly action: string; readonly to: Branch }[];
  /** Paid to each player when play comes here, on top of the end. */
  readonly payoffs?: readonly RationalLike[];
  /** A name for these payoffs. */
  readonly outcome?: string;
}

/**
 * A move of nature.
 *
 * @category Games in trees
 */
export interface ChanceDescription extends DescriptionBasics {
  readonly chance: readonly { readonly action?: string; readonly probability: RationalLike; readonly to: Branch }[];
  readonly payoffs?: readonly RationalLike[];
  readonly outcome?: string;
}

/**
 * An end, and what each player gets.
 *
 * @category Games in trees
 */
export interface EndDescription extends DescriptionBasics {
  readonly payoffs: readonly RationalLike[];
  readonly outcome?: string;
}

/**
 * A whole tree, as it stands in a JSON file.
 *
 * @category Games in trees
 */
export interface TreeDescription {
  readonly title?: string;
  readonly comment?: string;
  readonly players: readonly string[];
  readonly root: Branch;
  /** Nodes that branches lead to by name, each by one branch only. */
  readonly nodes?: Readonly<Record<string, NodeDescription>>;
}

/**
 * A move of `player`: actions and what they lead to.
 *
 * @category Games in trees
 */
export function move(
  player: string,
  informationSet: string,
  actions: readonly (readonly [action: string, to: Branch])[],
): MoveDescription {
  return { player, informationSet, actions: actions.map(([action, to]) => ({ action, to })) };
}

/**
 * A move of nature: probabilities and what they lead to.
 *
 * @category Games in trees
 */
export function chance(
  branches: readonly (readonly [probability: RationalLike, to: Branch, action?: string])[],
): ChanceDescription {
  return {
    chance: branches.map(([probability, to, action]) => ({
      probability,
      to,
      ...(action === undefined ? {} : { action }),
    })),
  };
}

/**
 * An end: what each player gets, in the order of the players.
 *
 * @category Games in trees
 */
export function ends(...payoffs: readonly RationalLike[]): EndDescription {
  return { payoffs };
}
