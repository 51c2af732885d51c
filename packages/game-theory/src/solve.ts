import { Rational, type SearchOptions } from '@mechane/numerics';
import { createOptimizer } from '@mechane/optimization';
import { unknownMethod } from './errors.ts';
import { backwardInduction } from './extensive-form/backward-induction.ts';
import { counterfactualRegret } from './extensive-form/counterfactual-regret.ts';
import { extensiveCorrelated } from './extensive-form/extensive-correlated.ts';
import type { ExtensiveGame } from './extensive-form/extensive-game.ts';
import { nameOf } from './extensive-form/perfect-recall.ts';
import { behaviourOfMixed, reducedNormalForm } from './extensive-form/reduced-normal-form.ts';
import { sequenceFormEquilibria } from './extensive-form/sequence-form.ts';
import { subgamePerfect } from './extensive-form/subgames.ts';
import { isLargeConstantSum, zeroSumSequenceForm } from './extensive-form/zero-sum-sequence-form.ts';
import { globalNewton } from './many-players/global-newton.ts';
import { iteratedPolymatrix } from './many-players/iterated-polymatrix.ts';
import { logit } from './many-players/logit.ts';
import { lyapunov } from './many-players/lyapunov.ts';
import { manySupports } from './many-players/many-supports.ts';
import { simplicialSubdivision } from './many-players/simplicial-subdivision.ts';
import { type CorrelatedObjective, coarseCorrelated, correlated } from './normal-form/correlated.ts';
import { iteratedDominance } from './normal-form/dominance.ts';
import { NormalFormGame } from './normal-form/game.ts';
import { pureEquilibria } from './normal-form/pure.ts';
import type { Search } from './search.ts';
import { exactEquilibrium } from './two-player/exact-profile.ts';
import { extremePoints } from './two-player/extreme-points.ts';
import { lemkeHowson } from './two-player/lemke-howson.ts';
import { stackelberg } from './two-player/stackelberg.ts';
import { supportEnumeration } from './two-player/support-enumeration.ts';
import { zeroSum } from './two-player/zero-sum.ts';

/** A game in either form. */
export type Game = NormalFormGame | ExtensiveGame;

export interface SolveOptions extends SearchOptions {
  /** One of {@link methodsFor}; the first of them unless told. */
  readonly method?: string;
  /** What `correlated` and `coarse-correlated` aim at: `welfare` unless told. */
  readonly objective?: CorrelatedObjective;
}

/** What a method found. As JSON, rationals are texts such as `"1/3"`. */
export interface Solution extends Findings {
  readonly method: string;
}

/** What there is to say of a solution but its method. */
interface Findings {
  /** Whether these are all results that the method can give. */
  readonly complete: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Profiles with payoffs and regret: mixed strategies, for trees behaviour strategies; of correlated equilibria, distributions. */
  readonly equilibria: readonly object[];
  /** What the method says beside: components, values, eliminations. */
  readonly [finding: string]: unknown;
}

type Method<Of> = (game: Of, options: SolveOptions) => Promise<Findings>;

const normalFormMethods: Readonly<Record<string, Method<NormalFormGame>>> = {
  'extreme-points': (game, options) => solution(extremePoints(game, options)),
  pure: (game, options) => solution(pureEquilibria(game, options)),
  'support-enumeration': (game, options) =>
    solution(game.shape.length === 2 ? supportEnumeration(game, options) : manySupports(game, options)),
  'lemke-howson': (game, options) => solution(lemkeHowson(game, options)),
  'zero-sum': (game, options) => solution(zeroSum(game, options)),
  correlated: (game, options) => solution(correlated(game, options)),
  'coarse-correlated': (game, options) => solution(coarseCorrelated(game, options)),
  stackelberg: (game, options) => solution(stackelberg(game, options)),
  dominance: async (game, options) => dominance(game, options),
  logit: (game, options) => solution(logit(game, options)),
  'global-newton': (game, options) => solution(globalNewton(game, options)),
  'simplicial-subdivision': (game, options) => solution(simplicialSubdivision(game, options)),
  'iterated-polymatrix': (game, options) => solution(iteratedPolymatrix(game, options)),
  lyapunov: (game, options) => solution(lyapunov(game, options)),
};

const treeMethods: Readonly<Record<string, Method<ExtensiveGame>>> = {
  'sequence-form': (game, options) =>
    isLargeConstantSum(game) ? optimalPlans(game, options) : solution(sequenceFormEquilibria(game, options)),
  'backward-induction': (game, options) => solution(backwardInduction(game, options)),
  'subgame-perfect': (game, options) => solution(subgamePerfect(game, options)),
  cfr: (game, options) => solution(counterfactualRegret(game, options)),
  'zero-sum': optimalPlans,
  'extensive-form-correlated': async (game, options) => ({
    ...(await solution(extensiveCorrelated(game, options))),
    strategies: reducedNormalForm(game).game.strategies,
  }),
};

/** The methods whose results are profiles, so that those of the reduced normal form can be told of the tree. */
const throughNormalForm: readonly string[] = ['extreme-points', 'pure', 'support-enumeration', 'lemke-howson'];

/** The names of the methods for a game; the first is what {@link solve} chooses by itself. */
export function methodsFor(game: Game): readonly string[] {
  if (!(game instanceof NormalFormGame)) return methodsForTree(game);
  const { length } = game.players;
  return Object.keys(normalFormMethods).filter((name) => length === 2 || forAnyPlayers.includes(name));
}

const forAnyPlayers: readonly string[] = [
  'pure',
  'support-enumeration',
  'correlated',
  'coarse-correlated',
  'dominance',
  'logit',
  'global-newton',
  'simplicial-subdivision',
  'iterated-polymatrix',
  'lyapunov',
];

/** What surely treats the tree comes first; the others say why when they cannot. */
function methodsForTree(tree: ExtensiveGame): string[] {
  const seesAll = tree.informationSets.every((sets) => sets.every(({ nodes }) => nodes.length === 1));
  const two = tree.players.length <= 2;
  const first = seesAll ? 'backward-induction' : two ? 'sequence-form' : 'cfr';
  const others = Object.keys(treeMethods).filter((name) => name !== first);
  return [first, ...others, ...throughNormalForm.filter((name) => two || name === 'pure')];
}

/**
 * Solves a game by the method of a name. When it is called off or its budget is spent, it resolves to what was found, with the reason.
 *
 * @throws MechaneError `unknown-method`, or what the method throws for a game it cannot treat
 * @example
 * ```ts
 * import { readJsonGame, solve } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * const { method, complete, equilibria } = await solve(game);
 * method; // => 'extreme-points'
 * complete; // => true
 * JSON.stringify(equilibria); // => '[{"profile":[["1/2","1/2"],["1/2","1/2"]],"payoffs":["1/2","1/2"],"regret":"0"}]'
 * ```
 */
export async function solve(game: Game, options: SolveOptions = {}): Promise<Solution> {
  const known = methodsFor(game);
  const { method = known[0] as string } = options;
  if (!known.includes(method)) throw unknownMethod(method, known);
  if (game instanceof NormalFormGame) {
    return { method, ...(await (normalFormMethods[method] as Method<NormalFormGame>)(game, options)) };
  }
  const own = Object.hasOwn(treeMethods, method) ? treeMethods[method] : undefined;
  const findings = await (own === undefined ? throughStrategies(game, method, options) : own(game, options));
  return {
    method,
    ...findings,
    informationSets: game.informationSets.map((sets, player) => sets.map((_, set) => nameOf(game, player, set))),
  };
}

async function solution(search: Search<object>): Promise<Findings> {
  const { results, complete, ...rest } = await search.all();
  return { complete, ...rest, equilibria: results };
}

/** Solves the linear program of a tree's sequence form. */
async function optimalPlans(game: ExtensiveGame, options: SolveOptions): Promise<Findings> {
  const optimizer = await createOptimizer();
  try {
    const found = zeroSumSequenceForm(game, optimizer, options);
    if (found === undefined) return { complete: false, reason: 'the linear program was not solved', equilibria: [] };
    const { proved, ...equilibrium } = found;
    const reason = proved
      ? 'one equilibrium is shown; there may be others'
      : 'the basis of the linear program could not be proved optimal in fractions';
    return { complete: false, reason, equilibria: [equilibrium] };
  } finally {
    optimizer.dispose();
  }
}

/** Solves the reduced normal form, and tells its equilibria as behaviour strategies. */
async function throughStrategies(tree: ExtensiveGame, method: string, options: SolveOptions): Promise<Findings> {
  const reduced = reducedNormalForm(tree);
  const { equilibria, complete, reason } = await solve(reduced.game, { ...options, method });
  return {
    complete,
    ...(reason === undefined ? {} : { reason }),
    equilibria: (equilibria as readonly { readonly profile: readonly (readonly Rational[])[] }[]).map((equilibrium) => {
      return { ...equilibrium, profile: behaviourOfMixed(tree, reduced, equilibrium.profile) };
    }),
  };
}

function dominance(game: NormalFormGame, options: SolveOptions): Findings {
  const { complete, ...rest } = iteratedDominance(game, options);
  const solved = rest.remaining.every((own) => own.length === 1);
  const profile = game.shape.map((count, player) =>
    Array.from({ length: count }, (_, own) => (rest.remaining[player]?.[0] === own ? Rational.one : Rational.zero)),
  );
  return { complete, ...rest, equilibria: solved ? [exactEquilibrium(game, profile)] : [] };
}
