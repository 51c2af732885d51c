import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CliError } from '../src/cli-error.ts';
import { findFault } from '../src/json-fault.ts';
import { decodeText, largestText, parseJson } from '../src/json-text.ts';

function parsed(text: string): unknown {
  return parseJson(Buffer.from(text));
}

function faultOf(text: string): CliError {
  try {
    parsed(text);
  } catch (thrown) {
    if (thrown instanceof CliError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}

describe('JSON is read strictly', () => {
  test('whatever JSON.stringify writes is read as JSON.parse reads it', { tags: ['long'] }, () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(parsed(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a text is refused exactly when JSON.parse refuses it or a key stands twice', { tags: ['long'] }, () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"a"',
        '"b"',
        '"\\u0061"',
        '1',
        '-0.5e+3',
        '01',
        '1.',
        'true',
        'nul',
        '"',
        '\\',
        ' ',
        '\n',
        '\t',
        "'",
        '\u0001',
        '\u00a0',
        '\u2028',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const accepted = accepts(text);
        const fault = findFault(text);
        if (accepted) expect([undefined, 'duplicate']).toContain(fault?.kind);
        else expect(['malformed', 'duplicate', 'too-deep']).toContain(fault?.kind);
        expect(refuses(text)).toBe(fault !== undefined);
      }),
      { numRuns: 3000 },
    );
  });

  test('a key that stands twice is found wherever it is', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.json({ maxDepth: 2 }),
        fc.constantFrom('k', '__proto__', 'é', '"'),
        (a, b, key) => {
          const written = JSON.stringify(key);
          const { code, path } = faultOf(`{"x": [${a}, {${written}: ${b}, ${written}: 1}]}`);
          expect(code).toBe('duplicate-key');
          expect(path).toEqual(['x', 1, key]);
        },
      ),
    );
  });

  test.each([
    ['{"a" 1}', 'colon expected before 1', 6],
    ['{"a": 1,}', 'property name expected before }', 9],
    ['{a: 1}', 'invalid symbol: a', 2],
    ["{'a': 1}", "invalid symbol: 'a'", 2],
    ['[1,]', 'value expected before ]', 4],
    ['[1 2]', 'comma expected before 2', 4],
    ['{"a":1 "b"', 'comma expected before "b"', 8],
    ['[1', 'close bracket expected before the end', 3],
    ['1 2', 'end of file expected before 2', 3],
    ['{"a":1}}', 'end of file expected before }', 8],
    ['"a\nb"', 'unexpected end of string: "a', 1],
    ['"a\tb"', 'invalid character: "a\tb"', 1],
    ['"a\\\\\\x"', 'invalid escape character: "a\\\\\\x"', 1],
    ['"é\\u12"', 'invalid unicode: "é\\u12"', 1],
    ['"a', 'unexpected end of string: "a', 1],
    ['[1.]', 'unexpected end of number: 1.', 2],
    ['// note', 'invalid comment token: // note', 1],
    ['[undefined]', 'invalid symbol: undefined', 2],
    ['{}\u00a0', 'invalid symbol: the character U+00A0', 3],
    ['\u{1f600}', 'invalid symbol: the character U+1F600', 1],
  ])('says of %j that %s', (text, problem, column) => {
    const fault = faultOf(text);
    expect(fault.code).toBe('malformed-json');
    expect(fault.message).toContain(problem);
    expect(fault.place.column).toBe(column);
  });

  test('counts lines from 1, and columns in UTF-16 units', () => {
    expect(faultOf('{\n"😀": 1,\n "é": x}').place).toEqual({ line: 3, column: 7 });
    expect(faultOf('{\r\n  x').place).toEqual({ line: 2, column: 3 });
  });

  test('a text larger than a string may be is refused before it is one', () => {
    const zeros = Buffer.alloc(largestText + 1);
    for (const read of [parseJson, decodeText]) expect(() => read(zeros)).toThrow(/larger than 256 MiB/);
  });

  test('500 levels are not too deep', () => {
    const levels = (count: number): string => '['.repeat(count) + ']'.repeat(count);
    expect(parsed(levels(500))).toBeInstanceOf(Array);
    expect(faultOf(levels(501)).code).toBe('too-deep');
    expect(faultOf(`"x${levels(501)}`).code).toBe('malformed-json');
  });
});

function accepts(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function refuses(text: string): boolean {
  try {
    parsed(text);
    return false;
  } catch {
    return true;
  }
}
