import { createMechane, type Division, isMechaneError, type RunResult } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { draw } from './drawn-auction.ts';
import { generated } from './generated.ts';

const rule = 'auction-combinatorial/vcg';

interface Scenario {
  readonly mechanism: string;
  readonly settings: object;
  readonly reports: object;
  readonly seed?: number;
}

/** Another process: it knows nothing but what is carried to it. */
const elsewhere = () => createMechane().use(combinatorialAuctions);
const carried = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Solved some parts at a time, each time in another process. */
function solvedElsewhere(scenario: Scenario, { seed, parts }: Division, together: number): readonly unknown[] {
  const batches = Array.from({ length: Math.ceil(parts.length / together) }, (_, batch) =>
    parts.slice(batch * together, (batch + 1) * together),
  );
  return batches.flatMap((some) => carried(elsewhere().solveParts(carried(scenario), carried({ seed, parts: some }))));
}

/** Divided, solved and put together, each in a process of its own. */
function playedInParts(scenario: Scenario, together: number): RunResult {
  const division = carried(elsewhere().divide(carried(scenario)));
  const solutions = solvedElsewhere(scenario, division, together);
  expect(solvedElsewhere(scenario, division, together)).toEqual(solutions);
  return elsewhere().combine(scenario, division, solutions);
}

/** Amounts in other units: whole, or with decimals. */
function scaled(report: PackageBids, scale: number): PackageBids {
  const changed = (bids: readonly { bundle: string[]; value: number }[]) =>
    bids.map(({ bundle, value }) => ({ bundle, value: value / scale }));
  return 'xor' in report ? { xor: changed(report.xor) } : { ...report, or: changed(report.or) };
}

const ties = ['agent-id', 'lot', { priority: ['eve', 'bob'] }] as const;

test('200 random auctions in all bidding languages come out in parts as they do as a whole, decimals and ties included', {
  tags: ['long'],
}, () => {
  let parts = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const { goods, reports } = draw(seed);
    const scale = [1, 4, 10, 100][seed % 4] ?? 1;
    const scenario: Scenario = {
      mechanism: rule,
      settings: { goods, breakTie: ties[seed % 3], ...(seed % 5 === 0 && scale === 10 ? { unit: 0.05 } : {}) },
      reports: Object.fromEntries(Object.entries(reports).map(([agent, report]) => [agent, scaled(report, scale)])),
      seed,
    };
    const whole = elsewhere().runScenario(scenario);
    parts += elsewhere().divide(scenario).parts.length;
    expect(playedInParts(scenario, 1 + (seed % 2)), `seed ${seed}`).toEqual(whole);
  }
  expect(parts).toBeGreaterThan(200);
});

test.each([
  ['cats-arbitrary', { goods: 30, bids: 120 }],
  ['cats-regions', { goods: 30, bids: 120 }],
  ['cats-matching', { goods: 24, bids: 150 }],
  ['cats-l4', { goods: 40, bids: 150 }],
])('an auction that enumeration does not settle comes out alike, too: %s', (generator, settings) => {
  const { settings: sold, reports } = generated(generator, settings, 3);
  const scenario = { mechanism: rule, settings: { ...sold, breakTie: 'lot' }, reports };
  // The lot has a seed of its own, which is drawn: once divided, it stays.
  const division = carried(elsewhere().divide(scenario));
  expect(division.seed).toEqual(expect.any(Number));
  const whole = elsewhere().runScenario({ ...scenario, seed: division.seed });
  expect(whole.metrics.efficiency).toBe(1);
  for (const together of [1, 3, division.parts.length]) {
    const solutions = solvedElsewhere(scenario, division, together);
    expect(elsewhere().combine(scenario, division, solutions), `${together} at a time`).toEqual(whole);
  }
});

describe('limits', () => {
  const { settings, reports } = generated('cats-arbitrary', { goods: 40, bids: 250 }, 2);
  const scenario = { mechanism: rule, settings, reports };
  const limited = { ...scenario, settings: { ...settings, nodeLimit: 1 } };

  test('an allocation that is not proved is the error that it is as a whole, with the best that was found', {
    tags: ['long'],
  }, () => {
    const whole = errorOf(() => elsewhere().runScenario(limited));
    expect(whole).toMatchObject({ code: 'unproved-optimum', best: { welfare: expect.any(Number) } });
    expect(errorOf(() => elsewhere().divide(limited))).toEqual(whole);
  });

  test('a part that is not proved keeps the best allocation, without the agent whose payment it is', {
    tags: ['long'],
  }, () => {
    const division = elsewhere().divide(scenario);
    const whole = elsewhere().runScenario(scenario);
    const { welfare } = whole.metrics;
    const { seed } = division;
    const errors = division.parts.map((part) =>
      errorOf(() => elsewhere().solveParts(limited, { seed, parts: [part] })),
    );
    const refused = errors.filter((error) => error !== undefined);
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toMatchObject({ code: 'unproved-optimum', best: { welfare, bound: welfare } });
      expect(error).toMatchObject({ message: expect.stringContaining('winner determination without "') });
      expect(error.best).toHaveProperty('allocation', (whole.outcome as { allocation: object }).allocation);
    }
  });
});

describe('what comes from elsewhere is held against the bids', () => {
  const scenario: Scenario = {
    mechanism: rule,
    settings: { goods: ['A', 'B'] },
    reports: {
      ann: { xor: [{ bundle: ['A'], value: 28 }] },
      bob: { xor: [{ bundle: ['B'], value: 20 }] },
      cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
    },
  };
  const mechane = elsewhere();
  const division = mechane.divide(scenario);
  // Bids 0 and 1 win, worth 48; without ann or without bob, bid 2 does.
  const solutions: readonly unknown[] = mechane.solveParts(scenario, division);

  test('as it is, it is what Vickrey, Clarke and Groves say', () => {
    expect(solutions).toEqual([
      { sets: [2], value: 32 },
      { sets: [2], value: 32 },
    ]);
    const { outcome } = mechane.combine(scenario, division, solutions);
    expect(outcome).toEqual({ allocation: { ann: ['A'], bob: ['B'] }, payments: { ann: 12, bob: 4, cat: 0 } });
  });

  test.each([
    ['no selection', 'best', 'solutions[0]'],
    ['bids that exclude each other', { sets: [1, 2], value: 52 }, 'solutions[0]'],
    ['bids that are none', { sets: [7], value: 32 }, 'solutions[0]'],
    ['a bid twice', { sets: [1, 1], value: 40 }, 'solutions[0]'],
    ['another value', { sets: [2], value: 31 }, 'solutions[0]'],
    ['a value that is no count', { sets: [2], value: -1 }, 'solutions[0].value'],
    ['more than it may say', { sets: [2], value: 32, note: 1 }, 'solutions[0].note'],
    ['bids of the winner', { sets: [0], value: 28 }, 'solutions[0].sets'],
    ['less than the others have beside it', { sets: [], value: 0 }, 'solutions[0].value'],
  ])('%s is no solution', (_what, solution, where) => {
    const error = errorOf(() => mechane.combine(scenario, division, [solution, solutions[1]]));
    expect(error?.message).toContain(where);
    expect(['invalid-division', 'unknown-key']).toContain(error?.code);
  });

  test.each([
    ['a decision that is none', null, 'decided'],
    ['an allocation that is none', { best: { sets: [0, 2], value: 60 }, checked: 'bound' }, 'decided.best'],
    ['an allocation with fewer winners', { best: { sets: [2], value: 32 }, checked: 'bound' }, 'solutions'],
    ['a check that there is not', { best: { sets: [0, 1], value: 48 }, checked: 'all' }, 'decided.checked'],
  ])('%s is refused', (_what, decided, where) => {
    const error = errorOf(() => mechane.combine(scenario, { ...division, decided }, solutions));
    expect(error).toMatchObject({ code: 'invalid-division', message: expect.stringContaining(where) });
  });

  test.each([
    ['nothing', undefined, 'parts[0]'],
    ['a loser', { without: 'cat', best: { sets: [0, 1], value: 48 } }, 'parts[0].without'],
    ['a stranger', { without: 'dan', best: { sets: [0, 1], value: 48 } }, 'parts[0].without'],
    ['bids of another auction', { without: 'ann', best: { sets: [0, 9], value: 48 } }, 'parts[0].best'],
  ])('%s is no part', (_what, problem, where) => {
    const error = errorOf(() => mechane.solveParts(scenario, { seed: null, parts: [problem] }));
    expect(error).toMatchObject({ code: 'invalid-division', message: expect.stringContaining(where) });
  });

  test('a division of another scenario is refused', () => {
    const other = { ...scenario, reports: { ann: { xor: [{ bundle: ['A'], value: 27 }] } } };
    const error = errorOf(() => mechane.combine(other, division as Division, solutions));
    expect(error).toMatchObject({ code: 'invalid-division', fix: expect.stringContaining('this very scenario') });
  });
});

type Refused = { readonly code: string; readonly message: string; readonly best?: object };

function errorOf(act: () => unknown): Refused | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    if (!isMechaneError(thrown)) throw thrown;
    return thrown.toJSON();
  }
}
