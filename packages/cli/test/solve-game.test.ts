import { readdirSync, readFileSync } from 'node:fs';
import * as games from '@mechane/game-theory';
import { describe, expect, test } from 'vitest';
import { type GameToSolve, readGame, type SolvedPart, solveGame } from '../src/solve-game.ts';
import { project } from './project.ts';

const pennies = '{"players":["row","column"],"payoffs":[[[1,-1],[-1,1]],[[-1,1],[1,-1]]]}';
const nfg = 'NFG 1 R "Pennies" { "row" "column" } { { "heads" "tails" } { "heads" "tails" } } "" 1 -1 -1 1 -1 1 1 -1';
const entry = `EFG 2 R "entry" { "ann" "bob" }
p "" 1 1 "market" { "enter" "stay" } 0
p "" 2 1 "answer" { "share" "fight" } 0
t "" 1 "" { 2 2 }
t "" 2 "" { -1 -1 }
t "" 3 "" { 0 4 }`;

/** What is told of a game, part by part, and at the end. */
async function told(
  text: string,
  more: Partial<GameToSolve> = {},
  signal = new AbortController().signal,
  packages = ['@mechane/game-theory'],
) {
  const parts: SolvedPart[] = [];
  const given: GameToSolve = {
    bytes: new TextEncoder().encode(text),
    format: undefined,
    method: undefined,
    objective: undefined,
    leader: undefined,
    normalForm: false,
    seconds: undefined,
    passed: 0,
    most: Infinity,
    ...more,
  };
  const around = {
    cwd: project(packages),
    signal,
    onProgress: () => {},
    onPart: parts.push.bind(parts),
  };
  const head = JSON.parse(await solveGame(given, around)) as Readonly<Record<string, unknown>>;
  const [begun] = parts.flatMap((part) => ('labels' in part ? [part] : []));
  const labels = begun?.labels;
  expect(begun?.method).toBe(head.method);
  const results = parts.flatMap((part) => ('results' in part ? part.results.map((one) => JSON.parse(one)) : []));
  const count = parts.reduce((sum, part) => sum + ('count' in part ? part.count : 0), 0);
  return { head, labels, results, count };
}

describe('a game is solved apart', () => {
  test.each([
    ['JSON', pennies, undefined],
    ['a text that begins as such files do', nfg, undefined],
    ['a file of that name', `\ufeff${nfg}`, 'nfg'],
  ] as const)('pennies, from %s: a half each', async (_, text, format) => {
    const { head, results } = await told(text, { format });
    expect(head).toMatchObject({ method: 'extreme-points', complete: true });
    expect(results).toMatchObject([
      {
        profile: [
          ['1/2', '1/2'],
          ['1/2', '1/2'],
        ],
        regret: '0',
      },
    ]);
  });

  test('no number that a method says is lost in JSON: what is infinite stands there by its name', async () => {
    const huge =
      '{"players":["a","b","c"],"payoffs":[[[[1e400,0]],[[0,3]]],[[[1,2]],[[0,"1/3"]]],[[[-1e400,1]],[[1,0]]]]}';
    for (const text of [pennies, entry, huge]) {
      const game = readGame(Buffer.from(text), undefined, games);
      for (const method of games.methodsFor(game)) {
        const { results, head } = await told(text, { method }).catch(({ code }: { readonly code: string }) => {
          expect(code).toBe('unsuitable-game');
          return { results: [], head: {} };
        });
        expect(JSON.stringify({ results, head })).not.toContain('null');
      }
    }
    expect((await told(pennies, { method: 'logit' })).results).toMatchObject([{ lambda: 'Infinity' }]);
  });

  test('names stand for themselves, and are told apart where a file gives two the same', async () => {
    expect((await told(nfg)).labels).toEqual({
      players: ['row', 'column'],
      strategies: [
        ['heads', 'tails'],
        ['heads', 'tails'],
      ],
    });
    const { labels } = await told(nfg.replace('"tails" }', '"heads" }'));
    expect(new Set(labels?.strategies?.[0]).size).toBe(2);
  });

  test('a tree has information sets, and as a table of its reduced normal form strategies', async () => {
    const tree = await told(entry, { format: 'efg', method: 'backward-induction' });
    expect(tree.labels?.informationSets).toEqual([
      [{ label: 'market', actions: ['enter', 'stay'] }],
      [{ label: 'answer', actions: ['share', 'fight'] }],
    ]);
    expect(tree.head).toMatchObject({ scope: 'subgame-perfect' });
    expect(tree.results).toHaveLength(1);
    const table = await told(entry, { normalForm: true, method: 'pure' });
    expect(table.labels?.strategies?.map(({ length }) => length)).toEqual([2, 2]);
    // To stay out of the market of one who would fight is in equilibrium, though the threat is empty.
    expect(table.results.map(({ profile }) => profile)).toHaveLength(2);
  });

  test('what is best for a player, and what a leader commits to, are asked for by name', async () => {
    expect((await told(pennies, { method: 'correlated', objective: 'row' })).results).toHaveLength(1);
    expect((await told(pennies, { method: 'correlated', objective: 'welfare' })).results).toHaveLength(1);
    const { results } = await told(pennies, { method: 'stackelberg', leader: 'column' });
    expect(results).toMatchObject([{ profile: [expect.any(Array), ['1/2', '1/2']] }]);
  });

  test('no more results are told than can be shown, and all are counted', async () => {
    const agree = '{"players":["a","b"],"payoffs":[[[1,0,0],[0,1,0],[0,0,1]],[[1,0,0],[0,1,0],[0,0,1]]]}';
    const { results, count } = await told(agree, { most: 2 });
    // Three of two who agree purely, three who mix over two, one who mix over all.
    expect([results.length, count]).toEqual([2, 7]);
  });

  test('where the package is missing, it says what to install', async () => {
    const refused = told(pennies, {}, undefined, ['@mechane/auction-sealed']);
    await expect(refused).rejects.toMatchObject({ code: 'missing-plugin', fix: 'npm install @mechane/game-theory' });
  });

  test('once it is called off, it says that it is not complete', async () => {
    expect((await told(pennies, {}, AbortSignal.abort())).head).toMatchObject({
      complete: false,
      reason: 'interrupted',
    });
    expect((await told(pennies, { seconds: 1, passed: 2_000 })).head).toMatchObject({ complete: false });
  });

  test.each([
    ['nothing', ' \n', {}, 'empty-input', /the text is empty/],
    [
      'a workbook',
      '\ufeff<?xml version="1.0"?>',
      {},
      'malformed-json',
      /this is XML.*NFG or EFG.*save the game as \.nfg/,
    ],
    ['nothing in a file of games', '', { format: 'nfg' }, 'invalid-file', /NFG/],
    ['small letters', nfg.toLowerCase(), {}, 'invalid-file', /expected NFG/],
    ['an objective that is none', pennies, { method: 'correlated', objective: 'x' }, 'invalid-option', /no objective/],
    ['nobody as leader', pennies, { method: 'stackelberg', leader: 'z' }, 'invalid-option', /no player "z".*--leader/],
    ['a leader who is misspelt', pennies, { method: 'stackelberg', leader: 'rov' }, 'invalid-option', /mean "row"/],
    ['an object that is no game', '{}', {}, 'invalid-game', /players/],
    ['a root that is no tree', '{"root":7}', {}, 'invalid-game', /root|players/],
  ] as const)('%s is refused', async (_, text, more, code, says) => {
    const refusal = await told(text, more).then(
      () => undefined,
      (thrown: unknown) => thrown as Error & { readonly code: string },
    );
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toMatch(says);
  });
});

test('the methods and the aims that pages name on a command line are those that there are', () => {
  const methods = new Set(
    [pennies, '{"players":["a","b","c"],"payoffs":[[[[0]]],[[[0]]],[[[0]]]]}', entry].flatMap((text) =>
      games.methodsFor(readGame(Buffer.from(text), undefined, games)),
    ),
  );
  const docs = new URL('../../../docs/', import.meta.url);
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.md') && !file.includes('node_modules'),
  );
  let named = 0;
  for (const page of pages) {
    for (const [line] of readFileSync(new URL(page, docs), 'utf8').matchAll(/mechane solve [^`\n]*/g)) {
      const [, method] = /--method ([a-z-]+)/.exec(line) ?? [];
      const [, aim] = /--objective ([a-z]+)/.exec(line) ?? [];
      if (method !== undefined) expect(methods, `${page}: ${line}`).toContain(method);
      if (aim !== undefined) expect(['welfare', 'fairness'], `${page}: ${line}`).toContain(aim);
      if (method !== undefined || aim !== undefined) named += 1;
    }
  }
  expect(named).toBeGreaterThan(0);
});
