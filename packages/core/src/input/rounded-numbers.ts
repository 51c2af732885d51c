import type { Path } from '../contract/mechane-error.ts';
import { writtenIn } from './written-json.ts';

/** A number in a text that no double stands for. */
export interface RoundedNumber {
  readonly written: string;
  /** What is kept of it. */
  readonly kept: number;
  readonly path: Path;
  readonly offset: number;
}

/** Numbers of sixteen characters or more, and those that may be too small: all others are kept as they are. */
const long = /\d[\d.]{15,}(?:[eE][-+]?\d+)?|\d[\d.]*[eE]-\d{3,}/g;

/** Found in far less time, and in hardly any text. */
const mayHoldRounded = /\d[\d.]{15}|[eE]-\d{3}/;

/**
 * The first number in a text that is JSON which would be another when it is read, as 1234567890.12345671 would: two that differ could count as the
 * same.
 */
export function firstRounded(text: string): RoundedNumber | undefined {
  if (!holdsRounded(text)) return undefined;
  for (const { written, path, offset } of writtenIn(text, 'numbers')) {
    if (!isKept(written)) return { written, kept: Number(written), path: [...path], offset };
  }
  return undefined;
}

/** Without a look at what is a number and what a text: that takes longer, and is rarely called for. */
function holdsRounded(text: string): boolean {
  if (!mayHoldRounded.test(text)) return false;
  for (const [written] of text.matchAll(long)) if (!isKept(written)) return true;
  return false;
}

/** More digits are not compared. */
const mostDigits = 100;

/** Whether a number is the decimal that its double is written as, or that double with as many digits as are given of it. */
function isKept(written: string): boolean {
  const value = Number(written);
  if (!Number.isFinite(value) || String(value) === written) return true;
  const decimal = decimalIn(written);
  if (decimal === decimalIn(String(value))) return true;
  const digits = written.replace(/[eE].*|\D/g, '').replace(/^0+/, '').length;
  return decimal === decimalIn(value.toPrecision(Math.min(Math.max(digits, 1), mostDigits)));
}

/** The digits of a number and where they begin, the same for 0.10 and 1e-1. */
function decimalIn(written: string): string {
  const [mantissa = '', exponent = '0'] = written.replace(/^-/, '').split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const beginsAt = Number(exponent) + digits.length - fraction.length;
  return `${digits.replace(/0+$/, '')} at ${digits === '' ? 0 : beginsAt}`;
}
