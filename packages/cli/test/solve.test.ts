import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';

const pennies = '{"players":["row","column"],"payoffs":[[[1,-1],[-1,1]],[[-1,1],[1,-1]]]}';
const nfg = 'NFG 1 R "Pennies" { "row" "column" } { { "heads" "tails" } { "heads" "tails" } } "" 1 -1 -1 1 -1 1 1 -1';
const cwd = (): string =>
  project(['@mechane/game-theory'], {
    'pennies.json': pennies,
    'pennies.nfg': nfg,
    'empty.nfg': '',
    'empty.efg': '',
    'small.nfg': 'nfg 1 R "x" { "a" } { 1 } 0',
    'broken.nfg': 'NFG 1 R "x"\n{ "a" } 7',
  });

interface GoldenGame {
  readonly game: object;
  readonly extreme: readonly (readonly (readonly string[])[])[];
  readonly components: number;
}

const golden = JSON.parse(
  readFileSync(new URL('../../game-theory/test/golden/games.json', import.meta.url), 'utf8'),
) as readonly GoldenGame[];

describe('mechane solve', () => {
  test('prints published games as the format has them', { tags: ['long'] }, async () => {
    const folder = cwd();
    for (const { game, extreme, components } of golden) {
      const { exitCode, stdout } = await mechane(['solve', '-', '--json'], {
        stdin: JSON.stringify(game),
        cwd: folder,
      });
      expect(exitCode).toBe(0);
      const solved = JSON.parse(stdout) as {
        readonly equilibria: readonly { readonly profile: unknown; readonly regret: string }[];
        readonly components: readonly unknown[];
      };
      expect(solved).toMatchObject({ method: 'extreme-points', complete: true });
      expect(solved.equilibria.map(({ profile }) => String(profile)).sort()).toEqual(extreme.map(String).sort());
      expect(solved.equilibria.every(({ regret }) => regret === '0')).toBe(true);
      expect(solved.components).toHaveLength(components);
    }
  });

  test('shows what players do by the names of their strategies', async () => {
    const { stdout, exitCode } = await mechane(['solve', 'pennies.nfg'], { cwd: cwd() });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('extreme-points  1 result, complete');
    expect(stdout).toContain('1/2 heads + 1/2 tails');
  });

  test('tells correlated equilibria as what is drawn', async () => {
    const { stdout } = await mechane(['solve', 'pennies.nfg', '--method', 'correlated', '--objective', 'row'], {
      cwd: cwd(),
    });
    expect(stdout).toContain('1/4 (heads, heads) + 1/4 (heads, tails)');
  });

  test('the answer is no where there is no equilibrium of the kind', { tags: ['long'] }, async () => {
    expect((await mechane(['solve', 'pennies.json', '--method', 'pure'], { cwd: cwd() })).exitCode).toBe(1);
    expect((await mechane(['solve', 'pennies.json', '--method', 'dominance'], { cwd: cwd() })).exitCode).toBe(0);
  });

  test('a tree’s equilibria are told by information set', async () => {
    const efg = `EFG 2 R "choice" { "ann" "bob" }
p "" 1 1 "top" { "L" "R" } 0
t "" 1 "" { 1 2 }
p "" 2 1 "low" { "l" "r" } 0
t "" 2 "" { 0 0 }
t "" 3 "" { 2 1 }`;
    const { stdout, exitCode, stderr } = await mechane(['solve', '-'], { stdin: efg, cwd: cwd() });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('top: R');
  });

  test.each([
    ['a broken file', ['solve', 'broken.nfg'], 'error invalid-file in broken.nfg, line 2, column 9'],
    ['an empty .nfg', ['solve', 'empty.nfg'], 'error invalid-file in empty.nfg, line 1, column 1'],
    ['a head in small letters', ['solve', 'small.nfg'], 'expected NFG, as every file of this kind begins'],
    ['an empty .efg', ['solve', 'empty.efg'], 'error invalid-file in empty.efg, line 1, column 1'],
    ['no file', ['solve', 'none.nfg'], 'error cannot-read in none.nfg'],
    ['no JSON', ['solve', 'package.json'], 'error invalid-game in package.json'],
    ['an unknown method', ['solve', 'pennies.json', '--method', 'purr'], 'did you mean "pure"?'],
    ['an unknown objective', ['solve', 'pennies.json', '--objective', 'x'], 'error invalid-option'],
    ['a game of another kind', ['solve', 'package.json', '--method', 'cfr'], 'error invalid-game'],
  ])('%s', async (_, argv, says) => {
    const { exitCode, stderr } = await mechane(argv, { cwd: cwd() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });

  test('errors are JSON with --json', async () => {
    const { stderr } = await mechane(['solve', 'broken.nfg', '--json'], { cwd: cwd() });
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'invalid-file', file: 'broken.nfg', line: 2, column: 9 },
    });
  });

  test('where the package is missing, it says what to install', async () => {
    const folder = project(['@mechane/auction-sealed'], { 'pennies.json': pennies });
    const { exitCode, stderr } = await mechane(['solve', 'pennies.json'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('npm install @mechane/game-theory');
  });

  test('interrupted, it prints what it has', async () => {
    const interruption = new AbortController();
    interruption.abort('SIGINT');
    const ended = await mechane(['solve', 'pennies.json', '--json'], { cwd: cwd(), signal: interruption.signal });
    expect(ended.exitCode).toBe(130);
    expect(JSON.parse(ended.stdout)).toMatchObject({ complete: false, reason: 'interrupted' });
  });

  describe('a game that takes long', () => {
    const size = 40;
    const table = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => ((i * 7919 + j * 104_729) % 1009) / 7),
    );
    const stdin = JSON.stringify({ players: ['a', 'b'], payoffs: [table, table.map((row) => row.toReversed())] });

    test('shows progress on a terminal until it is interrupted', async () => {
      const interruption = new AbortController();
      const { exitCode } = await mechane(['solve', '-', '--json'], {
        stdin,
        cwd: cwd(),
        stderrIsTerminal: true,
        signal: interruption.signal,
        onStderr: (written) => {
          if (/[1-9][\d,]* steps/.test(written)) interruption.abort('SIGINT');
        },
      });
      expect(exitCode).toBe(130);
    });

    test('ends with its time, and says so', { tags: ['long'] }, async () => {
      const { stdout, exitCode } = await mechane(['solve', '-', '--seconds', '1', '--json'], { stdin, cwd: cwd() });
      const solved = JSON.parse(stdout) as { readonly equilibria: readonly unknown[] };
      expect(solved).toMatchObject({ complete: false, reason: 'the budget of 1 s is spent' });
      expect(exitCode).toBe(solved.equilibria.length > 0 ? 0 : 1);
    });
  });

  test('names that the file has twice are told apart', async () => {
    const twice = 'NFG 1 R "" { "A" "A" } { { "u" "u" "" } { "l" "r" } } "" 3 3 0 0 0 0 0 0 0 0 2 2';
    const { stdout } = await mechane(['solve', '-'], { stdin: twice, cwd: cwd() });
    expect(stdout).toMatch(/A {2,}A \(2\)/);
    expect(stdout).toMatch(/ u {2,}l /);
    expect(stdout).toMatch(/ 3 {2,}r /);
  });

  test('dominance says by name what is eliminated and by what, and what is left', { tags: ['long'] }, async () => {
    const dilemma = 'NFG 1 R "" { "Ann" "Bob" } { { "keep" "tell" } { "keep" "tell" } } "" 2 2 3 0 0 3 1 1';
    const one = await mechane(['solve', '-', '--method', 'dominance'], { stdin: dilemma, cwd: cwd() });
    expect(one.stdout).toContain('dominance  one profile is left, complete');
    expect(one.stdout).toMatch(/1 {2}Ann {2,}keep {2,}tell\n/);
    expect(one.stdout).toMatch(/Bob {2,}tell\n/);
    const { stdout, exitCode } = await mechane(['solve', 'pennies.nfg', '--method', 'dominance'], { cwd: cwd() });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('2 × 2 strategies are left, not complete');
    expect(stdout).toMatch(/row {2,}heads, tails\n/);
    expect(stdout).not.toContain('0 results');
  });

  test('stackelberg takes the leader by name, and says who it is', { tags: ['long'] }, async () => {
    // By von Stengel and Zamir (2010): who leads picks the outcome of a coordination game.
    const sexes = 'NFG 1 R "" { "Ann" "Bob" } { { "ball" "boxing" } { "ball" "boxing" } } "" 3 2 0 0 0 0 2 3';
    const options = { stdin: sexes, cwd: cwd() };
    for (const [leader, choice] of [
      ['Ann', 'ball'],
      ['Bob', 'boxing'],
    ] as const) {
      const { stdout, exitCode } = await mechane(
        ['solve', '-', '--method', 'stackelberg', '--leader', leader],
        options,
      );
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(`0 {2}${choice} {2,}${choice}`));
      expect(stdout).toMatch(new RegExp(`leader {2}${leader}\n {2}value {3}3\n`));
    }
    const { stderr, exitCode } = await mechane(['solve', '-', '--method', 'stackelberg', '--leader', 'Bop'], options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Bob');
  });

  test('of many results some are shown, and all are counted; as JSON there are all', { tags: ['long'] }, async () => {
    // Whoever agree on some of n things, mixing evenly over them, are in equilibrium: 2^n - 1 in all.
    const agreeing = (size: number): string => {
      const payoffs = Array.from({ length: size }, (_, own) => Array.from({ length: size }, (_, it) => +(own === it)));
      return JSON.stringify({ players: ['a', 'b'], payoffs: [payoffs, payoffs] });
    };
    const folder = cwd();
    const { stdout } = await mechane(['solve', '-'], { stdin: agreeing(8), cwd: folder });
    expect(stdout).toContain('extreme-points  255 results, complete');
    expect(stdout).toContain('… and 55 more; --json shows all\n');
    const all = await mechane(['solve', '-', '--json'], { stdin: agreeing(9), cwd: folder });
    expect(JSON.parse(all.stdout).equilibria).toHaveLength(511);
  });

  test('a tree of imperfect recall is solved by what is defined for it', { tags: ['long'] }, async () => {
    const forgetful = `EFG 2 R "" { "a" "b" }
p "" 1 1 "s" { "L" "R" } 0
p "" 2 1 "t" { "l" "r" } 0
p "" 1 2 "u" { "x" "y" } 0
t "" 1 "" { 1 2 }
t "" 2 "" { 0 3 }
t "" 3 "" { 4 1 }
p "" 1 2 "u" { "x" "y" } 0
t "" 4 "" { 2 2 }
t "" 5 "" { 1 0 }`;
    const options = { stdin: forgetful, cwd: cwd() };
    const pure = await mechane(['solve', '-'], options);
    expect(pure.stdout).toContain('pure  1 result, complete among pure ones');
    expect(pure.stdout).toContain('s: R; u: x');
    const table = await mechane(['solve', '-', '--normal-form'], options);
    expect(table.stdout).toContain('extreme-points  2 results, complete');
    expect(table.stdout).toContain('R/x');
    const refused = await mechane(['solve', '-', '--method', 'cfr'], options);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--normal-form');
  });

  test('numbers in JSON are exact, whatever their digits', async () => {
    const stdin =
      '{"players":["a","b"],"payoffs":[[[0.12345678901234567891,0],[0,1]],[[1,0],[0,12345678901234567891]]]}';
    const { stdout } = await mechane(['solve', '-', '--json'], { stdin, cwd: cwd() });
    const { equilibria } = JSON.parse(stdout) as { readonly equilibria: readonly { readonly payoffs: unknown }[] };
    expect(equilibria.map(({ payoffs }) => payoffs)).toContainEqual([
      '12345678901234567891/100000000000000000000',
      '1',
    ]);
    expect(equilibria.map(({ payoffs }) => payoffs)).toContainEqual(['1', '12345678901234567891']);
  });
});
