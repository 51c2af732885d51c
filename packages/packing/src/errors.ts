/**
 * What this package refuses.
 *
 * @category Errors
 */
export type PackingErrorCode = 'invalid-packing' | 'refused-proof' | 'refused-selection';

/**
 * What an error says beside its code.
 *
 * @category Errors
 */
export interface PackingErrorDetails {
  /** What is wrong, as a sentence without the path. */
  readonly problem: string;
  /** Where in what was given: `['capacity', 3]`. */
  readonly path?: readonly (string | number)[];
  /** What would have been accepted. */
  readonly expected?: string;
  /** What to do next. */
  readonly fix: string;
}

/**
 * The one error that this package throws: a code to branch on, where the culprit stands, what was expected and how to mend it.
 *
 * @category Errors
 * @example
 * ```ts
 * import { PackingError, packingOf } from '@mechane/packing';
 *
 * let refused: unknown;
 * try {
 *   packingOf([1.5], [[0]], [1]);
 * } catch (error) {
 *   refused = error;
 * }
 * refused instanceof PackingError && refused.code; // => 'invalid-packing'
 * String(refused); // => 'PackingError: values.0: this is 1.5; expected a whole number, 0 or more. Fix: count in units: see unitsFor.'
 * ```
 */
export class PackingError<Code extends PackingErrorCode = PackingErrorCode> extends Error {
  readonly code: Code;
  readonly problem: string;
  readonly path: readonly (string | number)[];
  readonly expected: string | undefined;
  readonly fix: string;

  constructor(code: Code, { problem, path = [], expected, fix }: PackingErrorDetails) {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    const wanted = expected === undefined ? '' : `; expected ${expected}`;
    super(`${where}${problem}${wanted}. Fix: ${fix}.`);
    this.name = 'PackingError';
    this.code = code;
    this.problem = problem;
    this.path = path;
    this.expected = expected;
    this.fix = fix;
  }
}

/** The error for what is no packing. */
export function invalidPacking(
  path: readonly (string | number)[],
  problem: string,
  expected: string,
  fix: string,
): PackingError<'invalid-packing'> {
  return new PackingError('invalid-packing', { problem, path, expected, fix });
}

/** The error for a proof that does not prove its bound. */
export function refusedProof(problem: string): PackingError<'refused-proof'> {
  return new PackingError('refused-proof', {
    problem,
    fix: 'rely on no such bound; search again',
  });
}

/** The error for a selection that is none, or not worth what is said. */
export function refusedSelection(problem: string): PackingError<'refused-selection'> {
  return new PackingError('refused-selection', {
    problem,
    fix: 'pass the sets and the value of one result, and the packing that it is of',
  });
}
