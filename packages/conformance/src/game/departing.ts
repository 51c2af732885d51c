import { isRecord, type LeafPath, numberAt, withLeaf } from './leaves.ts';

/** What an agent says in some of the rounds in which it is asked, counted from 1, instead of what its proxy would. */
export interface Departure {
  readonly from: number;
  readonly to: number;
  /** The message; none: it keeps silent. */
  readonly message?: unknown;
  /** Where a number of the message follows from one that was asked: so much more than that. */
  readonly follows?: { readonly at: LeafPath; readonly asked: LeafPath; readonly plus: number };
}

/**
 * What an agent does that no report describes: it lets the proxy play a report, but says something else, or nothing, in some rounds. Where a
 * round of reports is all there is, departing from it is keeping silent.
 */
export class Departing {
  readonly report: unknown;
  readonly departures: readonly Departure[];

  constructor(report: unknown, departures: readonly Departure[]) {
    this.report = report;
    this.departures = departures;
  }

  /** What it says when it is asked for the so-manieth time, if it departs then. */
  at(count: number, asked: unknown): { readonly message: unknown } | undefined {
    const departure = this.departures.find(({ from, to }) => from <= count && count <= to);
    if (departure === undefined) return undefined;
    const { message, follows } = departure;
    if (follows === undefined) return { message };
    const number = numberAt(asked, follows.asked);
    return number === undefined ? undefined : { message: withLeaf(message, follows.at, number + follows.plus) };
  }
}

/** The report that an agent's proxy plays. */
export function reportIn(said: unknown): unknown {
  return said instanceof Departing ? said.report : said;
}

/** Whether something is said that no report says. */
export function departs(said: unknown): said is Departing {
  return said instanceof Departing;
}

/** Whether plain data that was read back says how somebody departs. */
export function readDeparting(content: unknown): unknown {
  if (!isRecord(content) || !Array.isArray(content.departures) || !('report' in content)) return content;
  return new Departing(content.report, content.departures as readonly Departure[]);
}
