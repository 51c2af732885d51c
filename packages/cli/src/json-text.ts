import { isUtf8 } from 'node:buffer';
import { countKeys, firstRounded, inWrittenOrder } from '@mechane/core/host';
import type { CliError, Place } from './cli-error.ts';
import {
  byteOrderMark,
  duplicateKey,
  emptyInput,
  malformedJson,
  notUtf8,
  roundedAmount,
  tooDeep,
  tooLarge,
} from './errors.ts';
import { countMembers } from './json-bytes.ts';
import { findFault, type JsonFault } from './json-fault.ts';

/** The bytes in one text beyond which it is refused: a string in JavaScript has its limit not far above. */
export const largestText: number = 256 * 1024 * 1024;

/**
 * Parses a JSON text strictly: UTF-8 without a byte order mark, no key twice in an object, at most 500 levels deep.
 *
 * `line` is the number of the text's first line in its file.
 *
 * @throws CliError `empty-input`, `byte-order-mark`, `not-utf8`, `malformed-json`, `imprecise-amount`, `duplicate-agent`, `duplicate-key`,
 * `too-deep` or `too-large`, with line and column.
 */
export function parseJson(bytes: Buffer, line = 1): unknown {
  const { length } = bytes;
  if (length > largestText) throw tooLarge(largestText, { line });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw byteOrderMark(line);
  if (!isUtf8(bytes)) throw encodingFault(bytes, line);
  return parseUtf8(bytes, 0, length, line);
}

/**
 * A text that need not be JSON.
 *
 * @throws CliError `not-utf8` or `too-large`.
 */
export function decodeText(bytes: Buffer): string {
  if (bytes.length > largestText) throw tooLarge(largestText);
  if (!isUtf8(bytes)) throw encodingFault(bytes, 1);
  return bytes.toString('utf8');
}

/**
 * The value of JSON in a part of a buffer that is known to be UTF-8; numbers as they are written, the reports of a scenario in the order in which the text has them.
 *
 * @throws CliError with the code of what is wrong and its place.
 */
export function parseUtf8(bytes: Buffer, start: number, end: number, line: number): unknown {
  const members = countMembers(bytes, start, end);
  const text = bytes.toString('utf8', start, end);
  if (members < 0) throw faultIn(text, line);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw faultIn(text, line, cause);
  }
  if (countKeys(value) !== members) throw faultIn(text, line);
  if (!isGame(value)) {
    const rounded = firstRounded(text);
    if (rounded !== undefined) throw roundedAmount(rounded, placeOf(text, rounded.offset, line));
  }
  return inWrittenOrder(value, text);
}

/**
 * JSON that was typed as a part of the command line; `undefined` where it is none.
 *
 * @throws CliError `imprecise-amount`
 */
export function typedJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const rounded = firstRounded(text);
  if (rounded !== undefined) throw roundedAmount({ ...rounded, path: [] }, {});
  return value;
}

/** Whether numbers are read exactly by whoever is given the text: games are, which name no mechanism. */
function isGame(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'players' in value && !('mechanism' in value);
}

function faultIn(text: string, line: number, cause?: unknown): CliError {
  if (text.trim() === '') return emptyInput(line);
  const fault: JsonFault = findFault(text) ?? { kind: 'malformed', offset: 0, path: [], problem: 'this is not JSON' };
  const { kind, path, problem, offset } = fault;
  const place = placeOf(text, offset, line);
  if (kind === 'too-deep') return tooDeep(problem, path, place);
  if (kind === 'duplicate') return duplicateKey(problem, path, place);
  return malformedJson(problem, path, place, cause);
}

function placeOf(text: string, offset: number, firstLine: number): Place {
  let line = firstLine;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

function encodingFault(bytes: Buffer, line: number): CliError {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const before = validBeginning(bytes);
  return notUtf8(isUtf16, placeOf(before, before.length, line));
}

/** The text up to the first byte that is not UTF-8. Where decoding put a replacement character that the bytes do not hold. */
function validBeginning(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  let [at, byte] = [0, 0];
  for (;;) {
    const replaced = text.indexOf('\ufffd', at);
    byte += Buffer.byteLength(text.slice(at, replaced));
    if (bytes.toString('latin1', byte, byte + 3) !== '\xef\xbf\xbd') return text.slice(0, replaced);
    at = replaced + 1;
    byte += 3;
  }
}
