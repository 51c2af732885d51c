import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gated, gatedIn, named } from '../mutation/names.mjs';
import { strykerPlugins } from '../mutation/prose.mjs';
import { tallied } from '../mutation/tally.mjs';
import { root } from '../root.mjs';
import { mechanisms } from './installed.ts';

describe('what is changed to see whether a test notices', () => {
  test.each([
    ['packages/core/src/play/journal.ts', 'core', ['packages/core/src/play/journal.ts']],
    ['auction-sealed/first-price', 'auction-sealed', ['packages/auction-sealed/src/first-price.ts']],
    ['auction-combinatorial/recheck', 'auction-combinatorial', ['packages/auction-combinatorial/src/recheck.ts']],
  ])('%s', (name, room, files) => {
    expect(named(root, name)).toEqual({ name, room, files });
  });
  test('of a folder, a package, or a word in names all sources but lists of exports', () => {
    const { files } = named(root, 'core');
    expect(files).toContain('packages/core/src/mechane.ts');
    expect(files).not.toContain('packages/core/src/index.ts');
    expect(named(root, 'packages/core/src/live/').files).toEqual(files.filter((file) => file.includes('/src/live/')));
    expect(named(root, 'packing/recheck').files).toContain('packages/packing/src/recheck-bound.ts');
  });
  test.each(['nothing', 'core/nothing', 'packages/core/src/nothing.ts', 'packages/core/src/li', ''])(
    '"%s" is nobody’s name',
    (name) => {
      expect(() => named(root, name)).toThrow('nothing is called');
    },
  );
  test('the gate holds core, what checks proofs, the journal, and every mechanism’s rule', () => {
    const names = gated(root);
    expect(names).toEqual(
      expect.arrayContaining(['core', 'packing/recheck', 'auction-combinatorial/recheck', 'cli/journal']),
    );
    const text = names
      .flatMap((name) => named(root, name).files)
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const missing = mechanisms.filter(({ id }) => !text.includes(`\n  id: '${id}'`)).map(({ id }) => id);
    expect(missing).toEqual([]);
  });
});

test('the gate of some packages is that of all, but for the others', () => {
  const names = gatedIn(root, ['core', 'matching']);
  expect(names).toContain('core');
  expect(names).toEqual(gated(root).filter((name) => ['core', 'matching'].includes(named(root, name).room)));
  expect(() => gatedIn(root, ['plots'])).toThrow('nothing in plots has to reach the gate');
});

test('a change that ran into its time is noticed, one that nothing covers is not, one that fits nowhere does not count', () => {
  const location = { start: { line: 1, column: 1 }, end: { line: 1, column: 7 } };
  const mutants = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'CompileError'].map((status) => {
    return { mutatorName: 'any', replacement: 'export {}', status, location };
  });
  const file = 'packages/core/src/play/settled.ts';
  const { noticed, changes, score, survivors } = tallied([file], { [file]: { mutants } });
  expect([noticed, changes, score]).toEqual([2, 4, 50]);
  const from = readFileSync(join(root, file), 'utf8').slice(0, 6).trim();
  expect(survivors).toEqual(Array(2).fill({ file, line: 1, from, to: 'export {}' }));
  expect(tallied(['no changes in it'], {}).score).toBe(100);
});

test('what is written for people is left alone, and claims to the kit; what an error says is not', () => {
  const named = (name: string) => ({ type: 'Identifier', name });
  const ignore = (node: object) => strykerPlugins[0]?.value.shouldIgnore({ node } as never);
  const describe = { type: 'MemberExpression', property: named('describe') };
  expect(ignore({ type: 'ObjectProperty', key: named('because') })).toBeTypeOf('string');
  expect(ignore({ type: 'ObjectProperty', key: named('claims') })).toBeTypeOf('string');
  const claim = { type: 'ObjectExpression', properties: [{ type: 'ObjectProperty', key: named('law') }] };
  expect(ignore(claim)).toBeTypeOf('string');
  expect(ignore({ type: 'ObjectProperty', key: named('problem') })).toBe(undefined);
  expect(ignore({ type: 'CallExpression', callee: { ...describe, object: named('amount') } })).toBeTypeOf('string');
  expect(ignore({ type: 'CallExpression', callee: { ...describe, object: { type: 'CallExpression' } } })).toBe(
    undefined,
  );
});
