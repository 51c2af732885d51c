import type { Path } from '@mechane/core';
import jsonc from 'jsonc-parser';
import { deepestJson } from './json-bytes.ts';
import { shortened } from './terminal-text.ts';

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
  /** The key or index that is being read; `undefined` before the first key. */
  step: string | number | undefined;
}

/**
 * Finds the first thing wrong with a JSON text, such as a key that stands twice in an object, which `JSON.parse` passes over
 * silently. Only asked once something is known to be wrong.
 */
export function findFault(text: string): JsonFault | undefined {
  try {
    search(text);
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

function search(text: string): void {
  const open: Container[] = [];
  const refuse = (kind: JsonFault['kind'], problem: string, offset: number): never => {
    throw new Found({ kind, offset, problem, path: open.flatMap(({ step }) => step ?? []) });
  };
  const begin = (container: Container, offset: number): void => {
    open.push(container);
    // The parser calls itself for each level: before it goes too deep for the stack, it is too deep for us.
    if (open.length > deepestJson) refuse('too-deep', `it is nested more than ${deepestJson} levels deep`, offset);
  };
  const end = (): void => {
    open.pop();
  };
  const visitor: jsonc.JSONVisitor = {
    onObjectBegin: (offset) => begin({ keys: new Set(), step: undefined }, offset),
    onArrayBegin: (offset) => begin({ keys: undefined, step: 0 }, offset),
    onObjectEnd: end,
    onArrayEnd: end,
    onObjectProperty(key, offset) {
      const container = open.at(-1) as Container;
      container.step = key;
      if (container.keys?.has(key)) refuse('duplicate', 'this key stands twice in its object', offset);
      container.keys?.add(key);
    },
    onSeparator(character) {
      const container = open.at(-1) as Container;
      if (character === ',') container.step = container.keys ? undefined : (container.step as number) + 1;
    },
    onError(code, offset, length) {
      const error = jsonc
        .printParseErrorCode(code)
        .replace(/\B[A-Z]/g, ' $&')
        .toLowerCase();
      const found = inShort(text.slice(offset, offset + length));
      refuse('malformed', `${error}${error.endsWith(' expected') ? ' before' : ':'} ${found}`, offset);
    },
  };
  jsonc.visit(text, visitor, { disallowComments: true });
}

/** What the parser came upon, so that it can be seen. */
function inShort(token: string): string {
  const [first = ''] = token;
  if (first === '') return 'the end';
  if (first >= '!' && first <= '~') return shortened(token, 20);
  return `the character U+${(first.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
