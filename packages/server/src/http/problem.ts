import { isMechaneError, type MechaneError } from '@mechane/core';

/** The status of each code that is no mere bad input. */
const statuses: Readonly<Record<string, number>> = {
  unauthorized: 401,
  'not-yours': 403,
  'unknown-path': 404,
  'unknown-session': 404,
  'unknown-code': 404,
  'unknown-receipt': 404,
  'closed-entry': 409,
  'duplicate-agent': 409,
  'duplicate-message': 409,
  'idempotency-key-reused': 409,
  'key-reused': 409,
  'late-message': 409,
  'not-revisable': 409,
  'out-of-turn': 409,
  'over-budget': 409,
  'session-over': 409,
  'too-large': 413,
  'too-many-requests': 429,
  'mechanism-failed': 500,
  aborted: 503,
  'cannot-open-store': 503,
  draining: 503,
  'held-elsewhere': 503,
  'journal-failed': 503,
  'journal-in-use': 503,
  'seq-taken': 503,
  'node-unavailable': 503,
  'service-missing': 503,
  'store-failed': 503,
  unavailable: 503,
};

export function statusOf(error: MechaneError): number {
  return statuses[error.code] ?? 400;
}

/** Seconds after which whoever is told so may try again. */
const tryAgain = '1';

/** An error as an answer (RFC 9457). What nobody has foreseen is told without what it says: that may be anything. */
export function problem(thrown: unknown, status?: number): Response {
  const report = isMechaneError(thrown) ? thrown.toJSON() : unforeseen;
  const code = isMechaneError(thrown) ? (status ?? statusOf(thrown)) : 500;
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (code === 401) headers['www-authenticate'] = 'Bearer';
  if (code === 429 || code === 503) headers['retry-after'] = tryAgain;
  return new Response(JSON.stringify({ status: code, ...report }), { status: code, headers });
}

const unforeseen = {
  code: 'internal',
  message: 'something went wrong here. Fix: report it; whoever runs the service finds the cause in its log.',
  path: [],
};
