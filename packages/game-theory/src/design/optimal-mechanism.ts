/*
 * Automated mechanism design: the mechanism that is best for welfare or revenue among all that agents of finitely many types have no reason
 * to cheat, found by a linear program.
 *
 * Conitzer and Sandholm, "Complexity of mechanism design", UAI 2002; Vohra, "Mechanism Design: A Linear Programming Approach" (2011).
 */
import { type FoundSolution, linearProgram, type Optimizer, type Term } from '@mechane/optimization';
import { profilesOf } from '../bayesian/bayesian-game.ts';
import { noMechanism } from '../errors.ts';
import { stridesOf } from '../normal-form/game.ts';
import {
  type AgentType,
  type DesignedOutcome,
  type DesignProblem,
  type ReadProblem,
  readProblem,
  worthOf,
} from './design-problem.ts';
import { type DesignedMechanism, designedMechanism } from './designed-mechanism.ts';

/**
 * The best mechanism, and how good it is.
 *
 * @category Mechanism design
 */
export interface OptimalMechanism {
  readonly mechanism: DesignedMechanism;
  /** Expected welfare or revenue. */
  readonly objective: number;
  /** No mechanism that keeps the constraints is better than this. */
  readonly bound: number;
}

/**
 * Designs the best mechanism for finitely many types. It may draw lots; agents are taken to care for averages. The result is a mechanism like
 * any other: `definePlugin({ mechanisms: [mechanism] })`.
 *
 * @throws MechaneError `invalid-game` with the path of what is wrong in the problem, `too-large`, `no-mechanism` where nothing keeps the
 * constraints
 * @category Mechanism design
 * @example
 * ```ts
 * import { optimalMechanism } from '@mechane/game-theory';
 * import { createOptimizer } from '@mechane/optimization';
 *
 * const buyer = (good: string) => [1, 2, 3].map((value) => ({ name: `${value}`, values: { [good]: value } }));
 * const problem = { alternatives: ['keep', 'ann', 'bob'], types: { ann: buyer('ann'), bob: buyer('bob') }, objective: 'revenue' } as const;
 * const { objective } = optimalMechanism(problem, await createOptimizer());
 * // Myerson's auction: nobody is sold to at 1, whose virtual value is -1; at 2 and 3 virtual values are 1 and 3.
 * objective; // => 2
 * ```
 */
export function optimalMechanism(problem: DesignProblem, optimizer: Optimizer): OptimalMechanism {
  const read = readProblem(problem);
  const { program, variables } = programOf(read);
  const solution = optimizer.solve(program.build());
  if (solution.primal === undefined) throw noMechanism(solution.status);
  const rule = ruleOf(read, variables, solution);
  return {
    mechanism: designedMechanism(read, rule),
    objective: plain(solution.objective),
    bound: plain(solution.bound),
  };
}

/** Where the variables of a profile of types stand. */
interface Variables {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** How likely each alternative is, by profile. */
  readonly lottery: readonly (readonly number[])[];
  /** What each agent pays, by profile. */
  readonly payment: readonly (readonly number[])[];
}

function programOf(read: ReadProblem) {
  const { agents, alternatives, types, probabilities, problem } = read;
  const shape = types.map(({ length }) => length);
  const profiles = [...profilesOf(shape)];
  const program = linearProgram('maximize');
  const likelihood = (profile: readonly number[]): number =>
    profile.reduce((product, type, agent) => product * (probabilities[agent]?.[type] as number), 1);
  const lottery = profiles.map((profile) =>
    alternatives.map((alternative) => {
      const worth = profile.reduce((total, type, agent) => total + worthOf(types[agent]?.[type], alternative), 0);
      return program.variable({ cost: problem.objective === 'welfare' ? likelihood(profile) * worth : 0, upper: 1 });
    }),
  );
  const payment = profiles.map((profile) =>
    agents.map(() =>
      program.variable({
        cost: problem.objective === 'revenue' ? likelihood(profile) : 0,
        lower: problem.payments ? Number.NEGATIVE_INFINITY : 0,
        upper: problem.payments ? Number.POSITIVE_INFINITY : 0,
      }),
    ),
  );
  const variables: Variables = { shape, strides: stridesOf(shape), lottery, payment };
  for (const [index] of profiles.entries()) {
    program.constraint(
      (lottery[index] as readonly number[]).map((chance): Term => [chance, 1]),
      { equals: 1 },
    );
    if (!problem.deficit && problem.payments) {
      program.constraint(
        (payment[index] as readonly number[]).map((paid): Term => [paid, 1]),
        { atLeast: 0 },
      );
    }
  }
  for (const agent of agents.keys())
    constrain(read, variables, agent, (terms) => program.constraint(terms, { atLeast: 0 }));
  return { program, variables };
}

/** That one agent has reason neither to lie nor to stay away. */
function constrain(
  read: ReadProblem,
  variables: Variables,
  agent: number,
  atLeastZero: (terms: readonly Term[]) => void,
): void {
  const { types, probabilities, problem } = read;
  const others = [...profilesOf(variables.shape.map((count, other) => (other === agent ? 1 : count)))];
  const chances = others.map((profile) =>
    profile.reduce(
      (product, type, other) => (other === agent ? product : product * (probabilities[other]?.[type] as number)),
      1,
    ),
  );
  const own = types[agent] as readonly AgentType[];
  for (const [type, held] of own.entries()) {
    const utility = (index: number, reported: number, weight: number): Term[] =>
      utilityTerms(read, variables, agent, held, (others[index] as readonly number[]).with(agent, reported), weight);
    if (problem.participation === 'ex-post') {
      for (const index of others.keys()) atLeastZero(utility(index, type, 1));
    } else if (problem.participation === 'interim') {
      atLeastZero(chances.flatMap((chance, index) => utility(index, type, chance)));
    }
    for (const lie of own.keys()) {
      if (lie === type) continue;
      const gain = (index: number, weight: number): Term[] => [
        ...utility(index, type, weight),
        ...utility(index, lie, -weight),
      ];
      if (problem.truthful === 'dominant') for (const index of others.keys()) atLeastZero(gain(index, 1));
      else atLeastZero(chances.flatMap((chance, index) => gain(index, chance)));
    }
  }
}

function utilityTerms(
  { alternatives }: ReadProblem,
  { strides, lottery, payment }: Variables,
  agent: number,
  type: AgentType,
  profile: readonly number[],
  weight: number,
): Term[] {
  const index = strides.reduce((at, stride, other) => at + stride * (profile[other] as number), 0);
  const paid = payment[index]?.[agent] as number;
  const worth = alternatives.map(
    (alternative, at): Term => [lottery[index]?.[at] as number, weight * worthOf(type, alternative)],
  );
  return [...worth.filter(([, coefficient]) => coefficient !== 0), [paid, -weight]];
}

function ruleOf(
  { agents, alternatives }: ReadProblem,
  variables: Variables,
  { primal }: FoundSolution,
): DesignedOutcome[] {
  return variables.lottery.map((chances, profile) => {
    const raw = chances.map((variable) => Math.max(0, plain(primal[variable] as number)));
    const total = raw.reduce((all, chance) => all + chance, 0);
    return {
      lottery: alternatives.map((_, index) => (raw[index] as number) / total),
      payments: agents.map((_, agent) => plain(primal[variables.payment[profile]?.[agent] as number] as number)),
    };
  });
}

/** A number without the noise of the solver, which works to nine digits or so. */
function plain(value: number): number {
  const rounded = Math.round(value * 1e9) / 1e9;
  return Math.abs(rounded) < 2 ** 22 ? rounded + 0 : value;
}
