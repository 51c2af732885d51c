import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CliError } from '../src/cli-error.ts';
import { findFault } from '../src/json-fault.ts';
import { largestText, parseJson } from '../src/json-text.ts';

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
  test('whatever JSON.stringify writes is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(parsed(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a text is refused exactly when JSON.parse refuses it or a key stands twice', () => {
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
    ['{"a" 1}', 'a colon is missing before 1', 6],
    ['{"a": 1,}', 'a key in double quotes is missing before }', 9],
    ['{a: 1}', 'a is not JSON', 2],
    ["{'a': 1}", "' is not JSON", 2],
    ['[1,]', 'a value is missing before ]', 4],
    ['[1 2]', 'a comma or ] is missing before 2', 4],
    ['{"a":1 "b"', 'a comma or } is missing before "', 8],
    ['[1', 'a comma or ] is missing before the end', 3],
    ['1 2', 'the JSON has ended, but 2 follows', 3],
    ['{"a":1}}', 'the JSON has ended, but } follows', 8],
    ['"a\nb"', 'a text has a line break or control character in it', 3],
    ['"a\\x"', 'a text has a backslash that escapes nothing', 3],
    ['"a', 'a text in double quotes is never closed', 1],
    ['// note', '/ is not JSON', 1],
    ['[undefined]', 'undefined is not JSON', 2],
    ['{}\u00a0', 'the character U+00A0 is not JSON', 3],
    ['\u{1f600}', 'the character U+1F600 is not JSON', 1],
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
    expect(() => parseJson(zeros)).toThrow(/larger than 256 MiB/);
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
