import * as z from 'zod';
import type { AgentId } from '../contract/agent.ts';
import type { ErrorDetails } from '../contract/mechane-error.ts';
import type { Mechanism, ReportContext } from '../contract/mechanism.ts';
import { type TieBreak, tieBreak } from '../contract/tie-break.ts';
import {
  codedError,
  duplicateAgent,
  earlierMessage,
  noAgentId,
  noMessageList,
  noPair,
  takesNoReports,
  unfit,
  unknownAgent,
} from '../errors.ts';
import { plainReaderOf, unread } from './plain-reader.ts';
import { requireRecord, validate } from './validate.ts';

export interface ReadSettings {
  readonly settings: unknown;
  readonly breakTie: TieBreak;
  /** The unit of money that the settings name. */
  readonly unit: number | undefined;
  /** How reports are sealed, as it was given. */
  readonly sealing?: unknown;
}

/** Splits what all mechanisms take from what this one takes, and parses both. */
export function readSettings(mechanism: Mechanism, given: unknown = {}): ReadSettings {
  requireRecord(given, 'invalid-settings', ['settings'], 'an object of settings');
  const parsed = (own: object): unknown =>
    validate(mechanism.settings, own, 'invalid-settings', ['settings'], mechanism.direct ? commonKeys : ofAll);
  if (!commonKeys.some((key) => Object.hasOwn(given, key))) {
    return { settings: parsed(given), breakTie: 'agent-id', unit: undefined };
  }
  const { breakTie = 'agent-id', unit, sealing, ...own } = given;
  return {
    settings: parsed(own),
    breakTie: validate(tieBreak, breakTie, 'invalid-settings', ['settings', 'breakTie']),
    unit: validate(unitSchema, unit, 'invalid-settings', ['settings', 'unit']),
    sealing,
  };
}

const ofAll = ['breakTie', 'unit'];
const commonKeys = [...ofAll, 'sealing'];

const unitSchema = z.number().positive().optional();

/** Parses what every agent reports, in the order in which they came. */
export function readReports(mechanism: Mechanism, given: unknown): Map<AgentId, unknown> {
  const schema = requireReportSchema(mechanism);
  const reports = new Map<AgentId, unknown>();
  if (isIterable(given)) {
    for (const entry of given) {
      const [agent, report] = readPair(entry, ['reports', reports.size], 'invalid-report');
      if (reports.has(agent)) throw duplicateAgent(agent, ['reports', agent]);
      const read = reports.size < few ? validate : readPlainly;
      reports.set(agent, read(schema, report, 'invalid-report', ['reports', agent]));
    }
    return reports;
  }
  requireRecord(given, 'invalid-report', ['reports'], 'an object of reports by agent id');
  const agents = Object.keys(given);
  if (agents.length >= few) return readMany(schema, given, agents);
  for (const agent of agents) {
    reports.set(agent, validate(schema, given[agent], 'invalid-report', ['reports', agent]));
  }
  return reports;
}

function readMany(
  schema: z.ZodType,
  given: Readonly<Record<AgentId, unknown>>,
  agents: readonly AgentId[],
): Map<AgentId, unknown> {
  const reports = new Map<AgentId, unknown>();
  for (const agent of agents) {
    reports.set(agent, readPlainly(schema, given[agent], 'invalid-report', ['reports', agent]));
  }
  return reports;
}

/** So many reports are read by the schema alone. */
const few = 64;

/** What is plain is read without the schema, which reads all else. */
const readPlainly: typeof validate<unknown> = (schema, report, code, path) => {
  const plain = plainReaderOf(schema)?.(report) ?? unread;
  return plain === unread ? validate(schema, report, code, path) : plain;
};

/** The true types: the reports, but for agents that are named with another. */
export function readTypes(
  mechanism: Mechanism,
  reports: ReadonlyMap<AgentId, unknown>,
  given: unknown,
): ReadonlyMap<AgentId, unknown> {
  if (given === undefined) return reports;
  const schema = requireReportSchema(mechanism);
  requireRecord(given, 'invalid-types', ['types'], 'an object of types by agent id');
  const types = new Map(reports);
  for (const agent of Object.keys(given)) {
    if (!reports.has(agent)) throw unknownAgent(agent, [...reports.keys()], ['types']);
    types.set(agent, validate(schema, given[agent], 'invalid-types', ['types', agent]));
  }
  return types;
}

/**
 * Refuses a report, or a true type, that does not fit the settings.
 *
 * @throws MechaneError `invalid-report` or `invalid-types`.
 */
export function refuseUnfit(
  mechanism: Mechanism,
  reports: ReadonlyMap<AgentId, unknown>,
  settings: unknown,
  given: 'reports' | 'types',
): void {
  if (mechanism.refuseReport === undefined) return;
  const context = { participants: [...reports.keys()], reports };
  for (const [agent, report] of reports) {
    const flaw = flawIn(mechanism, () => mechanism.refuseReport?.(report, settings, context));
    if (flaw === undefined) continue;
    const code = given === 'reports' ? 'invalid-report' : 'invalid-types';
    throw unfit(code, flaw.problem, [given, agent, ...(flaw.path ?? [])], flaw);
  }
}

/**
 * Refuses settings that do not fit those who take part.
 *
 * @throws MechaneError `invalid-settings`
 */
export function refuseUnfitSettings(mechanism: Mechanism, settings: unknown, context: ReportContext): void {
  if (mechanism.refuseSettings === undefined) return;
  const flaw = flawIn(mechanism, () => mechanism.refuseSettings?.(settings, context));
  if (flaw !== undefined) throw unfit('invalid-settings', flaw.problem, ['settings', ...(flaw.path ?? [])], flaw);
}

function flawIn({ id }: Mechanism, find: () => ErrorDetails | undefined): ErrorDetails | undefined {
  try {
    return find();
  } catch (thrown) {
    throw codedError(id, thrown);
  }
}

/** A message of a scenario, with the time that is said of it, in milliseconds since the opening. */
export type ScriptedMessage = readonly [agent: AgentId, message: unknown, at?: number];

/** Parses messages in the order in which they came. */
export function readMessages(mechanism: Mechanism, given: unknown): ScriptedMessage[] {
  if (!Array.isArray(given)) {
    throw noMessageList();
  }
  let latest = 0;
  return given.map((entry: unknown, index) => {
    const isTimed = Array.isArray(entry) && entry.length === 3;
    const pair = isTimed ? entry.slice(0, 2) : entry;
    const [agent, said] = readPair(pair, ['messages', index], 'invalid-message');
    const message = validate(mechanism.message, said, 'invalid-message', ['messages', index, 1]);
    if (!isTimed) return [agent, message];
    const at = validate(timeSchema, entry[2], 'invalid-message', ['messages', index, 2]);
    if (at < latest) throw earlierMessage(index);
    latest = at;
    return [agent, message, at];
  });
}

const timeSchema = z.number().nonnegative();

const seedSchema = z.int();

export function readSeed(given: unknown): number | undefined {
  return given === undefined ? undefined : validate(seedSchema, given, 'invalid-scenario', ['seed']);
}

const nameSchema = z.string().min(1).max(200).optional();

/** What a run is called, where that is given. */
export function readRunName(given: unknown): string | undefined {
  return given === undefined ? undefined : validate(nameSchema, given, 'invalid-scenario', ['id']);
}

function requireReportSchema(mechanism: Mechanism): z.ZodType {
  if (mechanism.report) return mechanism.report;
  throw takesNoReports(mechanism.id);
}

/** Something of an agent, in a list that has an order. */
export function readPair(
  entry: unknown,
  path: readonly (string | number)[],
  code: 'invalid-report' | 'invalid-message' | 'invalid-scenario',
): readonly [AgentId, unknown] {
  if (Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string') return [entry[0], entry[1]];
  throw noPair(code, path);
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Says that an agent id is something else than text. */
export function requireAgentIds(ids: readonly unknown[]): asserts ids is readonly AgentId[] {
  const seen = new Set<unknown>();
  for (const id of ids) {
    if (typeof id !== 'string') throw noAgentId(id);
    if (seen.has(id)) throw duplicateAgent(id, ['agents', id]);
    seen.add(id);
  }
}
