import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bars, sparkline } from '../src/small-pictures.ts';
import { styleFor } from '../src/style.ts';
import { wrapped } from '../src/terminal-text.ts';
import { mechane, scenario } from './command.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const plain = styleFor({}, {});
const auction = scenario({ ann: { bid: 5 }, bob: { bid: 20 }, eve: { bid: 10 } });
const pennies = '{"players":["even","odd"],"payoffs":[[[3,-1],[-1,1]],[[-1,1],[1,-1]]]}';
const experiment = JSON.stringify({
  arms: [{ mechanism: 'auction-sealed/first-price' }, { mechanism: 'auction-sealed/second-price' }],
  population: { bidders: [{ kind: 'hedge', count: 2, values: { kind: 'uniform', low: 0, high: 1 } }] },
  rounds: 2000,
  seed: 1,
});
/** What is typed, with what it reads, and what a terminal shows of it. */
const drawing: readonly (readonly [argv: readonly string[], stdin: string, title: string])[] = [
  [['run', '-'], auction, 'what each bids, in units of money'],
  [['solve', '-'], pennies, 'what result 0 plays, with which probability'],
  [['simulate', '-'], experiment, 'how many rounds each arm was played'],
];

describe.each(drawing)('%j', (argv, stdin, title) => {
  test('draws a small picture on a terminal, which says what its numbers are', async () => {
    const { stdout } = await mechane(argv, { stdin, cwd: root, stdoutIsTerminal: true });
    expect(stdout).toContain(title);
    expect(stdout).toMatch(/█{3}/);
  });

  test.each([
    ['in a pipe', argv, {}],
    ['as JSON', [...argv, '--json'], { stdoutIsTerminal: true }],
    ['on a terminal that cannot', argv, { stdoutIsTerminal: true, env: { TERM: 'dumb' } }],
  ])('draws nothing %s', async (_, typed, situation) => {
    const { stdout } = await mechane(typed, { stdin, cwd: root, ...situation });
    expect(stdout).not.toContain(title);
    expect(stdout).not.toMatch(/[█▁]/);
  });

  test.each([40, 60, 100])('breaks lines between words where the terminal has %i columns', async (columns) => {
    const { stdout } = await mechane(argv, { stdin, cwd: root, stdoutIsTerminal: true, columns });
    for (const line of stripVTControlCharacters(stdout).split('\n'))
      if (line.trim().includes(' ')) expect(line.length, line).toBeLessThanOrEqual(columns);
  });
});

describe('bars', () => {
  const bar = (name: string, value: number) => ({ name, value, words: String(value) });
  const filled = (line: string | undefined): number => line?.match(/█/g)?.length ?? 0;

  test('are as long as their values', () => {
    const [, half, whole, none] = bars('title', [bar('a', 10), bar('b', 20), bar('c', 0)], 60, plain).split('\n');
    expect(filled(whole)).toBe(40);
    expect(filled(half)).toBe(20);
    expect(filled(none)).toBe(0);
  });

  test('show what is small by a part of a character', () => {
    expect(bars('title', [bar('a', 1), bar('b', 1000)], 60, plain)).toContain('▏');
  });

  test('are left out where nothing is positive, something is negative, or there is no room', () => {
    expect(bars('title', [bar('a', 0)], 60, plain)).toBe('');
    expect(bars('title', [bar('a', -1), bar('b', 2)], 60, plain)).toBe('');
    expect(bars('title', [bar('a', Number.NaN), bar('b', 2)], 60, plain)).toBe('');
    expect(bars('title', [bar('a', 2)], 12, plain)).toBe('');
    expect(bars('title', [], 60, plain)).toBe('');
  });

  test('of very many say how many are left out, and no name commands the terminal', () => {
    const many = bars(
      'title',
      Array.from({ length: 30 }, (_, place) => bar(`\u001b[2J${place}`, place + 1)),
      80,
      plain,
    );
    expect(many).toContain('… and 6 more');
    expect(many).not.toContain('\u001b[2J');
  });
});

describe('a sparkline', () => {
  test('has a column a value, the lowest and the highest at its ends', () => {
    expect(sparkline([0, 7, 3.5], String)).toBe('▁█▅  from 0 to 7');
  });

  test('is left out where there is nothing to compare', () => {
    expect(sparkline([1], String)).toBe('');
    expect(sparkline([2, 2, 2], String)).toBe('');
    expect(sparkline([Number.NaN, 1], String)).toBe('');
  });
});

describe('a line that is too long', () => {
  test('goes on further in, and keeps its words', () => {
    expect(wrapped('  one two three four\nfive', 12)).toBe('  one two\n    three\n    four\nfive');
  });

  test('is let be where it has no blank', () => {
    expect(wrapped('abcdefghij', 4)).toBe('abcdefghij');
  });
});

test('a run without one number a report is drawn by what is paid', async () => {
  const goods = { mechanism: 'auction-combinatorial/first-price', settings: { goods: ['A', 'B'] } };
  const reports = { ann: { xor: [{ bundle: ['A'], value: 4 }] }, bob: { xor: [{ bundle: ['B'], value: 8 }] } };
  const stdin = JSON.stringify({ ...goods, reports });
  const { stdout } = await mechane(['run', '-'], { stdin, cwd: root, stdoutIsTerminal: true });
  expect(stdout).toContain('what each pays, in units of money');
});

test('a tree is drawn by its information sets, and a game with pure equilibria only by words', async () => {
  const file = 'docs/scenarios/games/poker.efg';
  const { stdout } = await mechane(['solve', file], { cwd: root, stdoutIsTerminal: true });
  expect(stdout).toMatch(/first, queen: bet +█+.? +1\/3/);
  const dilemma = '{"players":["a","b"],"payoffs":[[[-1,-10],[0,-8]],[[-1,0],[-10,-8]]]}';
  const pure = await mechane(['solve', '-'], { stdin: dilemma, cwd: root, stdoutIsTerminal: true });
  expect(pure.stdout).not.toContain('probability');
});
