const longestQuote = 60;

/**
 * What cannot be read as a number exactly.
 *
 * @category Exact numbers
 */
export class InvalidNumber extends RangeError {
  readonly code: 'invalid-number' = 'invalid-number';
  /** What was to be read, as text. */
  readonly given: string;

  constructor(given: string) {
    const shown = given.length > longestQuote ? `${given.slice(0, longestQuote)}…` : given;
    super(
      `${JSON.stringify(shown)} is no number that can be read exactly; expected a finite number, a decimal such as "0.25" or a fraction such as "1/3".`,
    );
    this.name = 'InvalidNumber';
    this.given = given;
  }
}
