import { type AnyRecord, isRecord } from './records.ts';

/** What was told in a session, as its journal shows it to whoever has it. */
export interface JournalTold {
  readonly settings: AnyRecord;
  readonly participants: readonly string[];
  readonly seed: number | undefined;
  readonly messages: readonly { readonly round: number; readonly agent: string; readonly message: unknown }[];
  /** Whether nothing in it is hidden. */
  readonly isWhole: boolean;
}

/** A line of a journal, as far as it is read here; a line that is hidden has no kind. */
interface Entry {
  readonly kind?: string;
  readonly settings?: AnyRecord;
  readonly seed?: number;
  readonly participants?: readonly string[];
  readonly round?: number;
  readonly agent?: string;
  readonly message?: unknown;
}

/** Reads what was told from a journal; of what was taken back or said again in a round, the last counts. */
export function journalTold(text: string): JournalTold {
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
  const { settings, seed, participants = [] } = entries[0] ?? {};
  const messages = new Map<string, JournalTold['messages'][number]>();
  const joined: string[] = [];
  for (const { kind, round = 0, agent = '', message } of entries) {
    const key = JSON.stringify([round, agent]);
    if (kind === 'message') messages.set(key, { round, agent, message });
    if (kind === 'withdrawn') messages.delete(key);
    if (kind === 'joined') joined.push(agent);
  }
  return {
    settings: settings ?? {},
    participants: [...participants, ...joined],
    seed,
    messages: [...messages.values()],
    isWhole: entries.every((entry) => 'kind' in entry),
  };
}

/** What each has told the mechanism, where each said one thing with parts: what a picture is drawn of. */
export function reportsIn({ messages, participants }: JournalTold, outcome: AnyRecord): AnyRecord | undefined {
  const limits = limitsIn(outcome, participants);
  if (limits !== undefined) return limits;
  const reports = messages.map(({ agent, message }) => [agent, message] as const);
  const isPlain = reports.every(([, message]) => isRecord(message));
  return isPlain && reports.length > 0 ? Object.fromEntries(reports) : undefined;
}

/** How far each went in a clock that rises, where its history tells of all that left it: the winner went as far as its price, at least. */
function limitsIn({ history, winner, payment }: AnyRecord, participants: readonly string[]): AnyRecord | undefined {
  if (!Array.isArray(history) || typeof winner !== 'string' || typeof payment !== 'number') return undefined;
  const left = new Map<string, number>([[winner, payment]]);
  for (const each of history as readonly unknown[]) {
    if (!isRecord(each) || typeof each.agent !== 'string' || typeof each.price !== 'number') return undefined;
    if (each.agent !== winner) left.set(each.agent, each.price);
  }
  const limits = participants.map((agent) => [agent, { value: left.get(agent) }] as const);
  return limits.every(([, { value }]) => value !== undefined) ? Object.fromEntries(limits) : undefined;
}
