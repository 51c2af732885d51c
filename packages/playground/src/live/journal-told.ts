import { type AnyRecord, isRecord } from './records.ts';

/** A message that counts. */
export interface Told {
  readonly round: number;
  readonly agent: string;
  readonly message: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What was told in a session, as its journal shows it to whoever has it. */
export interface JournalTold {
  readonly settings: AnyRecord;
  readonly participants: readonly string[];
  readonly seed: number | undefined;
  /** In the order in which they came, of each agent the last in a round. */
  readonly messages: readonly Told[];
  /** Who was asked in each round; nobody where all speak when they like. */
  readonly asked: ReadonlyMap<number, ReadonlySet<string>>;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Whether nothing in it is hidden. */
  readonly isWhole: boolean;
}

/** A line of a journal, as far as it is read here; a line that is hidden has no kind. */
interface Entry {
  readonly kind?: string;
  readonly settings?: AnyRecord;
  readonly seed?: number;
  readonly participants?: readonly string[];
  readonly agents?: readonly string[];
  readonly at?: number;
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
  const { settings, seed, participants = [], at: openedAt = 0 } = entries[0] ?? {};
  const messages = new Map<string, Told>();
  const asked = new Map<number, ReadonlySet<string>>();
  const joined: string[] = [];
  for (const { kind, round = 0, agent = '', agents = [], message, at = 0 } of entries) {
    const key = JSON.stringify([round, agent]);
    // What is said again comes when it is said again.
    if (kind === 'message' || kind === 'withdrawn') messages.delete(key);
    if (kind === 'message') messages.set(key, { round, agent, message, at });
    if (kind === 'asked') asked.set(round, new Set(agents));
    if (kind === 'joined') {
      joined.push(agent);
      // Who comes in while a round is open is asked in it.
      const [last] = [...asked].at(-1) ?? [];
      if (last !== undefined) asked.set(last, new Set([...(asked.get(last) ?? []), agent]));
    }
  }
  return {
    settings: settings ?? {},
    participants: [...participants, ...joined],
    seed,
    asked,
    openedAt,
    messages: [...messages.values()],
    isWhole: entries.every((entry) => 'kind' in entry),
  };
}

/** What each has told the mechanism, where each said one thing with parts: what a picture is drawn of. */
export function reportsIn({ messages, participants, isWhole }: JournalTold, outcome: AnyRecord): AnyRecord | undefined {
  const limits = limitsIn(outcome, participants);
  if (limits !== undefined) return limits;
  // Of some of them, a picture would show something else.
  if (!isWhole) return undefined;
  const reports = messages.flatMap(({ agent, message }) => {
    // Of what was sealed, only what was shown says anything.
    if (isRecord(message) && 'commitment' in message) return [];
    return [[agent, isRecord(message) && 'nonce' in message ? message.report : message] as const];
  });
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
