import type { Rational } from '@mechane/numerics';

/**
 * What players get when play comes past a node, in the order of the players.
 *
 * @category Games in trees
 */
export interface Outcome {
  readonly label: string;
  readonly payoffs: readonly Rational[];
}

interface NodeBasics {
  readonly label: string;
  /** The node before it; -1 at the root. */
  readonly parent: number;
  /** Which action of the parent leads here; -1 at the root. */
  readonly action: number;
  /** The nodes that its actions lead to. */
  readonly children: readonly number[];
  /** Paid when play comes here, on top of what other nodes on the way pay. */
  readonly outcome: Outcome | undefined;
}

/**
 * Where nature moves, with known probabilities that sum to one.
 *
 * @category Games in trees
 */
export interface ChanceNode extends NodeBasics {
  readonly kind: 'chance';
  readonly actions: readonly string[];
  readonly probabilities: readonly Rational[];
}

/**
 * Where a player moves, without telling this node from the others of its information set.
 *
 * @category Games in trees
 */
export interface DecisionNode extends NodeBasics {
  readonly kind: 'decision';
  readonly player: number;
  /** Index among the information sets of the player. */
  readonly informationSet: number;
}

/**
 * Where play ends.
 *
 * @category Games in trees
 */
export interface TerminalNode extends NodeBasics {
  readonly kind: 'terminal';
}

/** @category Games in trees */
export type TreeNode = ChanceNode | DecisionNode | TerminalNode;

/**
 * Nodes that a player cannot tell apart, and the actions at each of them.
 *
 * @category Games in trees
 */
export interface InformationSet {
  readonly label: string;
  readonly actions: readonly string[];
  readonly nodes: readonly number[];
}

/**
 * A game in extensive form: a tree of moves by players and by nature, with exact payoffs and probabilities. Made by `extensiveGame`
 * and `readEfg`, which see to it that it is well formed.
 *
 * @category Games in trees
 */
export interface ExtensiveGame {
  readonly form: 'extensive';
  readonly title: string;
  readonly comment: string;
  readonly players: readonly string[];
  /** Each node before those that it leads to, first branches first; the first is the root. */
  readonly nodes: readonly TreeNode[];
  /** `informationSets[player][set]`. */
  readonly informationSets: readonly (readonly InformationSet[])[];
}

/**
 * A behaviour strategy for each player: `profile[player][informationSet][action]` is a probability.
 *
 * @category Games in trees
 */
export type BehaviourProfile<Probability = Rational> = readonly (readonly (readonly Probability[])[])[];

/** What each player gets in total at each node where play ends: `undefined` at the others. */
export function totalPayoffs({ nodes, players }: ExtensiveGame, zero: Rational): readonly (readonly Rational[])[] {
  const none: readonly Rational[] = players.map(() => zero);
  const sofar: (readonly Rational[])[] = [];
  for (const { parent, outcome } of nodes) {
    const before = sofar[parent] ?? none;
    sofar.push(
      outcome === undefined ? before : before.map((amount, player) => amount.plus(outcome.payoffs[player] as Rational)),
    );
  }
  return sofar;
}

/**
 * The behaviour strategies that give every action the same chance.
 *
 * @category Games in trees
 */
export function uniformProfile<Probability>(
  game: ExtensiveGame,
  share: (actions: number) => Probability,
): BehaviourProfile<Probability> {
  return game.informationSets.map((sets) => sets.map(({ actions }) => actions.map(() => share(actions.length))));
}
