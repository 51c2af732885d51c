import { describe, expect, test } from 'vitest';
import {
  chance,
  ends,
  extensiveGame,
  kuhnPoker,
  leducPoker,
  methodsFor,
  move,
  type NodeDescription,
  reducedNormalForm,
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

  test('takes the linear program where the sequence form is large', async () => {
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

  test('of imperfect recall offers what is defined: pure strategies, and the table of its reduced normal form', async () => {
    // Ann forgets what she did first. Bob sees it.
    const last = (payoffs: readonly [number, number], others: readonly [number, number]) =>
      move('Ann', 'forgets', [
        ['x', ends(...payoffs)],
        ['y', ends(...others)],
      ]);
    const forgetful = extensiveGame({
      players: ['Ann', 'Bob'],
      root: move('Ann', 'first', [
        [
          'L',
          move('Bob', 'sees', [
            ['l', last([1, -1], [0, 0])],
            ['r', last([0, 0], [1, -1])],
          ]),
        ],
        ['R', last([0, 0], [0, 0])],
      ]),
    });
    expect(methodsFor(forgetful)).toEqual(['pure']);
    for (const method of ['sequence-form', 'support-enumeration', 'logit', 'cfr', 'any-equilibrium'] as const) {
      await expect(solve(forgetful, { method })).rejects.toMatchObject({
        code: 'unsuitable-game',
        fix: expect.stringMatching(/pure.*--normal-form/),
      });
    }
    expect(await solve(forgetful)).toMatchObject({ method: 'pure', complete: true, scope: 'pure' });
    const { game } = reducedNormalForm(forgetful);
    const { equilibria, complete } = await solve(game, { method: 'extreme-points' });
    expect(complete).toBe(true);
    // Bob answers a half with a half: Ann, mixing whole strategies, gets a half.
    expect(equilibria.map(({ payoffs }) => String(payoffs))).toContain('1/2,-1/2');
  });

  test('that is large and of perfect information is solved backwards', async () => {
    // To go on is better for both than to stop, to the end.
    const grow = (left: number): NodeDescription =>
      left === 0
        ? ends(100, 0)
        : move(left % 2 === 0 ? 'Ann' : 'Bob', `move ${left}`, [
            ['stop', left % 2 === 0 ? ends(-left, 9) : ends(9, -left)],
            ['shout', left % 2 === 0 ? ends(-99, 9) : ends(9, -99)],
            ['go on', grow(left - 1)],
          ]);
    const tree = extensiveGame({ players: ['Ann', 'Bob'], root: grow(24) });
    expect(methodsFor(tree)[0]).toBe('backward-induction');
    const { equilibria, ...solved } = await solve(tree);
    expect(solved).toMatchObject({ complete: true, scope: 'subgame-perfect' });
    expect(equilibria.map(({ payoffs }) => String(payoffs))).toEqual(['100,0']);
  });

  test('has payoffs of any size added exactly in its table', () => {
    const large = 2n ** 60n;
    const { game } = reducedNormalForm(
      extensiveGame({
        players: ['Ann'],
        root: chance([
          [
            '1/2',
            move('Ann', 'one', [
              ['a', ends(large + 1n)],
              ['b', ends(-large)],
            ]),
          ],
          [
            '1/2',
            move('Ann', 'other', [
              ['a', ends(large)],
              ['b', ends(3)],
            ]),
          ],
        ]),
      }),
    );
    expect(game.rationals(0).map(String)).toEqual([
      `${2n * large + 1n}/2`,
      `${(large + 4n) / 2n}`,
      '0',
      `${3n - large}/2`,
    ]);
  });
});
