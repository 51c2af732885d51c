import { type Pace, Rational, type SearchOptions } from '@mechane/numerics';
import { createOptimizer, type Optimizer } from '@mechane/optimization';
import { distinctNames } from './distinct-names.ts';
import type { Equilibrium } from './equilibrium.ts';
import { unknownMethod } from './errors.ts';
import { anyBehaviour } from './extensive-form/any-behaviour.ts';
import { backwardInduction } from './extensive-form/backward-induction.ts';
import type { BehaviourEquilibrium } from './extensive-form/behaviour-equilibrium.ts';
import { choosersIn } from './extensive-form/choosers.ts';
import { counterfactualRegret } from './extensive-form/counterfactual-regret.ts';
import { extensiveCorrelated } from './extensive-form/extensive-correlated.ts';
import type { ExtensiveGame } from './extensive-form/extensive-game.ts';
import { sequenceFormEquilibria } from './extensive-form/sequence-form.ts';
import { subgamePerfect } from './extensive-form/subgames.ts';
import {
  extremeBehaviour,
  lemkeHowsonBehaviour,
  pureBehaviour,
  supportBehaviour,
} from './extensive-form/through-normal-form.ts';
import { treeLogit } from './extensive-form/tree-logit.ts';
import { treeSupports } from './extensive-form/tree-supports.ts';
import { isLargeConstantSum, optimalPlanSteps } from './extensive-form/zero-sum-sequence-form.ts';
import { anyEquilibrium } from './many-players/any-equilibrium.ts';
import { globalNewton } from './many-players/global-newton.ts';
import { iteratedPolymatrix } from './many-players/iterated-polymatrix.ts';
import { logit } from './many-players/logit.ts';
import { lyapunov } from './many-players/lyapunov.ts';
import { manySupports } from './many-players/many-supports.ts';
import { simplicialSubdivision } from './many-players/simplicial-subdivision.ts';
import { methodsFor } from './methods.ts';
import { type CorrelatedObjective, coarseCorrelated, correlated } from './normal-form/correlated.ts';
import { type DominanceResult, dominanceSteps } from './normal-form/dominance.ts';
import { NormalFormGame } from './normal-form/game.ts';
import { pureEquilibria } from './normal-form/pure.ts';
import { type Ending, Search, type Steps } from './search.ts';
import type {
  DefaultMethodOf,
  Findings,
  Game,
  MethodOf,
  NormalFormFindings,
  Scope,
  Solution,
  TreeFindings,
} from './solution.ts';
import { exactEquilibrium } from './two-player/exact-profile.ts';
import { extremePoints } from './two-player/extreme-points.ts';
import { lemkeHowson } from './two-player/lemke-howson.ts';
import { choosers } from './two-player/pair.ts';
import { stackelberg } from './two-player/stackelberg.ts';
import { supportEnumeration } from './two-player/support-enumeration.ts';
import { zeroSum } from './two-player/zero-sum.ts';

/** @category Solving */
export interface SolveOptions extends SearchOptions {
  /** One of {@link methodsFor}; the first of them unless told. */
  readonly method?: string;
  /** What `correlated` and `coarse-correlated` aim at: `welfare` unless told. */
  readonly objective?: CorrelatedObjective;
  /** Who commits in `stackelberg`, by index: the first of the two who have something to choose unless told. */
  readonly leader?: number;
  /** Called with each result as it is found. */
  readonly onResult?: (result: object) => void;
  /** Whether results are kept for the solution: they are unless told. Whoever hears of them one by one need not have them in memory, too. */
  readonly keep?: boolean;
}

/** For each method, the function that gives its findings. */
type Methods<Of, Found> = { readonly [Name in keyof Found]: (game: Of, options: SolveOptions) => Promise<Found[Name]> };

const normalFormMethods: Methods<NormalFormGame, NormalFormFindings> = {
  'extreme-points': (game, options) => findings(extremePoints(game, options), options),
  pure: (game, options) => findings(pureEquilibria(game, options), options, 'pure'),
  'support-enumeration': (game, options) =>
    choosers(game) <= 2
      ? findings(supportEnumeration(game, options), options)
      : findings(manySupports(game, options), options),
  'any-equilibrium': (game, options) => findings(anyEquilibrium(game, options), options),
  'lemke-howson': (game, options) => findings(lemkeHowson(game, options), options),
  'zero-sum': (game, options) => findings(zeroSum(game, options), options),
  correlated: (game, options) => findings(correlated(game, options), options, 'best'),
  'coarse-correlated': (game, options) => findings(coarseCorrelated(game, options), options, 'best'),
  stackelberg: (game, options) => findings(stackelberg(game, options), options, 'commitment'),
  dominance: (game, options) => findings(new Search((pace) => dominance(game, pace), options), options),
  logit: (game, options) => findings(logit(game, options), options),
  'global-newton': (game, options) => findings(globalNewton(game, options), options),
  'simplicial-subdivision': (game, options) => findings(simplicialSubdivision(game, options), options),
  'iterated-polymatrix': (game, options) => findings(iteratedPolymatrix(game, options), options),
  lyapunov: (game, options) => findings(lyapunov(game, options), options),
};

const treeMethods: Methods<ExtensiveGame, TreeFindings> = {
  'extreme-points': (tree, options) => findings(extremeBehaviour(tree, options), options),
  'support-enumeration': (tree, options) =>
    choosersIn(tree).length <= 2
      ? findings(supportBehaviour(tree, options), options)
      : findings(treeSupports(tree, options), options),
  'sequence-form': (tree, options) =>
    isLargeConstantSum(tree) ? optimalPlans(tree, options) : findings(sequenceFormEquilibria(tree, options), options),
  'backward-induction': (tree, options) => findings(backwardInduction(tree, options), options, 'subgame-perfect'),
  'subgame-perfect': (tree, options) => findings(subgamePerfect(tree, options), options, 'subgame-perfect'),
  'any-equilibrium': (tree, options) => findings(anyBehaviour(tree, options), options),
  'zero-sum': optimalPlans,
  'lemke-howson': (tree, options) => findings(lemkeHowsonBehaviour(tree, options), options),
  pure: (tree, options) => findings(pureBehaviour(tree, options), options, 'pure'),
  logit: (tree, options) => findings(treeLogit(tree, options), options),
  cfr: (tree, options) => findings(counterfactualRegret(tree, options), options),
  'extensive-form-correlated': (tree, options) => findings(extensiveCorrelated(tree, options), options, 'best'),
};

/** A method's name as it may be written: any text that is only known when the program runs, or one that there is. */
type Named<Of extends Game, Method extends string> = string extends Method
  ? Method
  : Method extends MethodOf<Of>
    ? Method
    : MethodOf<Of>;

/**
 * Solves a game by the method of a name: the first of {@link methodsFor} unless told, which finds all equilibria of small games, and one of any game of
 * perfect recall. When it is called off or its budget is spent, it resolves to what was found, with the reason. Seconds count from the call.
 *
 * What it resolves to has the type of what the method finds. Where the name is known only when the program runs, it is one of the solutions
 * that there are, told apart by `method`.
 *
 * @throws MechaneError `unknown-method`, or what the method throws for a game it cannot treat
 * @category Solving
 * @example
 * ```ts
 * import { readJsonGame, solve } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * const { method, complete, equilibria } = await solve(game);
 * method; // => 'extreme-points'
 * complete; // => true
 * JSON.stringify(equilibria); // => '[{"profile":[["1/2","1/2"],["1/2","1/2"]],"payoffs":["1/2","1/2"],"regret":"0"}]'
 *
 * const { paths } = await solve(game, { method: 'lemke-howson' });
 * paths.map(({ label, pivots }) => [label, pivots]); // => [[0, 4], [1, 4], [2, 4], [3, 4]]
 * ```
 */
export function solve<Of extends Game, Method extends string = DefaultMethodOf<Of>>(
  game: Of,
  options?: SolveOptions & { readonly method?: Named<Of, Method> },
): Promise<Solution<Of, Method>>;
/** @category Solving */
export async function solve(game: Game, options: SolveOptions = {}): Promise<Solution> {
  const timed = { since: performance.now(), ...options };
  const [first] = methodsFor(game);
  const { method = first as string } = options;
  const methods = game instanceof NormalFormGame ? normalFormMethods : treeMethods;
  if (!Object.hasOwn(methods, method)) throw unknownMethod(method, methodsFor(game));
  if (game instanceof NormalFormGame) {
    const found = await normalFormMethods[method as keyof NormalFormFindings](game, timed);
    return { method, ...found } as Solution<NormalFormGame>;
  }
  const found = await treeMethods[method as keyof TreeFindings](game, timed);
  const informationSets = game.informationSets.map((sets) => distinctNames(sets.map(({ label }) => label)));
  return { method, ...found, informationSets } as Solution<ExtensiveGame>;
}

async function findings<Result extends object, Summary extends object>(
  search: Search<Result, Summary>,
  { onResult, keep = true }: SolveOptions,
  scope?: Scope,
): Promise<Findings<Result, Summary>> {
  const equilibria: Result[] = [];
  for await (const result of search) {
    if (keep) equilibria.push(result);
    onResult?.(result);
  }
  const { complete, ...rest } = await search.ending;
  // The compiler does not see that the rest of a summary with an ending is the summary.
  return { complete, ...(scope && { scope }), ...rest, equilibria } as object as Findings<Result, Summary>;
}

/** Solves the linear program of a tree's sequence form. */
async function optimalPlans(tree: ExtensiveGame, options: SolveOptions): Promise<Findings<BehaviourEquilibrium>> {
  const optimizer = await createOptimizer();
  try {
    return await findings(new Search((pace) => optimalSteps(tree, optimizer, pace, options), options), options);
  } finally {
    optimizer.dispose();
  }
}

function* optimalSteps(
  tree: ExtensiveGame,
  optimizer: Optimizer,
  pace: Pace,
  options: SolveOptions,
): Steps<BehaviourEquilibrium> {
  const found = pace.stopped === undefined ? yield* optimalPlanSteps(tree, optimizer, pace, options) : undefined;
  if (found === undefined) {
    pace.look();
    return { complete: false, reason: pace.stopped ?? 'the linear program was not solved' };
  }
  const { proved, ...equilibrium } = found;
  yield equilibrium;
  const reason = proved
    ? 'one equilibrium is shown; there may be others'
    : 'the basis of the linear program could not be proved optimal in fractions';
  return { complete: false, reason };
}

/** What is left after elimination: where that is one profile, it is the only equilibrium. */
function* dominance(
  game: NormalFormGame,
  pace: Pace,
): Steps<Equilibrium, Pick<DominanceResult, 'eliminated' | 'remaining'>> {
  const { eliminated, remaining } = yield* dominanceSteps(game, pace);
  const ending = { eliminated, remaining };
  if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped, ...ending };
  if (remaining.some((own) => own.length > 1)) {
    const reason = 'more than one profile is left: the other methods find the equilibria in what remains';
    return { complete: false, reason, ...ending } satisfies Ending<typeof ending>;
  }
  const profile = game.shape.map((count, player) =>
    Array.from({ length: count }, (_, own) => (remaining[player]?.[0] === own ? Rational.one : Rational.zero)),
  );
  yield exactEquilibrium(game, profile);
  return { complete: true, ...ending };
}
