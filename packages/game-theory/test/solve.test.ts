import { isMechaneError } from '@mechane/core';
import { pause } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { extensiveGame } from '../src/extensive-form/describe-tree.ts';
import { seltensHorse } from '../src/extensive-form/seltens-horse.ts';
import { strippedDownPoker } from '../src/extensive-form/stripped-down-poker.ts';
import { ends, move } from '../src/extensive-form/tree-description.ts';
import { methodsFor } from '../src/methods.ts';
import { readJsonGame } from '../src/normal-form/json-game.ts';
import { Search } from '../src/search.ts';
import { solve } from '../src/solve.ts';

const prisoners = readJsonGame({
  players: ['a', 'b'],
  payoffs: [
    [
      [2, 0],
      [3, 1],
    ],
    [
      [2, 3],
      [0, 1],
    ],
  ],
});

/** Methods that follow paths of real numbers. */
const inDoubles = ['any-equilibrium', 'logit', 'global-newton', 'iterated-polymatrix', 'lyapunov'];

describe('by the name of a method', () => {
  test('every method for two players that treats the prisoners’ dilemma finds that both tell', async () => {
    for (const method of methodsFor(prisoners)) {
      if (method === 'zero-sum') continue;
      const found = JSON.parse(JSON.stringify(await solve(prisoners, { method }))) as {
        readonly equilibria: readonly {
          readonly payoffs: readonly (string | number)[];
          readonly regret: string | number;
        }[];
      };
      expect(found).toMatchObject({ method });
      expect(found.equilibria, method).toHaveLength(1);
      const { payoffs = [], regret } = found.equilibria[0] ?? {};
      if (inDoubles.includes(method)) {
        for (const payoff of payoffs) expect(payoff, method).toBeCloseTo(1, 8);
        expect(regret, method).toBeCloseTo(0, 8);
      } else {
        expect(payoffs, method).toEqual(['1', '1']);
        expect(regret, method).toBe('0');
      }
    }
  });

  test('an unknown method is refused with those that there are', async () => {
    const solveBy = (method: string) => solve(prisoners, { method }).catch((thrown: unknown) => thrown);
    const refused = await solveBy('lemke-howso');
    expect(isMechaneError(refused) && [refused.code, refused.fix]).toEqual([
      'unknown-method',
      'did you mean "lemke-howson"?',
    ]);
    for (const hostile of ['__proto__', 'constructor', '']) {
      const thrown = await solveBy(hostile);
      expect(isMechaneError(thrown) && thrown.code).toBe('unknown-method');
    }
  });

  test('where three have something to choose, methods for any number of players are offered', async () => {
    // Each would like to be where both others are not.
    const crowd = [
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ];
    const three = readJsonGame({ players: ['a', 'b', 'c'], payoffs: [crowd, crowd, crowd] });
    expect(methodsFor(three)).toEqual([
      'support-enumeration',
      'any-equilibrium',
      'pure',
      'correlated',
      'coarse-correlated',
      'dominance',
      'logit',
      'global-newton',
      'simplicial-subdivision',
      'iterated-polymatrix',
      'lyapunov',
    ]);
    const onlyForTwo = methodsFor(prisoners).filter((method) => !methodsFor(three).includes(method));
    expect(onlyForTwo).toEqual(['extreme-points', 'lemke-howson', 'zero-sum', 'stackelberg']);
    for (const method of onlyForTwo)
      await expect(solve(three, { method })).rejects.toMatchObject({ code: 'unsuitable-game' });
    for (const method of methodsFor(three)) {
      if (method === 'dominance') continue;
      const { equilibria } = await solve(three, { method });
      expect(equilibria.length, method).toBeGreaterThan(0);
    }
    expect(await solve(three)).toMatchObject({ method: 'support-enumeration' });
  });

  test('players with nothing to choose do not count', async () => {
    const watched = readJsonGame({ players: ['a', 'b', 'c'], payoffs: Array(3).fill([[[1, 0]]]) });
    expect(methodsFor(watched)).toEqual(methodsFor(prisoners));
    expect(await solve(watched)).toMatchObject({ method: 'extreme-points', complete: true });
  });

  test('trees are solved by the sequence form, or as strategies of their normal form, told as behaviour', async () => {
    const poker = strippedDownPoker();
    const direct = await solve(poker, { method: 'sequence-form' });
    for (const method of ['extreme-points', 'lemke-howson']) {
      const { equilibria } = await solve(poker, { method });
      expect(JSON.stringify(equilibria)).toBe(JSON.stringify(direct.equilibria));
    }
    expect(methodsFor(seltensHorse())).not.toContain('extreme-points');
    expect(await solve(poker, { method: 'cfr', steps: 200 })).toMatchObject({ method: 'cfr' });
  });

  test('methods for two players take a tree with one', async () => {
    const alone = extensiveGame({
      players: ['a'],
      root: move('a', '', [
        ['up', ends(1)],
        ['down', ends(2)],
      ]),
    });
    expect(await solve(alone, { method: 'pure' })).toMatchObject({
      complete: true,
      equilibria: [{ regret: { sign: 0 } }],
    });
    for (const method of ['extreme-points', 'support-enumeration', 'lemke-howson'] as const) {
      const { equilibria } = await solve(alone, { method });
      expect(String(equilibria[0]?.profile), method).toBe('0,1');
    }
  });

  test('dominance shows what is left where that is no equilibrium', async () => {
    const open = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    });
    expect(await solve(open, { method: 'dominance' })).toMatchObject({
      complete: false,
      reason: expect.stringMatching(/more than one profile is left/),
      equilibria: [],
      remaining: [
        [0, 1],
        [0, 1],
      ],
    });
  });

  test('called off before it begins, it says so', async () => {
    const interruption = new AbortController();
    interruption.abort();
    expect(await solve(prisoners, { signal: interruption.signal })).toMatchObject({
      complete: false,
      reason: 'interrupted',
    });
  });
});

describe('a search', () => {
  function* counting(pace: { due(): boolean; readonly stopped: string | undefined }, most: number) {
    for (let at = 0; at < most; at++) {
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false as const, reason: pace.stopped };
      }
      yield at;
    }
    return { complete: true as const };
  }

  test('gives results one by one and then its ending', async () => {
    const search = new Search<number>((pace) => counting(pace, 3) as never);
    const seen: number[] = [];
    for await (const result of search) seen.push(result);
    expect(seen).toEqual([0, 1, 2]);
    expect(await search.ending).toEqual({ complete: true });
  });

  test('left before the end, it says that nobody wanted more', async () => {
    const search = new Search<number>((pace) => counting(pace, 1000) as never);
    for await (const result of search) if (result === 2) break;
    expect(await search.ending).toEqual({ complete: false, reason: 'nobody wanted more' });
  });

  test('keeps to seconds and to nothing at all', () => {
    const slow = new Search<number>((pace) => counting(pace, 1e9) as never, { seconds: 0.05 });
    expect(slow.now()).toMatchObject({ complete: false, reason: 'the budget of 0.05 s is spent' });
    expect(new Search<number>((pace) => counting(pace, 9) as never, { steps: 0 }).now()).toMatchObject({
      complete: false,
      results: [],
    });
  });

  test('tells how far it has come', async () => {
    const told: number[] = [];
    const search = new Search<number>((pace) => counting(pace, 1e9) as never, {
      seconds: 0.2,
      onProgress: (steps) => told.push(steps),
    });
    await search.all();
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  test('a failure reaches whoever iterates, and whoever waits for the ending', async () => {
    const search = new Search<number>(function* () {
      yield 1;
      throw new Error('broken');
    } as never);
    await expect(search.all()).rejects.toThrow('broken');
    await expect(search.ending).rejects.toThrow('broken');
  });
});
