import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { asAssertions, examplesIn } from '../documented-examples.mjs';
import { root } from '../root.mjs';

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const modules = mkdtempSync(join(cache, 'documented-examples-'));
afterAll(() => rmSync(modules, { recursive: true, force: true }));

const documents = ['README.md', ...below('docs'), ...below('bench'), ...below('packages')].filter((file) =>
  /(^|\/)src\/.*\.ts$|\.md$/.test(file),
);

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => !/\/(node_modules|dist|templates)\//.test(file))
    .sort();
}

const examples = documents.flatMap((file) =>
  examplesIn(readFileSync(join(root, file), 'utf8')).map(({ line, code }) => ({ place: `${file}:${line}`, code })),
);

test.each(examples)('the example at $place does what it says', async ({ place, code }) => {
  const module = join(modules, `${place.replaceAll(/\W/g, '-')}.ts`);
  writeFileSync(module, asAssertions(code));
  await import(module);
});

describe('examples', () => {
  test('are found in comments and in prose, if they import what they use', () => {
    const text = [
      '/**',
      ' * ```ts',
      " * import { one } from './one.ts';",
      ' *',
      ' * one; // => 1',
      ' * ```',
      ' */',
      '```ts',
      'sketch();',
      '```',
      '```ts',
      "import './two.ts';",
      '```',
    ].join('\n');
    expect(examplesIn(text)).toEqual([
      { line: 3, code: "import { one } from './one.ts';\n\none; // => 1\n" },
      { line: 12, code: "import './two.ts';\n" },
    ]);
  });

  test('assert what stands behind the arrow', () => {
    expect(asAssertions("const a = 1;\n  a + 1; // => 2\nawait a // => 'x; y'")).toContain(
      "const a = 1;\n  __expect(a + 1).toEqual(2);\n__expect(await a).toEqual('x; y');",
    );
  });
});
