import { invalidDeadline } from '../errors.ts';

/** How long a live round waits when neither the mechanism nor the caller says: a minute. */
const defaultWithin = 60_000;

/** When the rounds of a live run close by themselves. */
export interface Deadlines {
  /** Milliseconds that a round waits; `Infinity` without end. */
  readonly within: number;
  /** The moment at which the run closes, in milliseconds since 1970; `Infinity` for never. */
  readonly closesAt: number;
  /** Whether somebody has said when rounds close: then they are open until then, whoever has answered. */
  readonly areGiven: boolean;
}

/** What may be said of deadlines, before anything is checked. */
export interface GivenDeadlines {
  readonly within?: unknown;
  readonly closesAt?: unknown;
}

/**
 * Reads deadlines: milliseconds a round, and a moment as a number of milliseconds since 1970, a `Date` or a time in ISO 8601 with its zone.
 *
 * @throws MechaneError `invalid-deadline`.
 */
export function readDeadlines({ within, closesAt }: GivenDeadlines): Deadlines {
  if (within === undefined && closesAt === undefined) return usualDeadlines;
  const limit = limitOf(within);
  const end = closesAt === undefined ? Number.POSITIVE_INFINITY : momentOf(closesAt);
  return { within: limit, closesAt: end, areGiven: Number.isFinite(limit) || Number.isFinite(end) };
}

const usualDeadlines: Deadlines = {
  within: defaultWithin,
  closesAt: Number.POSITIVE_INFINITY,
  areGiven: false,
};

/** Whoever says when the whole run closes does not want its rounds closed before. */
function limitOf(within: unknown): number {
  if (within === undefined) return Number.POSITIVE_INFINITY;
  if (typeof within === 'number' && within >= 0) return within;
  throw invalidDeadline('within', said(within), 'milliseconds, 0 or more, or Infinity for no end');
}

function momentOf(given: unknown): number {
  const moment = given instanceof Date ? given.getTime() : typeof given === 'string' ? timeIn(given) : given;
  if (typeof moment === 'number' && moment >= 0) return moment;
  throw invalidDeadline(
    'closesAt',
    said(given),
    'milliseconds since 1970, a Date, or a time such as "2027-01-31T18:00:00Z"',
  );
}

/** Other texts mean what the machine makes of them, which is another time in another place. */
function timeIn(text: string): number {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  return isComplete ? Date.parse(text) : Number.NaN;
}

function said(given: unknown): string {
  if (typeof given === 'number') return `${given} is no such time`;
  return given instanceof Date ? 'this date is none' : `${typeof given} was given`;
}
