import { Rational } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import { leadingSign, type Polynomial, plus, times, withMistakes } from '../mistakes.ts';
import { evaluateIn } from './evaluate.ts';
import { type BehaviourProfile, type ExtensiveGame, type TreeNode, totalPayoffs } from './extensive-game.ts';
import { nameOf } from './perfect-recall.ts';
import { exactly } from './realization.ts';
import { sequenceForm } from './sequences.ts';

/**
 * Whether an equilibrium survives small mistakes.
 *
 * @category Methods for trees
 */
export type TremblingHand =
  | {
      readonly verdict: 'perfect';
      /**
       * Mistakes that the profile answers best, however small: `trembles[player][set][action]` is the power of ε with which an action
       * is made that the profile does not make. Absent where the profile makes every move as it is.
       */
      readonly trembles?: readonly (readonly (readonly number[])[])[];
    }
  | { readonly verdict: 'not perfect'; readonly because: string }
  /** Neither was found. */
  | { readonly verdict: 'undecided' };

/** Powers of ε that are tried: 1 and 2 for each move that the profile leaves out. */
const powers = [1, 2];
/** Series tried times leaves of the tree. */
const mostWork = 20_000;

/**
 * Says whether an equilibrium in behaviour strategies is trembling-hand perfect in the extensive form (Selten 1975): whether it answers best
 * at every information set a series of profiles in which every move is made, by mistake, more and more rarely. That is
 * proved by such a series, compared exactly for all small ε; it is refuted by a regret, or by an information set at which
 * another move is better at every node, whatever the player believes. Between the two it may stay undecided.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness, or the profile does not fit
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { Rational, seltensHorse, tremblingHand } from '@mechane/game-theory';
 *
 * const pure = (...moves: number[]) => moves.map((move) => [[0, 1].map((action) => Rational.of(action === move ? 1 : 0))]);
 * tremblingHand(seltensHorse(), pure(0, 0, 1)).verdict; // => 'perfect'
 * tremblingHand(seltensHorse(), pure(1, 0, 0)).verdict; // => 'not perfect'
 * ```
 */
export function tremblingHand(game: ExtensiveGame, profile: BehaviourProfile): TremblingHand {
  requireFit(game, profile);
  const { regret } = evaluateIn(sequenceForm(game, 'trembling-hand'), profile, exactly);
  if (regret.sign > 0) return { verdict: 'not perfect', because: `somebody gains ${regret} by another strategy` };
  const left = movesLeftOut(profile);
  if (left.length === 0) return { verdict: 'perfect' };
  const because = betterWhateverBelieved(game, profile);
  if (because !== undefined) return { verdict: 'not perfect', because };
  const leaves = game.nodes.filter(({ kind }) => kind === 'terminal').length;
  const trials = Math.min(powers.length ** left.length, Math.max(1, Math.floor(mostWork / leaves)));
  for (let trial = 0; trial < trials; trial++) {
    const trembles = profile.map((sets) => sets.map((actions) => actions.map(() => 0)));
    left.forEach(([player, set, action], at) => {
      const power = powers[Math.floor(trial / powers.length ** at) % powers.length] as number;
      (trembles[player]?.[set] as number[])[action] = power;
    });
    if (answersBest(game, profile, trembles)) return { verdict: 'perfect', trembles };
  }
  return { verdict: 'undecided' };
}

function requireFit({ informationSets }: ExtensiveGame, profile: BehaviourProfile): void {
  const fits = informationSets.every((sets, player) =>
    sets.every(({ actions }, set) => {
      const strategy = profile[player]?.[set] ?? [];
      const total = strategy.reduce((sum, share) => sum.plus(share), Rational.zero);
      return (
        strategy.length === actions.length && strategy.every(({ sign }) => sign >= 0) && total.equals(Rational.one)
      );
    }),
  );
  if (fits) return;
  throw unsuitableGame(
    'trembling-hand',
    'the profile is none of this game',
    'give a distribution for each information set',
  );
}

function movesLeftOut(profile: BehaviourProfile): (readonly [player: number, set: number, action: number])[] {
  return profile.flatMap((sets, player) =>
    sets.flatMap((actions, set) =>
      actions.flatMap((share, action) => (share.sign === 0 ? [[player, set, action] as const] : [])),
    ),
  );
}

/** A move that is made although another one is better at every node of its set, so also after any mistakes. */
function betterWhateverBelieved(game: ExtensiveGame, profile: BehaviourProfile): string | undefined {
  const worth = totalPayoffs(game, Rational.zero).map((payoffs) => [...payoffs]);
  const isPossible = possibleNodes(game);
  for (let index = game.nodes.length - 1; index >= 0; index--) {
    const node = game.nodes[index] as TreeNode;
    if (node.kind === 'terminal') continue;
    const shares = node.kind === 'chance' ? node.probabilities : (profile[node.player]?.[node.informationSet] ?? []);
    worth[index] = game.players.map((_, player) =>
      node.children.reduce((sum, child, action) => {
        const value = (worth[child] as readonly Rational[])[player] as Rational;
        return sum.plus(value.times(shares[action] as Rational));
      }, Rational.zero),
    );
  }
  for (const [player, sets] of game.informationSets.entries()) {
    for (const [set, { actions, nodes: all }] of sets.entries()) {
      const nodes = all.filter((node) => isPossible[node]);
      if (nodes.length === 0) continue;
      const value = (node: number, action: number): Rational => {
        const child = (game.nodes[node] as TreeNode).children[action] as number;
        return (worth[child] as readonly Rational[])[player] as Rational;
      };
      for (const made of actions.keys()) {
        if (profile[player]?.[set]?.[made]?.sign === 0) continue;
        const better = [...actions.keys()].find((other) =>
          nodes.every((node) => value(node, made).isLess(value(node, other))),
        );
        if (better !== undefined) {
          return `at ${nameOf(game, player, set)}, ${actions[better]} is better than ${actions[made]} whatever ${game.players[player]} believes`;
        }
      }
    }
  }
  return undefined;
}

/** For each node, whether chance ever leads there. */
function possibleNodes({ nodes }: ExtensiveGame): boolean[] {
  const possible: boolean[] = [];
  for (const { parent, action } of nodes) {
    const above = nodes[parent];
    const happens = above?.kind !== 'chance' || (above.probabilities[action] as Rational).sign > 0;
    possible.push(happens && (possible[parent] ?? true));
  }
  return possible;
}

/** Whether every move that the profile makes is best, for all small ε, against the profile with these mistakes. */
function answersBest(
  game: ExtensiveGame,
  profile: BehaviourProfile,
  trembles: readonly (readonly (readonly number[])[])[],
): boolean {
  const mistaken = profile.map((sets, player) =>
    sets.map((shares, set) => withMistakes(shares, trembles[player]?.[set] as readonly number[])),
  );
  const worth: Polynomial[][][] = game.informationSets.map((sets) => sets.map(({ actions }) => actions.map(() => [])));
  const totals = totalPayoffs(game, Rational.zero);
  for (const [index, node] of game.nodes.entries()) {
    if (node.kind !== 'terminal') continue;
    for (const [player, payoff] of (totals[index] as readonly Rational[]).entries()) {
      addLeaf(game, index, player, payoff, mistaken, worth[player] as Polynomial[][]);
    }
  }
  return profile.every((sets, player) =>
    sets.every((shares, set) => {
      const values = worth[player]?.[set] as readonly Polynomial[];
      return shares.every(
        (share, made) =>
          share.sign === 0 || values.every((other) => leadingSign(values[made] as Polynomial, other) >= 0),
      );
    }),
  );
}

/** Adds to each move of the player on the way to a leaf what the leaf is worth to it, but for the chance that the move is made. */
function addLeaf(
  { nodes }: ExtensiveGame,
  leaf: number,
  player: number,
  payoff: Rational,
  mistaken: readonly (readonly (readonly Polynomial[])[])[],
  worth: Polynomial[][],
): void {
  const path: { readonly node: TreeNode; readonly action: number }[] = [];
  for (let at = leaf; (nodes[at] as TreeNode).parent !== -1; at = (nodes[at] as TreeNode).parent) {
    const { parent, action } = nodes[at] as TreeNode;
    path.push({ node: nodes[parent] as TreeNode, action });
  }
  for (const own of path) {
    if (own.node.kind !== 'decision' || own.node.player !== player) continue;
    let product: Polynomial = [payoff];
    for (const step of path) {
      if (step === own) continue;
      if (step.node.kind === 'chance') product = times(product, [step.node.probabilities[step.action] as Rational]);
      else if (step.node.kind === 'decision') {
        product = times(product, mistaken[step.node.player]?.[step.node.informationSet]?.[step.action] as Polynomial);
      }
    }
    const values = worth[own.node.informationSet] as Polynomial[];
    values[own.action] = plus(values[own.action] as Polynomial, product);
  }
}
