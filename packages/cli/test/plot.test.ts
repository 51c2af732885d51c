import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mechane, scenario } from './command.ts';
import { project } from './project.ts';

const sealed = '@mechane/auction-sealed';
const bids = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };

describe('mechane run --plot', () => {
  const files = { 'one.json': scenario(bids), 'two.json': scenario({ zoe: { bid: 3 } }) };
  const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');

  test('writes the picture beside what it prints', async () => {
    const cwd = project([sealed], files);
    const { exitCode, stdout, stderr } = await mechane(['run', 'one.json', '--plot', 'out.svg'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}winner +bob$/m);
    expect(read(cwd, 'out.svg')).toMatch(/^<svg [\s\S]*<title [^>]*>bob wins and pays 12<\/title>/);
  });

  test('writes several pictures into one page', async () => {
    const cwd = project([sealed], files);
    await mechane(['run', 'one.json', 'two.json', '--plot', 'out.html'], { cwd });
    expect(read(cwd, 'out.html').match(/<svg/g)).toHaveLength(2);
  });

  test('writes the numbers as CSV', async () => {
    const cwd = project([sealed], files);
    await mechane(['run', 'one.json', '--plot', 'out.csv'], { cwd });
    expect(read(cwd, 'out.csv')).toContain('bob,15,12,yes');
  });

  test.each([
    [['one.json'], 'out.png', /^error invalid-option: --plot out\.png: no format is named so/],
    [['one.json', 'two.json'], 'out.svg', /holds one picture, not 2.*Fix: name it pictures\.html/],
    [['one.json'], 'missing/out.svg', /^error cannot-write/],
  ])('of %j to %s says what is wrong', async (scenarios, file, said) => {
    const cwd = project([sealed], files);
    const { exitCode, stderr } = await mechane(['run', ...scenarios, '--plot', file], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(said);
  });
});
