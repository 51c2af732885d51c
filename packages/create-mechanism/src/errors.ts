/** Every code that `create-mechanism` ends with. */
export type CreateErrorCode =
  | 'folder-not-empty'
  | 'interrupted'
  | 'internal'
  | 'invalid-name'
  | 'invalid-option'
  | 'missing-answer'
  | 'unexpected-argument'
  | 'unknown-option';

export interface CreateErrorDetails {
  readonly problem: string;
  readonly expected?: string;
  readonly fix?: string;
}

/** A refusal that says what is wrong, what was expected, and how to mend it. */
export class CreateError extends Error {
  override readonly name = 'CreateError';
  readonly code: CreateErrorCode;
  readonly expected: string | undefined;
  readonly fix: string | undefined;

  constructor(code: CreateErrorCode, { problem, expected, fix }: CreateErrorDetails) {
    super(
      `${problem}.${expected === undefined ? '' : ` Expected ${expected}.`}${fix === undefined ? '' : ` Fix: ${fix}.`}`,
    );
    this.code = code;
    this.expected = expected;
    this.fix = fix;
  }
}

/** What went wrong, as one line for a terminal. What is no coded error is a defect of ours. */
export function errorLine(thrown: unknown): string {
  if (thrown instanceof CreateError) return `${thrown.code}: ${thrown.message}`;
  const [said = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1);
  return `internal: ${said}. Fix: report it: https://github.com/mechane/mechane/issues.`;
}
