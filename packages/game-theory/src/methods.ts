import { choosersIn } from './extensive-form/choosers.ts';
import type { ExtensiveGame } from './extensive-form/extensive-game.ts';
import { forgottenMove } from './extensive-form/perfect-recall.ts';
import { reducedShape } from './extensive-form/reduced-normal-form.ts';
import { mostSequences, sequencesIn } from './extensive-form/sequence-form.ts';
import { type PlayerSequences, sequenceForm } from './extensive-form/sequences.ts';
import { isLargeConstantSum } from './extensive-form/zero-sum-sequence-form.ts';
import { NormalFormGame } from './normal-form/game.ts';
import type { Game, MethodOf } from './solution.ts';
import { countSupports, oneMove } from './supports/plan-support.ts';
import { choosers } from './two-player/pair.ts';

/** The methods for tables in which two have something to choose at most. */
const forTwo: readonly MethodOf<NormalFormGame>[] = ['extreme-points', 'lemke-howson', 'zero-sum', 'stackelberg'];
const forAny: readonly MethodOf<NormalFormGame>[] = [
  'support-enumeration',
  'any-equilibrium',
  'pure',
  'correlated',
  'coarse-correlated',
  'dominance',
  'logit',
  'global-newton',
  'simplicial-subdivision',
  'iterated-polymatrix',
  'lyapunov',
];

const inTrees: readonly MethodOf<ExtensiveGame>[] = [
  'support-enumeration',
  'any-equilibrium',
  'subgame-perfect',
  'pure',
  'logit',
  'cfr',
  'extensive-form-correlated',
];
const inTreesOfTwo: readonly MethodOf<ExtensiveGame>[] = [
  'extreme-points',
  'sequence-form',
  'zero-sum',
  'lemke-howson',
];

/**
 * The names of the methods for a game; the first is what `solve` chooses by itself. That finds all equilibria of small games, and one of any game of
 * perfect recall; players with nothing to choose do not count. The others say why when they cannot treat the game.
 *
 * @category Solving
 */
export function methodsFor<Of extends Game>(game: Of): readonly MethodOf<Of>[];
/** @category Solving */
export function methodsFor(game: Game): readonly MethodOf[] {
  if (!(game instanceof NormalFormGame)) return methodsForTree(game);
  const others = choosers(game) <= 2 ? [...forTwo, ...forAny] : forAny;
  return beginningWith(defaultForTable(game), others);
}

function defaultForTable(game: NormalFormGame): MethodOf<NormalFormGame> {
  if (choosers(game) <= 2) return 'extreme-points';
  return isSmall(game.shape.map(oneMove)) ? 'support-enumeration' : 'any-equilibrium';
}

function methodsForTree(tree: ExtensiveGame): readonly MethodOf<ExtensiveGame>[] {
  // Of imperfect recall, only pure strategies are as in the tree what they are in its normal form.
  if (forgottenMove(tree) !== undefined) return ['pure'];
  const two = choosersIn(tree).length <= 2;
  const seesAll = isPerfectInformation(tree);
  const others = [...(two ? inTreesOfTwo : []), ...(seesAll ? ['backward-induction' as const] : []), ...inTrees];
  return beginningWith(defaultForTree(tree, two, seesAll), others);
}

function defaultForTree(tree: ExtensiveGame, two: boolean, seesAll: boolean): MethodOf<ExtensiveGame> {
  const { players } = sequenceForm(tree);
  if (two && isSmallTable(reducedShape({ players }))) return 'extreme-points';
  if (!two && isSmall(players)) return 'support-enumeration';
  if (seesAll) return 'backward-induction';
  return two && (sequencesIn(tree) <= mostSequences || isLargeConstantSum(tree)) ? 'sequence-form' : 'any-equilibrium';
}

function isPerfectInformation({ informationSets }: ExtensiveGame): boolean {
  return informationSets.every((sets) => sets.every(({ nodes }) => nodes.length === 1));
}

/** The most profiles of a reduced normal form, and strategies of a player, of which all equilibria are found unless told otherwise. */
const [mostProfiles, mostStrategies] = [500, 60];

function isSmallTable(shape: readonly number[]): boolean {
  return shape.reduce((product, count) => product * count, 1) <= mostProfiles && Math.max(...shape) <= mostStrategies;
}

/** The most choices of supports, and free probabilities less one for each player who chooses, of which all are gone through unless told otherwise. */
const [mostSupports, mostFree] = [2_500, 11];

/** Whether support enumeration takes seconds: it depends on how many players mix how much. */
function isSmall(players: readonly PlayerSequences[]): boolean {
  const supports = players.reduce((product, own) => product * countSupports(own), 1);
  const free = players.map(({ actions }) => actions.reduce((sum, count) => sum + count - 1, 0));
  const total = free.reduce((sum, own) => sum + own, 0);
  return supports <= mostSupports && total + free.filter((own) => own > 0).length <= mostFree;
}

function beginningWith<Name>(first: Name, others: readonly Name[]): Name[] {
  return [first, ...others.filter((name) => name !== first)];
}
