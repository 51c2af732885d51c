import type { Path } from '@mechane/core';
import { deepestJson } from './json-bytes.ts';

/** What is wrong with a JSON text, at an offset in UTF-16 units. */
export interface JsonFault {
  readonly kind: 'malformed' | 'duplicate' | 'too-deep';
  readonly offset: number;
  readonly path: Path;
  readonly problem: string;
}

interface Container {
  /** The keys so far; `undefined` in an array. */
  readonly keys: Set<string> | undefined;
  /** The key or index that is being read; `undefined` before the first key and between a comma and the next. */
  step: string | number | undefined;
}

type Token = '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'other' | 'end';

const blank: RegExp = /[ \t\n\r]*/y;
const literal: RegExp = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word: RegExp = /[-+.\w$]{1,20}/y;

/**
 * Finds the first thing wrong with a JSON text, such as a key that stands twice in an object, which `JSON.parse` passes over
 * silently. Only asked once something is known to be wrong, and without recursion, so that no text can exhaust the stack.
 */
export function findFault(text: string): JsonFault | undefined {
  try {
    new Walk(text).walk();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Found) return thrown.fault;
    throw thrown;
  }
}

class Found extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.problem);
    this.fault = fault;
  }
}

class Walk {
  readonly #text: string;
  readonly #open: Container[] = [];
  /** Where the token just read begins, and where the next may. */
  #start = 0;
  #next = 0;

  constructor(text: string) {
    this.#text = text;
  }

  walk(): void {
    do {
      this.#value();
      while (this.#open.length > 0 && !this.#another());
    } while (this.#open.length > 0);
    if (this.#token() !== 'end') this.#refuse(`the JSON has ended, but ${this.#found()} follows`);
  }

  /** Reads a value, down to the first that is no filled container. */
  #value(): void {
    for (;;) {
      const token = this.#token();
      if (token === 'text' || token === 'other') return;
      if (token !== '{' && token !== '[') this.#refuse(`a value is missing before ${this.#found()}`);
      this.#open.push(token === '{' ? { keys: new Set(), step: undefined } : { keys: undefined, step: 0 });
      if (this.#open.length > deepestJson)
        this.#refuse(`it is nested more than ${deepestJson} levels deep`, 'too-deep');
      const resume = this.#next;
      const closing = this.#token() === (token === '{' ? '}' : ']');
      if (closing) {
        this.#open.pop();
        return;
      }
      this.#next = resume;
      if (token === '{') this.#key();
    }
  }

  /** After a value: whether another follows in the same container, which is closed otherwise. */
  #another(): boolean {
    const container = this.#open.at(-1) as Container;
    const token = this.#token();
    if (token === (container.keys ? '}' : ']')) {
      this.#open.pop();
      return false;
    }
    if (token !== ',') this.#refuse(`a comma or ${container.keys ? '}' : ']'} is missing before ${this.#found()}`);
    if (container.keys) this.#key();
    else container.step = (container.step as number) + 1;
    return true;
  }

  #key(): void {
    const container = this.#open.at(-1) as Container;
    container.step = undefined;
    if (this.#token() !== 'text') this.#refuse(`a key in double quotes is missing before ${this.#found()}`);
    const start = this.#start;
    const key = JSON.parse(this.#text.slice(start, this.#next)) as string;
    container.step = key;
    if (container.keys?.has(key)) this.#refuse('this key stands twice in its object', 'duplicate');
    container.keys?.add(key);
    if (this.#token() !== ':') this.#refuse(`a colon is missing before ${this.#found()}`);
  }

  #token(): Token {
    blank.lastIndex = this.#next;
    blank.test(this.#text);
    this.#start = blank.lastIndex;
    const character = this.#text[this.#start];
    this.#next = this.#start + 1;
    if (character === undefined) return 'end';
    if (isPunctuation(character)) return character;
    if (character === '"') return this.#textEnd();
    literal.lastIndex = this.#start;
    if (!literal.test(this.#text)) this.#refuse(`${this.#found()} is not JSON`);
    this.#next = literal.lastIndex;
    return 'other';
  }

  #textEnd(): 'text' {
    for (let at = this.#start + 1; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit === 0x22) {
        this.#next = at + 1;
        return 'text';
      }
      if (unit < 0x20) this.#refuse('a text has a line break or control character in it', 'malformed', at);
      if (unit !== 0x5c) continue;
      if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(this.#text.slice(at + 1, at + 6))) {
        this.#refuse('a text has a backslash that escapes nothing', 'malformed', at);
      }
      at += 1;
    }
    return this.#refuse('a text in double quotes is never closed');
  }

  /** The token just read, in words. */
  #found(): string {
    word.lastIndex = this.#start;
    const [first] = word.exec(this.#text) ?? [];
    if (first !== undefined) return first;
    const character = this.#text.codePointAt(this.#start);
    if (character === undefined) return 'the end';
    if (character > 0x20 && character < 0x7f) return String.fromCharCode(character);
    return `the character U+${character.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  #refuse(problem: string, kind: JsonFault['kind'] = 'malformed', offset: number = this.#start): never {
    throw new Found({ kind, offset, problem, path: this.#open.flatMap(({ step }) => step ?? []) });
  }
}

function isPunctuation(character: string): character is '{' | '}' | '[' | ']' | ':' | ',' {
  return '{}[]:,'.includes(character);
}
