import { describe, expect, test } from 'vitest';
import {
  ends,
  extensiveGame,
  kuhnPoker,
  leducPoker,
  methodsFor,
  move,
  seltensHorse,
  solve,
  strippedDownPoker,
} from '../src/index.ts';

const asJson = async (...args: Parameters<typeof solve>): Promise<unknown> =>
  JSON.parse(JSON.stringify(await solve(...args)));

describe('solving a tree', () => {
  test('gives behaviour strategies by information set, as texts', async () => {
    expect(await asJson(strippedDownPoker())).toEqual({
      method: 'extreme-points',
      complete: true,
      components: [[0]],
      subsets: [{ first: [0], second: [0] }],
      equilibria: [
        {
          profile: [
            [
              ['1', '0'],
              ['1/3', '2/3'],
            ],
            [['2/3', '1/3']],
          ],
          payoffs: ['1/3', '-1/3'],
          regret: '0',
        },
      ],
      informationSets: [['king', 'queen'], ['bet']],
    });
  });

  test('comes to the value of Kuhn poker by whatever method', async () => {
    for (const method of ['sequence-form', 'zero-sum', 'subgame-perfect', 'lemke-howson']) {
      expect(await asJson(kuhnPoker(), { method, results: 1 })).toMatchObject({
        method,
        equilibria: [{ payoffs: ['-1/18', '1/18'], regret: '0' }],
      });
    }
    const { equilibria } = await solve(kuhnPoker(), { method: 'cfr' });
    expect(equilibria).toMatchObject([{ payoffs: [expect.closeTo(-1 / 18, 4), expect.closeTo(1 / 18, 4)] }]);
  });

  test('takes the linear program where the sequence form is large', { timeout: 120_000 }, async () => {
    const { equilibria, reason } = await solve(leducPoker());
    expect(JSON.stringify(equilibria)).toContain('-1454920850547486749701863871533/16995463438839962469905132501930');
    expect(reason).toMatch(/one equilibrium/);
    expect(await solve(leducPoker(), { signal: AbortSignal.abort() })).toMatchObject({
      complete: false,
      equilibria: [],
    });
  });

  test('shows what a mediator could do, by the names of the strategies', async () => {
    expect(await asJson(strippedDownPoker(), { method: 'extensive-form-correlated' })).toMatchObject({
      equilibria: [{ payoffs: ['1/3', '-1/3'], regret: '0' }],
      strategies: [
        ['bet/bet', 'bet/fold', 'fold/bet', 'fold/fold'],
        ['call', 'fold'],
      ],
    });
  });

  test('begins with what can treat the tree', async () => {
    // Selten 1975: equilibria form two sets, an interval each.
    expect(methodsFor(seltensHorse())[0]).toBe('support-enumeration');
    expect(await solve(seltensHorse())).toMatchObject({
      method: 'support-enumeration',
      complete: true,
      components: [
        [0, 2],
        [1, 3],
      ],
    });
    expect(methodsFor(kuhnPoker())[0]).toBe('sequence-form');
    await expect(solve(seltensHorse(), { method: 'subgame-perfect' })).rejects.toMatchObject({
      code: 'unsuitable-game',
    });
    expect(await asJson(seltensHorse(), { method: 'pure' })).toMatchObject({
      equilibria: [{ payoffs: ['1', '1', '1'] }, { payoffs: ['3', '2', '2'] }],
    });
    const seen = extensiveGame({
      players: ['Ann'],
      root: move('Ann', 'start', [
        ['stay', ends(0)],
        ['go', ends(1)],
      ]),
    });
    expect(await asJson(seen)).toMatchObject({ method: 'extreme-points', complete: true });
    expect(await asJson(seen, { method: 'backward-induction' })).toMatchObject({
      method: 'backward-induction',
      complete: true,
      scope: 'subgame-perfect',
      equilibria: [{ payoffs: ['1'] }],
    });
    const typed: string = 'cfrr';
    await expect(solve(kuhnPoker(), { method: typed })).rejects.toMatchObject({ code: 'unknown-method' });
  });
});
