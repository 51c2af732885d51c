import type { AgentId } from '@mechane/core';
import { type Case, deviated } from '../case.ts';
import { Departing, type Departure } from '../game/departing.ts';
import { isRecord } from '../game/leaves.ts';

/** Keys under which an agent says what something is worth to it. */
const worth = new Set(['bid', 'bids', 'value', 'values', 'marginals', 'xor', 'or', 'threshold', 'thresholds']);

/** A number as people write it: whole ones in full, others without the dust that sums of decimals leave. */
export function numberInWords(number: number): string {
  return String(Number.isInteger(number) ? number : Number(number.toPrecision(10)));
}

/** Plain data, short: a report of a single number is that number. */
export function inWords(content: unknown): string {
  if (typeof content === 'number') return numberInWords(content);
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(inWords).join(', ') || 'nothing';
  if (content instanceof Departing)
    return `${inWords(content.report)}, but ${content.departures.map(departureInWords).join(', ')}`;
  if (!isRecord(content)) return String(content);
  const entries = Object.entries(content);
  const [only] = entries;
  if (only && entries.length === 1) return inWords(only[1]);
  if (isBundle(content)) return `${inWords(content.bundle)} for ${inWords(content.value)}`;
  return `{${entries.map(([key, entry]) => `${key}: ${Array.isArray(entry) ? `[${inWords(entry)}]` : inWords(entry)}`).join(', ')}}`;
}

/** "keeping silent from round 2 on". */
function departureInWords({ from, to, message, follows }: Departure): string {
  const when = to === from ? `in round ${from}` : to > 1e9 ? `from round ${from} on` : `in rounds ${from} to ${to}`;
  if (follows) {
    const more =
      follows.plus === 0 ? 'as asked' : `${Math.abs(follows.plus)} ${follows.plus > 0 ? 'more' : 'less'} than asked`;
    return `saying ${more} ${when}`;
  }
  return message === undefined ? `keeping silent ${when}` : `saying ${inWords(message)} ${when}`;
}

function isBundle(content: Readonly<Record<string, unknown>>): content is { bundle: unknown; value: unknown } {
  return 'bundle' in content && 'value' in content && Object.keys(content).length === 2;
}

/** What a type is: "worth 10", or "of type {…}". */
export function typeInWords(type: unknown): string {
  return isWorth(type) ? `worth ${inWords(type)}` : `of type ${inWords(type)}`;
}

/** What it is to report this: "bidding 7", or "reporting {…}". */
export function reportingInWords(report: unknown): string {
  if (report === null) return 'staying away';
  if (report instanceof Departing) return `playing ${inWords(report)}`;
  return isWorth(report) ? `bidding ${inWords(report)}` : `reporting ${inWords(report)}`;
}

function isWorth(content: unknown): boolean {
  if (typeof content === 'number') return true;
  if (!isRecord(content)) return false;
  const keys = Object.keys(content);
  return keys.length === 1 && worth.has(keys[0] as string);
}

/** What everybody else does meanwhile: " while bob bids 6 and cat bids 2", or that there is nobody else. */
export function meanwhile(given: Case, agent: AgentId): string {
  const others = [...deviated(given)].filter(([other]) => other !== agent && !given.deviation.has(other));
  if (others.length === 0) return given.types.size === 1 ? ' with nobody else there' : '';
  return ` while ${others.map(([other, report]) => saying(other, report)).join(' and ')}`;
}

/** "bob bids 6". */
export function saying(agent: AgentId, report: unknown): string {
  if (report === null) return `${agent} stays away`;
  if (report instanceof Departing) return `${agent} plays ${inWords(report)}`;
  return `${agent} ${isWorth(report) ? 'bids' : 'reports'} ${inWords(report)}`;
}

/** Everybody's reports: "ann bids 3 and bob bids 6"; "nobody takes part". */
export function allSaying(reports: Case['types']): string {
  if (reports.size === 0) return 'nobody takes part';
  return [...reports].map(([agent, report]) => saying(agent, report)).join(' and ');
}
