import { type MechaneError, quote } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { invalidFile } from '../errors.ts';

/** A piece of a Gambit file: a quoted text, a word or number, a brace or comma, or the end. */
export interface GambitToken {
  readonly kind: 'text' | 'word' | 'mark' | 'end';
  /** What stands there; of a quoted text, without quotes and escapes. */
  readonly value: string;
  /** Where it begins in the file, counted from 0. */
  readonly offset: number;
}

const blank = /[\s\0]*/y;
const word = /[^\s\0"{},]+/y;
const longestName = 10_000;
/** So few digits that a double holds what they say. */
const shortDecimal = /^[+-]?(?=[\d.]{1,15}$)\d+(?:\.\d*)?$/;

/**
 * Reads a Gambit file (`.nfg`, `.efg`) piece by piece: quoted texts with `\"` and `\\` in them, words and numbers, braces and commas.
 *
 * @throws MechaneError `invalid-file` with line and column, from each of its methods
 */
export class GambitTokens {
  readonly #source: string;
  #at = 0;
  #token: GambitToken;

  constructor(source: string) {
    this.#source = source.startsWith('\ufeff') ? source.slice(1) : source;
    this.#token = this.#read();
  }

  /** The next piece, which stays next. */
  get next(): GambitToken {
    return this.#token;
  }

  /** How many characters there are from here on: no more than so many numbers can follow. */
  get left(): number {
    return this.#source.length - this.#token.offset;
  }

  /** Takes the next piece, whatever it is. */
  take(): GambitToken {
    const token = this.#token;
    this.#token = this.#read();
    return token;
  }

  isMark(mark: string): boolean {
    return this.#token.kind === 'mark' && this.#token.value === mark;
  }

  /** Takes a mark if it comes next, and says whether it did. */
  skipMark(mark: string): boolean {
    if (!this.isMark(mark)) return false;
    this.take();
    return true;
  }

  takeMark(mark: string, meaning: string): void {
    if (!this.skipMark(mark)) throw this.unexpected(`${mark} ${meaning}`);
  }

  /** Takes a quoted text, such as a player's name. */
  takeText(meaning: string): string {
    if (this.#token.kind !== 'text') throw this.unexpected(`${meaning} in quotes`);
    return this.take().value;
  }

  /** Takes a quoted text if one comes next. */
  skipText(): string | undefined {
    return this.#token.kind === 'text' ? this.take().value : undefined;
  }

  /** Takes a word that is not in quotes. */
  takeWord(meaning: string): string {
    if (this.#token.kind !== 'word') throw this.unexpected(meaning);
    return this.take().value;
  }

  /** Takes a whole number from `least` on. */
  takeCount(meaning: string, least = 0): number {
    const { kind, value } = this.#token;
    const number = Number(value);
    if (kind !== 'word' || !/^\+?\d+$/.test(value) || !Number.isSafeInteger(number) || number < least) {
      throw this.unexpected(`${meaning}: a whole number, ${least} or more`);
    }
    this.take();
    return number;
  }

  /** Takes a number: an integer, a decimal or a fraction, read exactly. */
  takeNumber(meaning: string): Rational {
    const number = this.#token.kind === 'word' ? Rational.parse(this.#token.value) : undefined;
    if (number === undefined) throw this.unexpected(`${meaning}: a number such as 3, 0.25 or 1/3`);
    this.take();
    return number;
  }

  /** Takes a number as {@link takeNumber} does: as a double where that stands for just this number. */
  takePayoff(meaning: string): number | Rational {
    const { kind, value } = this.#token;
    if (kind !== 'word' || !shortDecimal.test(value)) return this.takeNumber(meaning);
    this.take();
    return Number(value);
  }

  takeEnd(): void {
    if (this.#token.kind !== 'end') throw this.unexpected('the end of the file');
  }

  /** The error for the next piece when something else should stand there. */
  unexpected(expected: string): MechaneError<'invalid-file'> {
    const { kind, value } = this.#token;
    return this.fault(kind === 'end' ? 'the file ends here' : `this is ${quote(value)}`, expected);
  }

  /** The error for a place in the file: the next piece, unless an earlier one is named. */
  fault(problem: string, expected?: string, { offset }: GambitToken = this.#token): MechaneError<'invalid-file'> {
    return invalidFile(this.#placeOf(offset), { problem, ...(expected === undefined ? {} : { expected }) });
  }

  #read(): GambitToken {
    const source = this.#source;
    blank.lastIndex = this.#at;
    blank.test(source);
    const offset = blank.lastIndex;
    const first = source[offset];
    if (first === undefined) {
      this.#at = offset;
      return { kind: 'end', value: '', offset };
    }
    if (first === '"') return this.#readText(offset);
    if (first === '{' || first === '}' || first === ',') {
      this.#at = offset + 1;
      return { kind: 'mark', value: first, offset };
    }
    word.lastIndex = offset;
    word.test(source);
    this.#at = word.lastIndex;
    return { kind: 'word', value: source.slice(offset, this.#at), offset };
  }

  #readText(offset: number): GambitToken {
    const source = this.#source;
    let value = '';
    let from = offset + 1;
    for (let at = from; at < source.length; at++) {
      const character = source[at];
      if (character === '"') {
        this.#at = at + 1;
        return { kind: 'text', value: value + source.slice(from, at), offset };
      }
      const escaped = character === '\\' ? source[at + 1] : undefined;
      if (escaped === '"' || escaped === '\\') {
        value += source.slice(from, at) + escaped;
        at += 1;
        from = at + 1;
      }
      if (at - offset > longestName) break;
    }
    const cut = source.length - offset > longestName;
    throw invalidFile(this.#placeOf(offset), {
      problem: cut ? `this text is longer than ${longestName} characters` : 'this text has no end',
      expected: 'closing quotes',
    });
  }

  #placeOf(offset: number): { readonly line: number; readonly column: number } {
    const lines = this.#source.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
  }
}

/** A text as it stands in a Gambit file, in quotes. */
export function gambitText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
