import type { AgentId } from '@mechane/core';
import { Rational, type RationalLike, sum } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';

/**
 * What an agent may be.
 *
 * @category Mechanism design
 */
export interface AgentType {
  readonly name: string;
  /** How likely it is, independently of the others; equally likely where no type of the agent says. */
  readonly probability?: RationalLike;
  /** What each alternative is worth to it; 0 where it does not say. */
  readonly values: Readonly<Record<string, number>>;
}

/**
 * What is to be designed.
 *
 * @category Mechanism design
 */
export interface DesignProblem {
  /** What can come out. The first is what happens when somebody keeps silent. */
  readonly alternatives: readonly string[];
  readonly types: Readonly<Record<AgentId, readonly AgentType[]>>;
  readonly objective: 'welfare' | 'revenue';
  /** Truth is best whatever the others report, or on average over their types. */
  readonly truthful?: 'dominant' | 'bayesian';
  /** The truthful never end below 0: whatever the others are, on average over them, or not promised. */
  readonly participation?: 'ex-post' | 'interim' | 'none';
  /** Whether payments may sum to less than 0 somewhere: not unless this says so. */
  readonly deficit?: boolean;
  /** Whether there are payments at all: there are unless this says not. */
  readonly payments?: boolean;
}

/** The problem with everything filled in and looked up by index. */
export interface ReadProblem {
  readonly agents: readonly AgentId[];
  readonly alternatives: readonly string[];
  readonly types: readonly (readonly AgentType[])[];
  readonly probabilities: readonly (readonly number[])[];
  readonly problem: Required<DesignProblem>;
}

/** What comes out for one profile of types: how likely each alternative is, and what each agent pays. */
export interface DesignedOutcome {
  readonly lottery: readonly number[];
  readonly payments: readonly number[];
}

const mostVariables = 200_000;

/**
 * Fills in what a problem leaves out.
 *
 * @throws MechaneError `invalid-game` with the path of what is wrong, `too-large`
 */
export function readProblem(problem: DesignProblem): ReadProblem {
  const { alternatives, types, truthful = 'dominant' } = problem;
  const filled: Required<DesignProblem> = {
    truthful,
    participation: truthful === 'dominant' ? 'ex-post' : 'interim',
    deficit: false,
    payments: true,
    ...problem,
  };
  if (alternatives.length === 0 || new Set(alternatives).size < alternatives.length) {
    throw invalidGame({ problem: 'alternatives are missing or named twice', path: ['alternatives'] });
  }
  const agents = Object.keys(types);
  const lists = agents.map((agent) => types[agent] as readonly AgentType[]);
  for (const [index, list] of lists.entries()) requireTypes(agents[index] as AgentId, list, alternatives);
  const profiles = lists.reduce((product, { length }) => product * length, 1);
  const variables = profiles * (alternatives.length + agents.length);
  if (variables > mostVariables) throw tooLarge('the number of variables', variables, mostVariables, ['types']);
  const probabilities = lists.map((list, index) => probabilitiesOf(agents[index] as AgentId, list));
  return { agents, alternatives, types: lists, probabilities, problem: filled };
}

function requireTypes(agent: AgentId, types: readonly AgentType[], alternatives: readonly string[]): void {
  const path = ['types', agent];
  if (types.length === 0) throw invalidGame({ problem: 'the agent has no type', path, expected: 'one or more' });
  for (const [index, { name, values }] of types.entries()) {
    if (types.findIndex((other) => other.name === name) < index) {
      throw invalidGame({ problem: 'two types have the same name', path: [...path, index, 'name'] });
    }
    for (const alternative of Object.keys(values)) {
      const at = [...path, index, 'values', alternative];
      if (!alternatives.includes(alternative)) throw invalidGame({ problem: 'this is no alternative', path: at });
      if (!Number.isFinite(values[alternative])) {
        throw invalidGame({ problem: `a value is ${values[alternative]}`, path: at, expected: 'a finite number' });
      }
    }
  }
}

function probabilitiesOf(agent: AgentId, types: readonly AgentType[]): readonly number[] {
  if (types.every(({ probability }) => probability === undefined)) return types.map(() => 1 / types.length);
  const given = types.map(({ probability = 0 }, index) =>
    exactNumber(probability, ['types', agent, index, 'probability']),
  );
  if (given.every(({ sign }) => sign >= 0) && sum(given).equals(Rational.one))
    return given.map((one) => one.toNumber());
  throw invalidGame({
    problem: `the probabilities sum to ${sum(given)}, or one is negative`,
    path: ['types', agent],
    expected: 'numbers of 0 or more that sum to exactly 1',
    fix: 'write them as fractions, such as "1/3"',
  });
}

/** What an alternative is worth to an agent of a type; nothing where it does not say. */
export function worthOf(type: AgentType | undefined, alternative: string): number {
  return type && Object.hasOwn(type.values, alternative) ? (type.values[alternative] as number) : 0;
}
