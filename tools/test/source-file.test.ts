import { expect, test } from 'vitest';
import { readSourceFile } from '../check/source-file.mjs';

test('a file that does not parse is named', () => {
  expect(() => readSourceFile('src/broken.ts', 'const = 1;')).toThrow(/^src\/broken\.ts: /);
});

test('an import whose module is computed is not guessed', () => {
  expect(readSourceFile('a.ts', 'await import(name);').imports).toEqual([]);
});
