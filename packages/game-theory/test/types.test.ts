import { describe, expectTypeOf, test } from 'vitest';
import {
  type ApproximateEquilibrium,
  type AverageProfile,
  type BehaviourProfile,
  type CorrelatedEquilibrium,
  type Elimination,
  type Equilibrium,
  type ExtensiveGame,
  type Game,
  kuhnPoker,
  methodsFor,
  type NormalFormGame,
  type QuantalResponse,
  type Rational,
  readJsonGame,
  type Scope,
  type Solution,
  type SolveOptions,
  solve,
} from '../src/index.ts';

const table: NormalFormGame = readJsonGame({ players: ['a', 'b'], payoffs: [[[1, 0]], [[0, 1]]] });
const tree: ExtensiveGame = kuhnPoker();

/** Compiles, and is never called. */
const compiles = (_: () => Promise<void>): void => {};

describe('the types of a solution', () => {
  test('follow from the method that is named', () => {
    compiles(async () => {
      const paths = await solve(table, { method: 'lemke-howson' });
      expectTypeOf(paths.method).toEqualTypeOf<'lemke-howson'>();
      expectTypeOf(paths.equilibria).toEqualTypeOf<readonly Equilibrium[]>();
      expectTypeOf(paths.paths[0]?.pivots).toEqualTypeOf<number | undefined>();
      expectTypeOf(paths.reason).toEqualTypeOf<string | undefined>();

      const { equilibria, components } = await solve(table, { method: 'extreme-points', seconds: 1 });
      expectTypeOf(equilibria[0]?.profile[0]?.[0]).toEqualTypeOf<Rational | undefined>();
      expectTypeOf(components).toEqualTypeOf<readonly (readonly number[])[]>();

      const dominance = await solve(table, { method: 'dominance' });
      expectTypeOf(dominance.eliminated).toEqualTypeOf<readonly Elimination[]>();

      const logit = await solve(table, { method: 'logit' });
      expectTypeOf(logit.equilibria).toEqualTypeOf<readonly QuantalResponse[]>();

      const { equilibria: drawn } = await solve(table, { method: 'correlated', objective: 'fairness' });
      expectTypeOf(drawn).toEqualTypeOf<readonly CorrelatedEquilibrium[]>();
      // @ts-expect-error what is drawn is a distribution over profiles
      drawn[0]?.profile;
      // @ts-expect-error this method follows no paths
      logit.paths;
    });
  });

  test('of trees have behaviour strategies, and the names of information sets', () => {
    compiles(async () => {
      const plans = await solve(tree, { method: 'sequence-form' });
      expectTypeOf(plans.equilibria[0]?.profile).toEqualTypeOf<BehaviourProfile | undefined>();
      expectTypeOf(plans.informationSets).toEqualTypeOf<readonly (readonly string[])[]>();
      const pure = await solve(tree, { method: 'pure' });
      expectTypeOf(pure.equilibria[0]?.profile).toEqualTypeOf<BehaviourProfile | undefined>();
      const average = await solve(tree, { method: 'cfr' });
      expectTypeOf(average.equilibria).toEqualTypeOf<readonly AverageProfile[]>();
      const mediated = await solve(tree, { method: 'extensive-form-correlated' });
      expectTypeOf(mediated.strategies).toEqualTypeOf<readonly (readonly string[])[]>();
      // @ts-expect-error a table has no information sets
      (await solve(table, { method: 'pure' })).informationSets;
    });
  });

  test('without a method are those of what is chosen by itself', () => {
    compiles(async () => {
      const { method, equilibria } = await solve(table);
      expectTypeOf(method).toEqualTypeOf<'extreme-points' | 'support-enumeration' | 'any-equilibrium'>();
      expectTypeOf(equilibria).toExtend<readonly (Equilibrium | ApproximateEquilibrium)[]>();
      const timed = await solve(table, { seconds: 1 });
      if (timed.method === 'extreme-points') expectTypeOf(timed.equilibria).toEqualTypeOf<readonly Equilibrium[]>();
      const found = await solve(tree);
      expectTypeOf(found.method).toEqualTypeOf<
        'extreme-points' | 'support-enumeration' | 'backward-induction' | 'sequence-form' | 'any-equilibrium' | 'pure'
      >();
      if (found.method === 'sequence-form')
        expectTypeOf(found.equilibria[0]?.regret).toEqualTypeOf<Rational | undefined>();
      expectTypeOf(found.scope).toEqualTypeOf<Scope | undefined>();
    });
  });

  test('where the name is known only when the program runs are told apart by it', () => {
    compiles(async () => {
      const typed: string = 'lemke-howson';
      const found = await solve(table, { method: typed });
      expectTypeOf(found).toEqualTypeOf<Solution<NormalFormGame>>();
      expectTypeOf(found.complete).toEqualTypeOf<boolean>();
      expectTypeOf(found.equilibria).toExtend<readonly object[]>();
      if (found.method === 'lemke-howson') expectTypeOf(found.paths).toExtend<readonly object[]>();
      if (found.method === 'correlated')
        expectTypeOf(found.equilibria).toEqualTypeOf<readonly CorrelatedEquilibrium[]>();
      for (const method of methodsFor(table)) {
        expectTypeOf(await solve(table, { method })).toEqualTypeOf<Solution<NormalFormGame>>();
      }
      const options: SolveOptions = { seconds: 1 };
      expectTypeOf(await solve(tree, options)).toEqualTypeOf<Solution<ExtensiveGame>>();
    });
  });

  test('of a game in either form are those of either', () => {
    compiles(async () => {
      const either = table as Game;
      const found: Solution = await solve(either);
      expectTypeOf(found.equilibria.length).toEqualTypeOf<number>();
      const pure = await solve(either, { method: 'pure' });
      expectTypeOf(pure.method).toEqualTypeOf<'pure'>();
      expectTypeOf(pure.equilibria[0]?.payoffs).toEqualTypeOf<readonly Rational[] | undefined>();
    });
  });

  test('a method that there is not for a game of the form does not compile', () => {
    compiles(async () => {
      // @ts-expect-error the name is misspelt
      await solve(table, { method: 'lemke-howso' });
      // @ts-expect-error a table has no sequence form
      await solve(table, { method: 'sequence-form' });
      // @ts-expect-error rays are for tables
      await solve(tree, { method: 'global-newton' });
    });
  });
});
