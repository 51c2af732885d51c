import { MechaneError, type Path, quote } from '@mechane/core';

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

// Stores

/** Whether a session that stopped with this goes on, later or elsewhere: its journal could not be written, or the service let go of it. */
export function isPassing(code: string): boolean {
  return passing.has(code);
}

const passing = new Set(['aborted', 'journal-failed', 'journal-in-use', 'store-failed', 'seq-taken']);

/** A line that another has written: a session is open in one service only. */
export function seqTaken(cause: unknown): MechaneError<'seq-taken'> {
  return new MechaneError('seq-taken', {
    problem: 'another service has written the next line of this journal',
    path: ['journal'],
    fix: 'ask that service: a session is open in one only',
    cause,
  });
}

export function storeFailed(cause: unknown): MechaneError<'store-failed'> {
  return new MechaneError('store-failed', {
    problem: 'the store cannot be reached, or refuses to write',
    fix: 'try again in a moment; whoever runs the service finds the cause in its log',
    cause,
  });
}

export function storeInUse(file: string, cause: unknown): MechaneError<'store-in-use'> {
  return new MechaneError('store-in-use', {
    problem: `another process has ${quote(file)} open`,
    path: ['store'],
    fix: 'stop the other service, or give this one a store of its own',
    cause,
  });
}

export function cannotOpen(name: string, cause: unknown): MechaneError<'cannot-open-store'> {
  return new MechaneError('cannot-open-store', {
    problem: `${quote(name)} cannot be opened: ${(cause as Error).message}`,
    path: ['store'],
    fix: 'see that it is there, that it is a store, and that you may write to it',
    cause,
  });
}

/** The name of a store, as it may be shown. */
export function withoutPassword(name: string): string {
  return name.replace(/:[^:@/]*@/, ':…@');
}

export function unknownStore(name: string): MechaneError<'unknown-store'> {
  return new MechaneError('unknown-store', {
    problem: `${quote(withoutPassword(name))} is no store`,
    path: ['store'],
    expected: '"sqlite:FILE" or "postgres://USER@HOST/DATABASE"',
    fix: 'write sqlite: before the name of a file',
  });
}

/** What SQLite cannot hold. */
export function cannotBind(type: string): MechaneError<'store-failed'> {
  return new MechaneError('store-failed', { problem: `a ${type} cannot be stored`, fix: 'report this: it is a bug' });
}

// Accounts

/** A message for which the account has too little left. */
export function overBudget(most: number, left: number): MechaneError<'over-budget'> {
  return new MechaneError('over-budget', {
    problem: `it could cost ${Number.isFinite(most) ? most : 'anything'}, and the account has ${left} left`,
    path: ['message'],
    expected: `what costs ${Math.max(0, left)} at the most`,
    fix: 'say less, or wait until another session of the account is over',
  });
}

/** An account pays for nothing of which nobody knows what it may cost. */
export function costUnknown(mechanism: string): MechaneError<'cost-unknown'> {
  return new MechaneError('cost-unknown', {
    problem: `${mechanism} does not say what a message may cost, so that no budget could be kept`,
    path: ['agents'],
    expected: 'agents without accounts',
    fix: 'leave the accounts out, or use a mechanism that has mostPaid',
  });
}

// Who may what

export function unauthorized(problem: string): MechaneError<'unauthorized'> {
  return new MechaneError('unauthorized', {
    problem,
    path: ['authorization'],
    expected: '"Authorization: Bearer TOKEN"',
    fix: 'send the token that POST /sessions gave for this agent, or the admin’s',
  });
}

export function notYours(problem: string): MechaneError<'not-yours'> {
  return new MechaneError('not-yours', {
    problem,
    path: ['authorization'],
    fix: 'use the token of whoever may do this',
  });
}

export function notYourMessage(seq: number): MechaneError<'not-yours'> {
  return new MechaneError('not-yours', {
    problem: `entry ${seq} is not a message of this agent`,
    path: ['seq'],
    fix: 'ask for the number in your own receipt',
  });
}

// Requests

export function unknownPath(path: string): MechaneError<'unknown-path'> {
  return new MechaneError('unknown-path', {
    problem: `nothing is at ${quote(path)}, or not by this method`,
    fix: 'see GET /openapi.json',
  });
}

export function noJson(cause: unknown): MechaneError<'invalid-json'> {
  return new MechaneError('invalid-json', {
    problem: 'the body is no JSON',
    expected: 'JSON in UTF-8',
    fix: 'send what JSON.stringify gives',
    cause,
  });
}

/** A key that stands twice in an object: one of the two would be lost. */
export function keyTwice(path: Path): MechaneError<'duplicate-key'> {
  return new MechaneError('duplicate-key', {
    problem: 'this key stands twice in its object',
    path,
    expected: 'every key once',
    fix: 'remove one of the two',
  });
}

export function tooDeep(most: number): MechaneError<'invalid-json'> {
  return new MechaneError('invalid-json', {
    problem: 'the body is nested too deep',
    expected: `JSON of at most ${most} levels`,
    fix: 'flatten it',
  });
}

export function tooLarge(most: number): MechaneError<'too-large'> {
  return new MechaneError('too-large', {
    problem: 'the body is too large',
    expected: `at most ${most} bytes`,
    fix: 'send less at once',
  });
}

export function tooMany(problem: string): MechaneError<'too-many-requests'> {
  return new MechaneError('too-many-requests', { problem, fix: 'wait a second, and ask less often' });
}

export function tooManyStreams(most: number): MechaneError<'too-many-requests'> {
  return new MechaneError('too-many-requests', {
    problem: `${most} streams are open`,
    fix: 'close one, or ask with ?wait',
  });
}

export function invalidQuery(name: string, expected: string): MechaneError<'invalid-query'> {
  return new MechaneError('invalid-query', {
    problem: 'it is not understood',
    path: ['query', name],
    expected,
    fix: `give ${expected}`,
  });
}

// Sessions

export function unknownSession(id: string): MechaneError<'unknown-session'> {
  return new MechaneError('unknown-session', {
    problem: `no session is called ${quote(id)}`,
    path: ['session'],
    fix: 'use the id that POST /sessions gave',
  });
}

export function unknownCode(): MechaneError<'unknown-code'> {
  return new MechaneError('unknown-code', {
    problem: 'no session that is open to all has this code',
    path: ['code'],
    fix: 'look at the code again: it has letters and digits only',
  });
}

export function agentTwice(id: string, index: number): MechaneError<'duplicate-agent'> {
  return new MechaneError('duplicate-agent', {
    problem: `the agent ${quote(id)} appears twice`,
    path: ['agents', index],
    expected: 'every agent once',
    fix: 'rename one',
  });
}

export function tooManyAgents(given: number, most: number): MechaneError<'invalid-scenario'> {
  return new MechaneError('invalid-scenario', {
    problem: `${given} agents are too many`,
    path: ['agents'],
    expected: `at most ${most}`,
    fix: 'share them out among several sessions',
  });
}

export function tooManySessions(most: number): MechaneError<'too-many-requests'> {
  return new MechaneError('too-many-requests', {
    problem: `${most} sessions are open`,
    fix: 'close or cancel one',
  });
}

/** Another request under the key of one that came before. */
export function keyForAnother(): MechaneError<'idempotency-key-reused'> {
  return new MechaneError('idempotency-key-reused', {
    problem: 'another session was made under this Idempotency-Key',
    path: ['idempotency-key'],
    fix: 'give every request a key of its own, and repeat one only with the same body',
  });
}

export function keyReused(key: string): MechaneError<'key-reused'> {
  return new MechaneError('key-reused', {
    problem: `something else was said under the key ${quote(key)}`,
    path: ['key'],
    fix: 'give every message a key of its own, and repeat one only with the same message',
  });
}

export function sessionOver(status: string): MechaneError<'session-over'> {
  return new MechaneError('session-over', {
    problem: `the session is ${status}`,
    path: ['session'],
    fix: 'make another',
  });
}

/** A message for a session that has ended. */
export function lateMessage(status: string): MechaneError<'late-message'> {
  return new MechaneError('late-message', {
    problem: `the session is ${status}`,
    path: ['message'],
    fix: 'answer before the deadline',
  });
}

export function journalSealed(): MechaneError<'not-yours'> {
  return new MechaneError('not-yours', {
    problem: 'the journal is sealed while the session is open',
    path: ['session'],
    fix: 'wait until it is closed',
  });
}

export function unknownReceipt(seq: number): MechaneError<'unknown-receipt'> {
  return new MechaneError('unknown-receipt', {
    problem: `entry ${seq} of this journal is no message`,
    path: ['seq'],
    fix: 'ask for the number in your own receipt',
  });
}

export function heldElsewhere(id: string, address: string): MechaneError<'held-elsewhere'> {
  return new MechaneError('held-elsewhere', {
    problem: `the session ${quote(id)} is open in another service`,
    path: ['session'],
    fix: `ask ${quote(address)}`,
  });
}

/** A session that cannot go on here, now: its journal cannot be read, or its mechanism is not installed. */
export function unavailable(id: string, cause: unknown): MechaneError<'unavailable'> {
  return new MechaneError('unavailable', {
    problem: `the session ${quote(id)} cannot go on at the moment`,
    path: ['session'],
    fix: 'try again in a moment; whoever runs the service finds the cause in its log',
    cause,
  });
}

export function draining(): MechaneError<'draining'> {
  return new MechaneError('draining', { problem: 'the service is going down', fix: 'try again in a moment' });
}
