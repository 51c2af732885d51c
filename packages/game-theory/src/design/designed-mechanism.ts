import {
  type AgentId,
  type Claim,
  directMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
  type ReportRequest,
} from '@mechane/core';
import * as z from 'zod';
import { stridesOf } from '../normal-form/game.ts';
import { type DesignedOutcome, type ReadProblem, worthOf } from './design-problem.ts';

/**
 * The name of one's type.
 *
 * @category Mechanism design
 */
export interface NamedType {
  type: string;
}

/**
 * What is drawn and from which lottery, and what it costs whom.
 *
 * @category Mechanism design
 */
export interface LotteryOutcome {
  readonly chosen: string;
  /** How likely each alternative was. */
  readonly lottery: Readonly<Record<string, number>>;
  readonly payments: Payments;
}

/** @category Mechanism design */
export type DesignedMechanism = Mechanism<{
  id: 'game-theory/designed';
  settings: Record<string, never>;
  report: NamedType;
  outcome: LotteryOutcome;
  message: NamedType;
  ask: ReportRequest;
}>;

/** Up to how much the solver's rounding may leave to gain. */
const rounding = 1e-6;

/** A mechanism that looks up what was designed. An agent's utility is that of the lottery: agents care for averages. */
export function designedMechanism(read: ReadProblem, rule: readonly DesignedOutcome[]): DesignedMechanism {
  const { agents, alternatives, types } = read;
  const strides = stridesOf(types.map(({ length }) => length));
  const typeOf = (agent: AgentId, name: string | undefined) =>
    types[agents.indexOf(agent)]?.find((type) => type.name === name);
  return directMechanism({
    id: 'game-theory/designed',
    summary: `The best mechanism for ${read.problem.objective} on finitely many types (Conitzer and Sandholm 2002)`,
    settings: z.strictObject({}),
    report: z.strictObject({ type: z.string().describe('The name of one of the agent’s types') }),
    outcome: z.strictObject({
      chosen: z.string(),
      lottery: z.record(z.string(), z.number()),
      payments: paymentsByAgent,
    }),

    decide(reports, { participants, random }) {
      const profile = agents.map((agent, index) =>
        (types[index] ?? []).findIndex(({ name }) => name === reports.get(agent)?.type),
      );
      const designed = profile.includes(-1)
        ? undefined
        : rule[profile.reduce((at, type, agent) => at + type * (strides[agent] as number), 0)];
      if (designed === undefined) return withoutAll(alternatives, participants);
      const { lottery, payments } = designed;
      return {
        chosen: alternatives[drawn(lottery, () => random.next())] as string,
        lottery: perAgent(alternatives, (alternative) => lottery[alternatives.indexOf(alternative)] as number),
        payments: perAgent(participants, (agent) => payments[agents.indexOf(agent)] ?? 0),
      };
    },

    value(agent, { type }, { lottery }) {
      const own = typeOf(agent, type);
      return alternatives.reduce(
        (sum, alternative) => sum + (lottery[alternative] ?? 0) * worthOf(own, alternative),
        0,
      );
    },
    claims: claimsOf(read),
  });
}

/** What happens when somebody keeps silent: the first alternative, and nobody pays. */
function withoutAll(alternatives: readonly string[], participants: readonly AgentId[]): LotteryOutcome {
  const chosen = alternatives[0] as string;
  return { chosen, lottery: { [chosen]: 1 }, payments: perAgent(participants, () => 0) };
}

/** Draws only where there is something to draw. */
function drawn(lottery: readonly number[], draw: () => number): number {
  const certain = lottery.indexOf(1);
  if (certain !== -1) return certain;
  let left = draw();
  for (const [index, chance] of lottery.entries()) {
    left -= chance;
    if (left < 0) return index;
  }
  return lottery.findLastIndex((chance) => chance > 0);
}

function claimsOf({ problem }: ReadProblem): readonly Claim<Record<string, never>, NamedType>[] {
  const approximately = { approximately: rounding };
  const because = 'By construction: a constraint of the linear program, up to its rounding';
  return [
    problem.truthful === 'dominant'
      ? { law: 'strategy-proof', holds: approximately, because }
      : { law: 'bayesian-incentive-compatible', holds: approximately, because },
    ...(problem.participation === 'none' ? [] : [rationalClaim(problem.participation, because)]),
    ...(problem.deficit ? [] : [{ law: 'no-deficit', holds: approximately, because } as const]),
  ];
}

function rationalClaim(participation: 'ex-post' | 'interim', because: string): Claim<Record<string, never>, NamedType> {
  const claim = { law: 'individually-rational', holds: { approximately: rounding }, because } as const;
  return participation === 'interim' ? { ...claim, mode: participation } : claim;
}
