import type { SessionEvent } from '@mechane/client';
import { isRecord } from './records.ts';

/** A key as words: `leaveAt` is “leave at”. */
export function keyInWords(key: string): string {
  return key.replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

/** Parts that say what a record is, and need no name. */
const kinds: ReadonlySet<string> = new Set(['type', 'kind', 'agent']);

/** A value in a line: parts of records with their keys, members of lists one after another. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(Number(value.toPrecision(10))).replace('-', '−');
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueInWords).join(', ');
  if (!isRecord(value)) return String(value);
  const { side, price, quantity, type } = value;
  const isOrder = typeof side === 'string' && typeof price === 'number' && typeof quantity === 'number';
  // What an order is called concerns nobody who reads it.
  if (isOrder && type === 'limit') return `${side} ${valueInWords(quantity)} at ${valueInWords(price)}`;
  const parts = Object.entries(value);
  if (parts.length === 0) return 'none';
  if (parts.length === 1 && typeof parts[0]?.[1] === 'number') return valueInWords(parts[0][1]);
  const told = (key: string, part: unknown): string =>
    (kinds.has(key) ? '' : `${keyInWords(key)} `) + valueInWords(part);
  return parts.map(([key, part]) => told(key, part)).join(' · ');
}

/** What has happened, as a sentence to whoever is `me`. */
export function eventInWords(event: SessionEvent, me?: string): string {
  const who = (agent: string): string => (agent === me ? 'You' : agent);
  switch (event.kind) {
    case 'opened':
      return event.participants.length === 0
        ? 'The session is open'
        : `The session is open, with ${event.participants.join(', ')}`;
    case 'asked':
      return `Round ${event.round}: ${askedInWords(event.agents, me)}`;
    case 'joined':
      return `${who(event.agent)} came in`;
    case 'replied':
      return `${who(event.agent)} answered`;
    case 'withdrawn':
      return `${who(event.agent)} took the answer back`;
    case 'refused':
      return `An answer of ${event.agent === me ? 'yours' : event.agent} was refused`;
    case 'silent':
      return `${who(event.agent)} said nothing`;
    case 'round-closed':
      return `Round ${event.round} is over, with ${event.replies} ${event.replies === 1 ? 'answer' : 'answers'}`;
    case 'sold':
      return soldInWords(who(event.agent), event.share, event.payment);
    case 'finished':
      return 'The session is over';
    case 'failed':
      return event.error.code === 'aborted' ? 'The session was called off' : 'The session failed';
    case 'omitted':
      return `${event.count} events are left out here`;
  }
}

function askedInWords(agents: readonly string[], me: string | undefined): string {
  if (agents.length === 0) return 'whoever comes in is asked';
  if (me === undefined) return agents.length > 6 ? `${agents.length} are asked` : `${agents.join(', ')} asked`;
  if (!agents.includes(me)) return `${agents.length} others asked`;
  return agents.length === 1 ? 'you are asked' : `you and ${agents.length - 1} more are asked`;
}

function soldInWords(who: string, share: unknown, payment: number): string {
  const pays = who === 'You' ? 'pay' : 'pays';
  const gets = who === 'You' ? 'get' : 'gets';
  if (payment < 0) return `${who} ${gets} ${valueInWords(-payment)} paid`;
  if (isNothing(share)) return payment === 0 ? `${who} ${gets} nothing` : `${who} ${pays} ${valueInWords(payment)}`;
  return `${who} ${gets} ${share === 1 ? 'it' : valueInWords(share)} and ${pays} ${valueInWords(payment)}`;
}

/** Whether somebody gets nothing. */
function isNothing(share: unknown): boolean {
  if (share === null || share === undefined || share === 0) return true;
  return Array.isArray(share) ? share.length === 0 : isRecord(share) && Object.values(share).every(isNothing);
}

/** What came out for one of those who took part, or would have; `undefined` where the outcome does not say it in shares and payments. */
export function outcomeInWords(
  outcome: Readonly<Record<string, unknown>>,
  me: string,
  mood: 'did' | 'would' = 'did',
): string | undefined {
  const { winner, payments } = outcome;
  const isSo = mood === 'did';
  const payment = isRecord(payments) && typeof payments[me] === 'number' ? payments[me] : undefined;
  const won = isSo ? 'won' : 'would have won';
  if (winner === me) {
    const pays = payment === undefined ? '' : `, and ${isSo ? 'pay' : 'paid'} ${valueInWords(payment)}`;
    return `You ${won}${pays}.`;
  }
  if (typeof winner === 'string') {
    const paid = payment !== undefined && payment > 0 ? `, and you pay ${valueInWords(payment)}` : '';
    return `${winner} ${won}${paid}.`;
  }
  if (winner === null) return isSo ? 'Nothing was sold.' : 'Nothing would have been sold.';
  const told = shareInWords(outcome, me, payment);
  return told && (isSo ? `${told}.` : `Then: ${told.replace(/^You/, 'you')}.`);
}

/** What somebody got in a market, a matching or a choice; `undefined` where the outcome is of none of them. */
function shareInWords(
  { allocation, matches, trades, chosen }: Readonly<Record<string, unknown>>,
  me: string,
  payment: number | undefined,
): string | undefined {
  const pays = payment === undefined || payment === 0 ? '' : `, and you ${paidInWords(payment)}`;
  if (isRecord(matches) && Array.isArray(matches[me])) {
    return `You are matched with ${matches[me].length === 0 ? 'nobody' : valueInWords(matches[me])}`;
  }
  if (typeof chosen === 'string') return `${chosen} is chosen${pays}`;
  if (Array.isArray(trades)) {
    const bought = tradedBy(trades, 'buyer', me);
    const sold = tradedBy(trades, 'seller', me);
    if (bought === 0 && sold === 0) return 'You do not trade';
    const parts = [bought > 0 ? `buy ${valueInWords(bought)}` : '', sold > 0 ? `sell ${valueInWords(sold)}` : ''];
    const both = parts.filter((part) => part !== '').join(' and ');
    return `You ${both}${payment === undefined ? '' : `, and ${paidInWords(payment)}`}`;
  }
  if (!isRecord(allocation)) return undefined;
  if (payment !== undefined) return soldInWords('You', allocation[me], payment);
  return `You get ${isNothing(allocation[me]) ? 'nothing' : valueInWords(allocation[me])}`;
}

function paidInWords(payment: number): string {
  return payment < 0 ? `get ${valueInWords(-payment)} paid` : `pay ${valueInWords(payment)}`;
}

function tradedBy(trades: readonly unknown[], side: 'buyer' | 'seller', me: string): number {
  const own = trades.filter((trade) => isRecord(trade) && trade[side] === me) as { readonly quantity: number }[];
  return own.reduce((sum, { quantity }) => sum + quantity, 0);
}
