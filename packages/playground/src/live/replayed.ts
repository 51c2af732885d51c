import { createMechane, isMechaneError, type JsonSchema, type Mechane, type Mechanism } from '@mechane/core';
import { pluginOf } from '../mechanisms/packages.ts';
import type { JournalTold, Told } from './journal-told.ts';
import { type AnyRecord, isRecord } from './records.ts';

/** What comes of a session that is played again with one message changed. */
export type Replayed =
  | { readonly kind: 'outcome'; readonly outcome: AnyRecord }
  /** Somebody was asked what nobody had asked in truth: what it would have said, nobody knows. */
  | { readonly kind: 'beyond'; readonly round: number; readonly agents: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: string };

/** One message, said in the place of another. */
export interface Instead {
  /** Which one, by its place among the messages that count. */
  readonly place: number;
  readonly message: unknown;
}

/** A mechanism of which sessions can be played again. */
export interface Replayable {
  /** The JSON Schema of what may be said in it. */
  readonly message: JsonSchema;
  replay(told: JournalTold, instead?: Instead): Promise<Replayed>;
}

/** A mechanism by its id; `undefined` where this page does not know it. */
export async function replayable(mechanism: string): Promise<Replayable | undefined> {
  const plugin = await pluginOf(mechanism);
  if (plugin === undefined) return undefined;
  const mechane = createMechane().use(plugin) as object as Mechane<Mechanism>;
  await mechane.prepare();
  if (!mechane.mechanisms.some(({ id }) => id === mechanism)) return undefined;
  const { direct } = mechane.mechanism(mechanism);
  return {
    message: mechane.describe(mechanism).message as JsonSchema,
    async replay(told, instead) {
      const said = instead === undefined ? told.messages : changed(told.messages, instead);
      // Where there are rounds, each is asked again; what all say at once, or at any time, comes again in its order.
      return direct || told.asked.size === 0
        ? inOrder(mechane, mechanism, told, said, instead?.place)
        : inRounds(mechane, mechanism, told, said);
    },
  };
}

/** What an agent is told besides the question, as far as it is used here. */
interface Asking {
  readonly round: number;
  readonly refused?: { readonly message: string };
}

function changed(messages: readonly Told[], { place, message }: Instead): readonly Told[] {
  return messages.map((each, at) => (at === place ? { ...each, message } : each));
}

async function inRounds(
  mechane: Mechane<Mechanism>,
  mechanism: string,
  { settings, participants, seed, asked }: JournalTold,
  said: readonly Told[],
): Promise<Replayed> {
  const beyond = new Map<number, string[]>();
  let refusal: string | undefined;
  const strategy =
    (agent: string) =>
    (_: unknown, { round, refused }: Asking) => {
      // What was taken down was accepted then: only what was changed, or follows from it, can be refused.
      if (refused !== undefined) {
        refusal ??= refused.message;
        return undefined;
      }
      if (!asked.get(round)?.has(agent)) beyond.set(round, [...(beyond.get(round) ?? []), agent]);
      return said.find((each) => each.round === round && each.agent === agent)?.message;
    };
  const agents = participants.map((agent) => [agent, strategy(agent)] as const);
  try {
    const session = mechane.open(mechanism, {
      settings,
      agents,
      within: Number.POSITIVE_INFINITY,
      ...(seed === undefined ? {} : { seed }),
    } as never);
    const outcome = (await session.outcome) as AnyRecord;
    if (refusal !== undefined) return { kind: 'refused', problem: refusal };
    const [first] = [...beyond].sort(([one], [other]) => one - other);
    return first ? { kind: 'beyond', round: first[0], agents: first[1] } : { kind: 'outcome', outcome };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Plays messages in their order; those of others that would have been refused then are left out, as a service leaves them out. */
async function inOrder(
  mechane: Mechane<Mechanism>,
  mechanism: string,
  { settings, seed, openedAt }: JournalTold,
  said: readonly Told[],
  own: number | undefined,
): Promise<Replayed> {
  let left = said.map((each, place) => ({ ...each, place }));
  for (;;) {
    const messages = left.map(({ agent, message, at }) => [agent, message, at - openedAt]);
    const told = { settings, messages, ...(seed === undefined ? {} : { seed }) };
    try {
      return { kind: 'outcome', outcome: mechane.runScenario({ mechanism, ...told }).outcome as AnyRecord };
    } catch (error) {
      const at = isMechaneError(error) && error.path[0] === 'messages' ? Number(error.path[1]) : Number.NaN;
      if (own === undefined || left[at] === undefined || left[at].place === own) return refusedBy(error);
      left = left.toSpliced(at, 1);
    }
  }
}

function refusedBy(error: unknown): Replayed {
  return { kind: 'refused', problem: error instanceof Error ? error.message : String(error) };
}

/** Whether two outcomes are the same but for the moment of the end, and for those who pay nothing. */
export function isSameOutcome(one: AnyRecord, other: AnyRecord): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable({ closedAt: _, payments, ...outcome }: AnyRecord): AnyRecord {
  const paid = isRecord(payments) ? Object.entries(payments).filter(([, payment]) => payment !== 0) : [];
  return { ...outcome, payments: Object.fromEntries(paid.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
