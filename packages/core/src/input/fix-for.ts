import type * as z from 'zod';
import { kindInWords, listed } from './in-words.ts';

type Issue = z.core.$ZodIssue;

/** What to do about a value that a schema does not take, as far as the schema knows; `wanted` is what it takes, in words. */
export function fixFor(issue: Issue, given: unknown, wanted: readonly string[]): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return isQuotedNumber(issue, given) ? `write ${given.trim()} without quotes` : give(wantedType(issue, wanted));
    case 'too_small':
      return give(bound(issue.minimum, issue.origin, issue.inclusive ? ['', ' or more'] : ['more than ', '']));
    case 'too_big':
      return give(bound(issue.maximum, issue.origin, issue.inclusive ? ['', ' or less'] : ['less than ', '']));
    case 'custom':
      return give(/^expected (.+)$/s.exec(issue.message)?.[1] ?? '');
    default:
      return give(listed(wanted));
  }
}

/** A whole number is a number to whoever asks for its type. */
function wantedType({ expected }: z.core.$ZodIssueInvalidType, wanted: readonly string[]): string {
  return (expected === 'int' ? '' : listed(wanted)) || kindInWords(expected);
}

function give(wanted: string): string | undefined {
  return wanted === '' ? undefined : `give ${wanted}`;
}

const longestNumber = 30;
const writtenNumber = /^\s*-?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/;

function isQuotedNumber(issue: z.core.$ZodIssueInvalidType, given: unknown): given is string {
  const isNumber = issue.expected === 'number' || issue.expected === 'int';
  return isNumber && typeof given === 'string' && given.length <= longestNumber && writtenNumber.test(given);
}

/** A number, or how many there may be of what is counted. */
function bound(number: number | bigint, counted: string, [before, behind]: readonly [string, string]): string {
  const things = { string: ' characters', array: ' of them', set: ' of them', map: ' of them' }[counted] ?? '';
  const how = things === '' ? behind : behind.replace('less', 'fewer');
  return `${before}${number}${how}${things}`;
}
