import { Rational, type SearchOptions } from '@mechane/numerics';
import { createOptimizer } from '@mechane/optimization';
import type { Equilibrium } from './equilibrium.ts';
import { unknownMethod } from './errors.ts';
import { backwardInduction } from './extensive-form/backward-induction.ts';
import type { BehaviourEquilibrium } from './extensive-form/behaviour-equilibrium.ts';
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
import type {
  DefaultMethodOf,
  Findings,
  Game,
  MethodOf,
  NormalFormFindings,
  Solution,
  TreeFindings,
} from './solution.ts';
import { exactEquilibrium } from './two-player/exact-profile.ts';
import { extremePoints } from './two-player/extreme-points.ts';
import { lemkeHowson } from './two-player/lemke-howson.ts';
import { stackelberg } from './two-player/stackelberg.ts';
import { supportEnumeration } from './two-player/support-enumeration.ts';
import { zeroSum } from './two-player/zero-sum.ts';

/** @category Solving */
export interface SolveOptions extends SearchOptions {
  /** One of {@link methodsFor}; the first of them unless told. */
  readonly method?: string;
  /** What `correlated` and `coarse-correlated` aim at: `welfare` unless told. */
  readonly objective?: CorrelatedObjective;
}

/** For each method, the function that gives its findings. */
type Methods<Of, Found> = { readonly [Name in keyof Found]: (game: Of, options: SolveOptions) => Promise<Found[Name]> };

const normalFormMethods: Methods<NormalFormGame, NormalFormFindings> = {
  'extreme-points': (game, options) => findings(extremePoints(game, options)),
  pure: (game, options) => findings(pureEquilibria(game, options)),
  'support-enumeration': (game, options) =>
    game.shape.length === 2 ? findings(supportEnumeration(game, options)) : findings(manySupports(game, options)),
  'lemke-howson': (game, options) => findings(lemkeHowson(game, options)),
  'zero-sum': (game, options) => findings(zeroSum(game, options)),
  correlated: (game, options) => findings(correlated(game, options)),
  'coarse-correlated': (game, options) => findings(coarseCorrelated(game, options)),
  stackelberg: (game, options) => findings(stackelberg(game, options)),
  dominance: async (game, options) => dominance(game, options),
  logit: (game, options) => findings(logit(game, options)),
  'global-newton': (game, options) => findings(globalNewton(game, options)),
  'simplicial-subdivision': (game, options) => findings(simplicialSubdivision(game, options)),
  'iterated-polymatrix': (game, options) => findings(iteratedPolymatrix(game, options)),
  lyapunov: (game, options) => findings(lyapunov(game, options)),
};

const treeMethods: Methods<ExtensiveGame, TreeFindings> = {
  'sequence-form': (game, options) =>
    isLargeConstantSum(game) ? optimalPlans(game, options) : findings(sequenceFormEquilibria(game, options)),
  'backward-induction': (game, options) => findings(backwardInduction(game, options)),
  'subgame-perfect': (game, options) => findings(subgamePerfect(game, options)),
  cfr: (game, options) => findings(counterfactualRegret(game, options)),
  'zero-sum': optimalPlans,
  'extensive-form-correlated': async (game, options) => ({
    ...(await findings(extensiveCorrelated(game, options))),
    strategies: reducedNormalForm(game).game.strategies,
  }),
  'extreme-points': throughStrategies(extremePoints),
  pure: throughStrategies(pureEquilibria),
  'support-enumeration': throughStrategies(supportEnumeration),
  'lemke-howson': throughStrategies(lemkeHowson),
};

/** The methods that go through the reduced normal form of a tree. */
const throughNormalForm: readonly MethodOf<ExtensiveGame>[] = [
  'extreme-points',
  'pure',
  'support-enumeration',
  'lemke-howson',
];

/**
 * The names of the methods for a game; the first is what {@link solve} chooses by itself.
 *
 * @category Solving
 */
export function methodsFor<Of extends Game>(game: Of): readonly MethodOf<Of>[];
/** @category Solving */
export function methodsFor(game: Game): readonly MethodOf[] {
  if (!(game instanceof NormalFormGame)) return methodsForTree(game);
  const { length } = game.players;
  return namesOf(normalFormMethods).filter((name) => length === 2 || forAnyPlayers.includes(name));
}

const forAnyPlayers: readonly MethodOf<NormalFormGame>[] = [
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
function methodsForTree(tree: ExtensiveGame): readonly MethodOf<ExtensiveGame>[] {
  const seesAll = tree.informationSets.every((sets) => sets.every(({ nodes }) => nodes.length === 1));
  const two = tree.players.length <= 2;
  const first = seesAll ? 'backward-induction' : two ? 'sequence-form' : 'cfr';
  const others = namesOf(treeMethods).filter((name) => name !== first && !throughNormalForm.includes(name));
  return [first, ...others, ...throughNormalForm.filter((name) => two || name === 'pure')];
}

function namesOf<Name extends string>(methods: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(methods) as Name[];
}

/** A method's name as it may be written: any text that is only known when the program runs, or one that there is. */
type Named<Of extends Game, Method extends string> = string extends Method
  ? Method
  : Method extends MethodOf<Of>
    ? Method
    : MethodOf<Of>;

/**
 * Solves a game by the method of a name. When it is called off or its budget is spent, it resolves to what was found, with the reason.
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
  const known: readonly string[] = methodsFor(game);
  const { method = known[0] as string } = options;
  if (!known.includes(method)) throw unknownMethod(method, known);
  if (game instanceof NormalFormGame) {
    const found = await normalFormMethods[method as keyof NormalFormFindings](game, options);
    return { method, ...found } as Solution<NormalFormGame>;
  }
  const found = await treeMethods[method as keyof TreeFindings](game, options);
  const informationSets = game.informationSets.map((sets, player) => sets.map((_, set) => nameOf(game, player, set)));
  return { method, ...found, informationSets } as Solution<ExtensiveGame>;
}

async function findings<Result extends object, Summary extends object>(
  search: Search<Result, Summary>,
): Promise<Findings<Result, Summary>> {
  const { results, complete, ...rest } = await search.all();
  // The compiler does not see that the rest of a summary with an ending is the summary.
  return { complete, ...rest, equilibria: results } as object as Findings<Result, Summary>;
}

/** Solves the linear program of a tree's sequence form. */
async function optimalPlans(game: ExtensiveGame, options: SolveOptions): Promise<Findings<BehaviourEquilibrium>> {
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

/** A method that solves the reduced normal form of a tree, and tells its equilibria as behaviour strategies. */
function throughStrategies(
  search: (game: NormalFormGame, options: SolveOptions) => Search<Equilibrium>,
): (tree: ExtensiveGame, options: SolveOptions) => Promise<Findings<BehaviourEquilibrium>> {
  return async (tree, options) => {
    const reduced = reducedNormalForm(tree);
    const { equilibria, complete, reason } = await findings(search(reduced.game, options));
    return {
      complete,
      ...(reason === undefined ? {} : { reason }),
      equilibria: equilibria.map((equilibrium) => ({
        ...equilibrium,
        profile: behaviourOfMixed(tree, reduced, equilibrium.profile),
      })),
    };
  };
}

function dominance(game: NormalFormGame, options: SolveOptions): NormalFormFindings['dominance'] {
  const { complete, ...rest } = iteratedDominance(game, options);
  const solved = rest.remaining.every((own) => own.length === 1);
  const profile = game.shape.map((count, player) =>
    Array.from({ length: count }, (_, own) => (rest.remaining[player]?.[0] === own ? Rational.one : Rational.zero)),
  );
  return { complete, ...rest, equilibria: solved ? [exactEquilibrium(game, profile)] : [] };
}
