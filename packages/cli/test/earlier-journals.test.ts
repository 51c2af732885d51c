import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { untimed } from './journal-lines.ts';
import { project } from './project.ts';

/*
 * Journals as earlier versions wrote them, kept as they are: what was recorded once is audited, and goes on, for ever. Whatever changes in how
 * journals are written, these files do not; a new format gets files of its own beside them.
 */
const folder = fileURLToPath(new URL('journals/', import.meta.url));
const plugins = ['@mechane/auction-english', '@mechane/auction-sealed', '@mechane/market'];

/** What came out, as the rules have it. */
const expected: Readonly<Record<string, object>> = {
  // Steps of .25 from .5: both are in at 1.25 and out at 1.5, and the lot of seed 7 falls on 1042.
  'clock-format-2.jsonl': { winner: '1042', payment: 1.25, payments: { zoe: 0, '1042': 1.25, '7': 0 } },
  'sealed-format-2.jsonl': { winner: 'ann', payment: 0.2, winningValue: { rate: 0.8 } },
  // Bob takes one at 10.05; eve takes the two at 9.90 and then, of four, the two left at 10.05.
  'book-format-2.jsonl': {
    trades: [
      { buyer: 'bob', seller: 'ann', price: 10.05, quantity: 1 },
      { buyer: 'eve', seller: 'ann', price: 9.9, quantity: 2 },
      { buyer: 'eve', seller: 'ann', price: 10.05, quantity: 2 },
    ],
  },
};

describe.each(Object.keys(expected))('%s', (name) => {
  test('is audited to what came out then', async () => {
    const cwd = project(plugins);
    cpSync(`${folder}${name}`, `${cwd}/run.jsonl`);
    const { exitCode, stdout, stderr } = await mechane(['replay', 'run.jsonl', '--json'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout).outcome).toMatchObject(expected[name] as object);
  });
  test('that was cut off after any line goes on to the same', async () => {
    const cwd = project(plugins);
    const text = readFileSync(`${folder}${name}`, 'utf8');
    const lines = text.split('\n').slice(0, -1);
    for (let kept = 1; kept < lines.length; kept++) {
      writeFileSync(`${cwd}/run.jsonl`, `${lines.slice(0, kept).join('\n')}\n{"seq":`);
      const { exitCode, stdout, stderr } = await mechane(['resume', 'run.jsonl', '--json'], { cwd });
      expect({ exitCode, stderr }, `after line ${kept}`).toEqual({ exitCode: 0, stderr: '' });
      expect(JSON.parse(stdout).outcome).toMatchObject(expected[name] as object);
      expect(untimed(readFileSync(`${cwd}/run.jsonl`, 'utf8'))).toEqual(untimed(text));
    }
  });
});
