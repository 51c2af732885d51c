import { type AgentId, jsonValue, type UntypedMechane, validate } from '@mechane/core';
import * as z from 'zod';
import { agentTwice, tooManyAgents } from '../errors.ts';

const agentName = z.string().min(1).max(200);

/**
 * What a session is made with, and kept as.
 *
 * @category Services
 */
export interface Making {
  readonly mechanism: string;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly agents: readonly (
    | AgentId
    | {
        readonly id: AgentId;
        readonly account?: string | undefined;
        /** What this agent alone is shown: its value in an experiment, say. */
        readonly told?: unknown;
      }
  )[];
  readonly entry?: 'open' | 'closed' | undefined;
  /** Milliseconds that a round is open. */
  readonly within?: number | undefined;
  /** When the session closes, ISO 8601. */
  readonly closesAt?: string | undefined;
  readonly seed?: number | undefined;
  readonly note?: unknown;
  readonly disclosure?: 'full' | 'own' | undefined;
  /** What it is called, for all to see. */
  readonly label?: string | undefined;
  /** The session that it belongs to: whoever takes part there under the same name has its place here. */
  readonly of?: string | undefined;
}

/** What a session is made with, as a request says it. */
export const makingSchema: z.ZodType<Making> = z.strictObject({
  mechanism: z.string().max(200).describe('The id of the mechanism'),
  settings: z.record(z.string(), z.unknown()).optional().describe('Its settings: see GET /mechanisms/PACKAGE/NAME'),
  agents: z
    .array(
      z.union([
        agentName,
        z.strictObject({ id: agentName, account: agentName.optional(), told: jsonValue.optional() }),
      ]),
    )
    .describe('Who takes part: ids, or ids with the account that pays, and with what the agent alone is told'),
  entry: z.enum(['open', 'closed']).optional().describe('Whether others may come in later'),
  within: z.number().nonnegative().optional().describe('Milliseconds that a round is open'),
  closesAt: z.string().optional().describe('When the session closes, ISO 8601 with its zone'),
  seed: z.int().optional().describe('Fixes all randomness'),
  note: jsonValue.optional().describe('Stands in the journal’s header'),
  disclosure: z
    .enum(['full', 'own'])
    .optional()
    .describe('What the journal shows to others once the session is closed: all, or what was public and their own'),
  label: z.string().max(200).optional().describe('What it is called, for all to see'),
  of: z
    .string()
    .max(200)
    .optional()
    .describe('The session that it belongs to: whoever takes part there under the same name has its place here'),
});

export function readMaking(given: unknown, mostAgents: number): Making {
  const making = validate(makingSchema, given, 'invalid-scenario', []);
  if (making.agents.length > mostAgents) throw tooManyAgents(making.agents.length, mostAgents);
  const seen = new Set<AgentId>();
  for (const [index, agent] of agentsOf(making).entries()) {
    if (seen.has(agent)) throw agentTwice(agent, index);
    seen.add(agent);
  }
  return making;
}

/** The agents that a session is made with. */
export function agentsOf({ agents }: Making): readonly AgentId[] {
  return agents.map((agent) => (typeof agent === 'string' ? agent : agent.id));
}

/** What an agent alone is told. */
export function toldTo({ agents }: Making, agent: AgentId): unknown {
  const found = agents.find((each) => typeof each !== 'string' && each.id === agent);
  return typeof found === 'object' ? found.told : undefined;
}

/** What is seen of a session by all, as it was made. */
export function shownOf({ label, of }: Making): Pick<Making, 'label' | 'of'> {
  return { ...(label === undefined ? {} : { label }), ...(of === undefined ? {} : { of }) };
}

/** Agents that somebody pays for, with the account that does. */
export function accountsIn({ agents }: Making): readonly (readonly [AgentId, string])[] {
  return agents.flatMap((agent) =>
    typeof agent === 'string' || agent.account === undefined ? [] : [[agent.id, agent.account] as const],
  );
}

/** Agents that answer from outside, in their order. */
export function outside(agents: readonly AgentId[]): ReadonlyMap<AgentId, 'external'> {
  return new Map(agents.map((agent) => [agent, 'external']));
}

/** What is given to a run that is opened with this. */
export function openingOf({
  settings,
  entry = 'closed',
  within,
  closesAt,
  seed,
  note,
}: Making): Omit<Parameters<UntypedMechane['open']>[1], 'agents'> {
  return {
    entry,
    // Unless it is told, a service waits for as long as it takes.
    ...(within === undefined && closesAt === undefined ? { within: Number.POSITIVE_INFINITY } : {}),
    ...(within === undefined ? {} : { within }),
    ...(closesAt === undefined ? {} : { closesAt }),
    ...(settings === undefined ? {} : { settings }),
    ...(seed === undefined ? {} : { seed }),
    ...(note === undefined ? {} : { note }),
  };
}
