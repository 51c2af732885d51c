/** By this, core's `isMechaneError` knows errors of every package and copy. */
const brand: unique symbol = Symbol.for('mechane/error');

interface Details {
  readonly problem: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly expected?: string | undefined;
  readonly fix?: string | undefined;
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/**
 * An error as a service reports it.
 *
 * @category Errors
 */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  /** Where in the input it lies. */
  readonly path: readonly (string | number)[];
  readonly expected?: string;
  readonly fix?: string;
}

/**
 * What a service has refused, with the code that it gave, or what is wrong with the service itself: `unreachable`, `no-service`,
 * `false-receipt`, `false-proof`, `cannot-verify`, `unreadable-token`, `missing-token`. It says what to do next.
 *
 * @category Errors
 */
export class ServiceError extends Error {
  readonly code: string;
  /** Where in the input the error lies: `['message', 'bid']`. */
  readonly path: readonly (string | number)[];
  readonly expected: string | undefined;
  readonly fix: string | undefined;
  /** The HTTP status, where the service has answered. */
  readonly status: number | undefined;

  /** @param sentence all of it as a service has put it, where it has */
  constructor(code: string, { problem, path = [], expected, fix, status, cause }: Details, sentence?: string) {
    super(sentence ?? `${problem}.${fix === undefined ? '' : ` Fix: ${fix}.`}`, cause === undefined ? {} : { cause });
    this.name = 'ServiceError';
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    this.path = path;
    this.expected = expected;
    this.fix = fix;
    this.status = status;
  }

  toJSON(): ErrorReport {
    const { code, message, path, expected, fix } = this;
    return {
      code,
      message,
      path,
      ...(expected === undefined ? {} : { expected }),
      ...(fix === undefined ? {} : { fix }),
    };
  }
}

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

/** What a service has answered with a problem (RFC 9457); `undefined` where it is none. */
export function refusedBy(status: number, answer: unknown): ServiceError | undefined {
  const { code, message, path, expected, fix } = (answer ?? {}) as Partial<ErrorReport>;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return new ServiceError(code, { problem: message, path, expected, fix, status }, message);
}

export function unreachable(url: string, cause: unknown): ServiceError {
  return new ServiceError('unreachable', {
    problem: `${url} cannot be reached, or its answers are lost`,
    fix: 'see whether the service runs and the address is right, and try again: under the same key, what was said counts once',
    cause,
  });
}

export function noService(url: string, problem: string, status?: number): ServiceError {
  return new ServiceError('no-service', {
    problem: `${url} does not answer as a service of Mechane: ${problem}`,
    fix: 'give the address of the service itself, without the path of a session, and see what stands between',
    status,
  });
}

export function unreadableToken(): ServiceError {
  return new ServiceError('unreadable-token', {
    problem: 'this token does not say which session it is for, and which agent',
    path: ['token'],
    fix: 'copy it whole, as POST /sessions or join gave it, or give { session, agent } with it',
  });
}

export function missingAdminToken(): ServiceError {
  return new ServiceError('missing-token', {
    problem: 'only the admin may do this',
    path: ['adminToken'],
    fix: 'give the token of the admin: connect(url, { adminToken })',
  });
}

/** A receipt with which nobody could hold the service to its word. */
export function falseReceipt(problem: string): ServiceError {
  return new ServiceError('false-receipt', {
    problem: `the receipt is false: ${problem}`,
    path: ['receipt'],
    fix: 'do not count on this message; keep the receipt, and ask whoever runs the service whether its key has changed',
  });
}

export function falseProof(problem: string): ServiceError {
  return new ServiceError('false-proof', {
    problem: `the proof is false: ${problem}`,
    path: ['proof'],
    fix: 'keep the receipt, which is signed, and hold it against the journal: mechane replay JOURNAL --receipt FILE',
  });
}

export function cannotVerify(cause: unknown): ServiceError {
  return new ServiceError('cannot-verify', {
    problem: 'receipts cannot be checked here: Ed25519 or WebCrypto is missing, or the key is none',
    fix: 'use Node 20.19, a newer browser or a page from https, or give up the check: connect(url, { verify: false })',
    cause,
  });
}
