import { describe, expect, test } from 'vitest';
import {
  counterfactualRegret,
  ends,
  exploitability,
  extensiveGame,
  kuhnPoker,
  leducPoker,
  move,
  type RegretRule,
  seltensHorse,
  uniformProfile,
} from '../src/index.ts';

const after = (game: Parameters<typeof counterfactualRegret>[0], rule: RegretRule, iterations: number) => {
  const [average] = counterfactualRegret(game, { rule, iterations }).now().results;
  return average as NonNullable<typeof average>;
};

describe('counterfactual regret minimisation', () => {
  // What OpenSpiel 2.0.2's C++ solvers come to, measured by its own exploitability.
  const published: [RegretRule, string, [number, number][]][] = [
    [
      'cfr',
      'kuhn',
      [
        [1, 0.45833333333333326],
        [2, 0.27083333333333337],
        [10, 0.06869879381715754],
        [100, 0.008225977315915206],
        [1000, 0.0009376166469929614],
      ],
    ],
    [
      'cfr+',
      'kuhn',
      [
        [1, 0.45833333333333326],
        [2, 0.26388888888888884],
        [10, 0.032687090668344826],
        [100, 0.0011944041011116846],
        [1000, 8.736532252084928e-5],
      ],
    ],
    [
      'cfr',
      'leduc',
      [
        [1, 2.373611111111111],
        [2, 2.0613194444444445],
        [10, 0.888578983168769],
        [20, 0.453145653416075],
      ],
    ],
    [
      'cfr+',
      'leduc',
      [
        [2, 2.057916666666667],
        [10, 0.6104389015904066],
        [20, 0.17365537344197066],
      ],
    ],
  ];
  test.each(published)('by %s on %s poker is, iteration by iteration, where OpenSpiel is', (rule, name, series) => {
    const game = name === 'kuhn' ? kuhnPoker() : leducPoker({ suits: true });
    for (const [iterations, value] of series)
      expect(after(game, rule, iterations).exploitability).toBeCloseTo(value, 11);
  });

  test('is the same whether suits count or not', () => {
    const [plain, suits] = [leducPoker(), leducPoker({ suits: true })].map((game) => after(game, 'cfr+', 50));
    expect(plain?.exploitability).toBeCloseTo(suits?.exploitability as number, 11);
  });

  test('comes to the value of the game, and the discounted rule gets nearer than the plain one', () => {
    expect(after(kuhnPoker(), 'discounted', 2_000).payoffs[0]).toBeCloseTo(-1 / 18, 6);
    expect(after(leducPoker(), 'cfr+', 1_000).payoffs[0]).toBeCloseTo(-0.085606424078, 4);
    const [plain, discounted] = (['cfr', 'discounted'] as const).map((rule) => after(leducPoker(), rule, 200).regret);
    expect(discounted as number).toBeLessThan((plain as number) / 4);
  });

  test('measures three players by true best responses', () => {
    const { profile, payoffs, gains, regret } = after(seltensHorse(), 'cfr', 500);
    const measured = exploitability(seltensHorse(), profile);
    gains.forEach((gain, player) => {
      expect(gain).toBeCloseTo(measured.gains[player] as number, 12);
      expect(payoffs[player]).toBeCloseTo(measured.payoffs[player] as number, 12);
    });
    expect(regret).toBeLessThan(0.05);
  });

  test('stops at the target, at the budget and when it is told to, with what it has', () => {
    const reached = counterfactualRegret(kuhnPoker(), { iterations: 1e6, target: 0.01 }).now();
    expect(reached.results[0]?.regret).toBeLessThanOrEqual(0.01);
    expect(reached.results[0]?.iterations).toBeLessThan(1_000);
    const spent = counterfactualRegret(kuhnPoker(), { steps: 10 }).now();
    expect(spent).toMatchObject({ complete: false, reason: 'the budget of 10 steps is spent' });
    expect(spent.results.map(({ iterations }) => iterations)).toEqual([10]);
    const told = counterfactualRegret(kuhnPoker(), { signal: AbortSignal.abort() }).now();
    expect(told).toMatchObject({ results: [], reason: 'interrupted' });
  });

  test('gives averages on the way', async () => {
    const seen: number[] = [];
    const search = counterfactualRegret(kuhnPoker(), { iterations: 25, every: 10 });
    for await (const { iterations } of search) seen.push(iterations);
    expect(seen).toEqual([10, 20, 25]);
    expect(await search.ending).toMatchObject({ complete: false, reason: expect.stringMatching(/25 iterations/) });
  });

  test('refuses imperfect recall and options that make no sense', () => {
    const driver = extensiveGame({
      players: ['driver'],
      root: move('driver', 'exit?', [
        ['exit', ends(0)],
        [
          'on',
          move('driver', 'exit?', [
            ['exit', ends(4)],
            ['on', ends(1)],
          ]),
        ],
      ]),
    });
    expect(() => counterfactualRegret(driver)).toThrow(/imperfect recall/);
    for (const [options, path] of [
      [{ rule: 'cfr-' as RegretRule }, 'rule'],
      [{ iterations: 0 }, 'iterations'],
      [{ iterations: Number.NaN }, 'iterations'],
      [{ every: 0 }, 'every'],
    ] as const) {
      expect(() => counterfactualRegret(kuhnPoker(), options)).toThrow(
        expect.objectContaining({ code: 'invalid-game', path: [path] }),
      );
    }
  });
});

test('uniform play is as exploitable as published', () => {
  const game = leducPoker({ suits: true });
  expect(
    exploitability(
      game,
      uniformProfile(game, (actions) => 1 / actions),
    ).exploitability,
  ).toBeCloseTo(2.373611111111111, 11);
});
