import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The blocks of a language in the README, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

test('the scenario in the README gives what the README shows', async () => {
  const [scenario = ''] = blocks('json');
  const [played = '', swept = '', refused = ''] = blocks('console');
  const cwd = project(['@mechane/auction-sealed'], {
    'auction.json': scenario,
    'bad/auction.json': scenario.replace('reserve', 'reserv'),
  });
  const good = await mechane(['run', 'auction.json'], { cwd });
  expect(good.stdout.trimEnd()).toBe(played.split('\n').slice(1).join('\n').trimEnd());
  const [command = '', ...rows] = swept.trimEnd().split('\n');
  const sweep = await mechane(command.replace(/^\$ npx mechane /, '').split(' '), { cwd });
  expect(sweep.stdout.split('\n').slice(0, rows.length - 1)).toEqual(rows.slice(0, -1));
  const bad = await mechane(['run', 'auction.json'], { cwd: `${cwd}/bad` });
  expect(bad.stderr).toContain(refused.split('\n')[1]);
});

test('the README names every code of the command', () => {
  const source = readFileSync(new URL('../src/cli-error.ts', import.meta.url), 'utf8');
  const [, union = ''] = /CliErrorCode =([^;]*);/.exec(source) ?? [];
  const codes = [...union.matchAll(/'([a-z0-9-]+)'/g)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(10);
  for (const code of codes) expect(readme).toMatch(new RegExp(`^\\|.*\`${code}\``, 'm'));
});
