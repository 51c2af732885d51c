import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answers, mechane } from './command.ts';
import { project } from './project.ts';

interface Case {
  readonly name: string;
  readonly scenario: object;
  readonly expect: object;
}

/** Cases by hand, in decimals. */
const cases = JSON.parse(readFileSync(new URL('amounts.json', import.meta.url), 'utf8')) as Case[];
const plugins = ['auction-english', 'auction-dutch', 'market', 'adaptive'].map((room) => `@mechane/${room}`);

test('amounts written in decimals come to what one computes by hand', async () => {
  const lines = cases.map(({ scenario }) => JSON.stringify(scenario));
  const { stdout } = await mechane(['run', '--ndjson'], { cwd: project(plugins), stdin: lines.join('\n') });
  const given = answers(stdout);
  expect(given).toHaveLength(cases.length);
  for (const [index, { name, expect: expected }] of cases.entries()) expect(given[index], name).toMatchObject(expected);
});
