/** A key or a number in a JSON text, as it is written there. */
export interface Written {
  readonly written: string;
  readonly offset: number;
  /** The way to it, which ends with the key itself; it changes as one goes on. */
  readonly path: readonly (string | number)[];
}

/** The keys, or the numbers, of a text that is known to be JSON, in its order: what `JSON.parse` tells nobody. */
export function* writtenIn(text: string, wanted: 'keys' | 'numbers'): Generator<Written> {
  const path: (string | number)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quotation) {
      const end = endOfString(text, at);
      if (isKeyNext) {
        const written = text.slice(at, end);
        path[path.length - 1] = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
        isKeyNext = false;
        if (wanted === 'keys') yield { written, offset: at, path };
      }
      at = end - 1;
    } else if (character === brace || character === bracket) {
      isKeyNext = character === brace;
      path.push(isKeyNext ? '' : 0);
    } else if (character === brace + 2 || character === bracket + 2) {
      isKeyNext = false;
      path.pop();
    } else if (character === comma) {
      const step = path[path.length - 1];
      isKeyNext = typeof step === 'string';
      if (typeof step === 'number') path[path.length - 1] = step + 1;
    } else if (wanted === 'numbers' && (character === minus || isDigit(character))) {
      number.lastIndex = at;
      const [written] = number.exec(text) as RegExpExecArray;
      yield { written, offset: at, path };
      at += written.length - 1;
    }
  }
}

/** Behind the quotation mark with which a string ends. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let character = text.charCodeAt(at); character !== quotation; character = text.charCodeAt(at)) {
    at += character === backslash ? 2 : 1;
  }
  return at + 1;
}

function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}

const number: RegExp = /[-+.\deE]+/y;

const quotation = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const bracket = 0x5b;
const backslash = 0x5c;
const brace = 0x7b;
