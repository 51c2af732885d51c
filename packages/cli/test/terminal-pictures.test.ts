import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Simulation } from '@mechane/adaptive';
import type { RunResult } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { equilibriumPicture } from '../src/equilibrium-picture.ts';
import { runPicture } from '../src/run-picture.ts';
import { simulationPicture } from '../src/simulation-picture.ts';
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
  rounds: 600,
  seed: 1,
});
/** What is typed, with what it reads, and what a terminal shows of it. */
const drawing: readonly (readonly [argv: readonly string[], stdin: string, title: string])[] = [
  [['run', '-'], auction, 'what each bids, in units of money'],
  [['solve', '-'], pennies, 'what result 0 plays, with which probability'],
  [['simulate', '-'], experiment, 'how many rounds each arm was played'],
];

describe.each(drawing)('%j', (argv, stdin, title) => {
  test('draws a small picture on a terminal, which says what its numbers are', { tags: ['long'] }, async () => {
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

  test.each([40, 100])('breaks lines between words where the terminal has %i columns', async (columns) => {
    const { stdout } = await mechane(argv, { stdin, cwd: root, stdoutIsTerminal: true, columns });
    for (const line of stripVTControlCharacters(stdout).split('\n'))
      if (line.trim().includes(' ')) expect(line.length, line).toBeLessThanOrEqual(columns);
  });
});

test('who is paid by a market receives what the payments say', async () => {
  const market = {
    mechanism: 'market/call',
    reports: { b: { side: 'buy', price: 10 }, s: { side: 'sell', price: 4 } },
  };
  const { stdout } = await mechane(['run', '-'], { stdin: JSON.stringify(market), cwd: root, stdoutIsTerminal: true });
  // Any price from 4 to 10 clears; the middle is 7.
  expect(stripVTControlCharacters(stdout)).toMatch(/10, pays 7\n.*4, receives 7\n/);
});

describe('an equilibrium', () => {
  const half = {
    profile: [
      [0.5, 0.5],
      [1, 0],
    ],
  };
  const labels = { players: ['ann'], strategies: [['l', 'r']] };

  test('is the first that is mixed; players, strategies and moves without a name have their number', () => {
    const drawn = equilibriumPicture(
      [
        {
          profile: [
            ['1', '0'],
            ['1', '0'],
          ],
        },
        half,
      ],
      labels,
      80,
      plain,
    );
    expect(drawn).toContain('what result 1 plays');
    expect(drawn).toMatch(/ann: l +█+ +0\.5/);
    expect(drawn).toMatch(/2: 1 +█+ +1/);
    const sets = [[{ label: '', actions: ['x'] }]];
    const tree = { players: ['ann'], informationSets: sets };
    expect(equilibriumPicture([{ profile: [[['1/2', '1/2']]] }], tree, 80, plain)).toMatch(/ann, 1: 2 +█+ +1\/2/);
  });

  test('is drawn by its fractions where they are known beside numbers', () => {
    const exact = { profile: [['1/3', '2/3']] };
    expect(equilibriumPicture([{ ...half, exact }], labels, 80, plain)).toContain('1/3');
  });

  test('is not drawn where it is no profile, or nobody knows of whom', () => {
    expect(equilibriumPicture([{ distribution: [] }], labels, 80, plain)).toBe('');
    expect(equilibriumPicture([{ profile: [[null]] }], undefined, 80, plain)).toBe('');
    expect(equilibriumPicture([{ profile: [null] }], labels, 80, plain)).toBe('');
  });
});

describe('a run', () => {
  const run = (reports: unknown, outcome: object): string =>
    runPicture({ reports }, { outcome } as unknown as RunResult, 80, plain);

  test('is drawn only where reports or payments are numbers', () => {
    expect(run(undefined, {})).toBe('');
    expect(run({ ann: null }, { payments: {} })).toBe('');
    expect(run({ ann: 'x' }, { payments: { ann: 3 } })).toContain('what each pays');
    expect(runPicture(null, { outcome: { payments: { ann: 1 } } } as unknown as RunResult, 80, plain)).toContain('ann');
    expect(run({ ann: { budget: 4 } }, { allocation: { ann: ['A'] } })).toMatch(
      /what each has to spend.*\n +ann +█+ +4\n/,
    );
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

  test('breaks JSON between its parts, which stays JSON', () => {
    const certificate = { status: 'optimal', welfare: 55, prices: [1, 2], bound: { ann: 1.5, bob: 'a,b' } };
    const lines = wrapped(`  certificate  ${JSON.stringify(certificate)}`, 40).split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(40);
    expect(JSON.parse(lines.join(' ').replace('certificate', ''))).toEqual(certificate);
  });

  test('leaves what fits as it is', () => {
    expect(wrapped('{"a":1,"b":2}', 40)).toBe('{"a":1,"b":2}');
  });
});

test('a simulation of one arm whose regret nobody knows is drawn by its rewards', () => {
  const checkpoints = [1, 2].map((reward) => ({ round: reward, reward, coarse: null }));
  const simulated = { objective: 'revenue', arms: [{ mechanism: 'a/b', pulls: 2 }], convergence: { checkpoints } };
  const drawn = simulationPicture(simulated as unknown as Simulation, 80, plain);
  expect(drawn).toMatch(/^ {2}revenue of a round +▁█ {2}from 1 to 2\n$/);
});

test('a run without one number a report is drawn by what is paid', async () => {
  const goods = { mechanism: 'auction-combinatorial/first-price', settings: { goods: ['A', 'B'] } };
  const reports = { ann: { xor: [{ bundle: ['A'], value: 4 }] }, bob: { xor: [{ bundle: ['B'], value: 8 }] } };
  const stdin = JSON.stringify({ ...goods, reports });
  const { stdout } = await mechane(['run', '-'], { stdin, cwd: root, stdoutIsTerminal: true });
  expect(stdout).toContain('what each pays, in units of money');
});

test('a tree is drawn by its information sets, and a game with pure equilibria only by words', {
  tags: ['long'],
}, async () => {
  const file = 'docs/scenarios/games/poker.efg';
  const { stdout } = await mechane(['solve', file], { cwd: root, stdoutIsTerminal: true });
  expect(stdout).toMatch(/first, queen: bet +█+.? +1\/3/);
  const dilemma = '{"players":["a","b"],"payoffs":[[[-1,-10],[0,-8]],[[-1,0],[-10,-8]]]}';
  const pure = await mechane(['solve', '-'], { stdin: dilemma, cwd: root, stdoutIsTerminal: true });
  expect(pure.stdout).not.toContain('probability');
});
