import { createMechane, journalRecorder, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type ExchangeReport, markets, type Utility } from '../src/index.ts';
import { bestValue, faultsOf, fisherFaultsOf, hasEquilibrium, type Reports, suppliesOf, weightsOf } from './walras.ts';

const mechane = createMechane().use(markets);
const economies = Number(process.env.MECHANE_RUNS ?? 2_500);
const names = ['x', 'y', 'z', 'w'] as const;

interface Draw {
  readonly below: (bound: number) => number;
}

/** A small number, often 0: endowments and weights in whole numbers are full of ties. */
const little = ({ below }: Draw): number => Math.max(0, below(6) - 2);

function drawnUtility(random: Draw, kinds: readonly Utility['kind'][], goods: readonly string[]): Utility {
  const weights = Object.fromEntries(goods.map((good) => [good, little(random)]));
  if (Object.values(weights).every((weight) => weight === 0)) weights[goods[random.below(goods.length)] as string] = 1;
  const kind = kinds[random.below(kinds.length)] as Utility['kind'];
  if (kind === 'ces') return { kind, weights, rho: [0.5, 0.25, -0.5, -1, -3][random.below(5)] as number };
  if (kind === 'quasi-linear') return { kind, weights, numeraire: goods[random.below(goods.length)] as string };
  return { kind, weights };
}

function drawnEconomy(seed: number, kinds: readonly Utility['kind'][], sizes = 4): Record<string, ExchangeReport> {
  const random = seededRandom(seed);
  const goods = names.slice(0, 1 + random.below(sizes));
  const agents = 1 + random.below(sizes);
  return Object.fromEntries(
    Array.from({ length: agents }, (_, index) => [
      `agent${index}`,
      {
        endowment: Object.fromEntries(goods.map((good) => [good, little(random)])),
        utility: drawnUtility(random, kinds, goods),
      },
    ]),
  );
}

const played = (reports: Reports) => mechane.run('market/exchange', { reports: { ...reports } });
const shown = (seed: number, reports: object): string => `seed ${seed}: ${JSON.stringify(reports)}`;

const smooth = ['linear', 'cobb-douglas', 'ces', 'quasi-linear'] as const;

test(`in ${economies} economies with zeros in every place, an equilibrium is found where there is one, and not where there is none`, () => {
  let found = 0;
  for (let seed = 1; seed <= economies; seed++) {
    const reports = drawnEconomy(seed, smooth, 3);
    const { outcome, certificate } = played(reports);
    const there = hasEquilibrium(reports);
    expect(outcome.equilibriumFound, `${shown(seed, reports)} ${outcome.reason}`).toBe(there);
    expect(certificate?.status, shown(seed, reports)).toBe(there ? 'converged' : 'feasible');
    expect(outcome.reason !== undefined, shown(seed, reports)).toBe(!there);
    if (!there) continue;
    found += 1;
    expect(faultsOf(reports, outcome, 1e-6), shown(seed, reports)).toEqual([]);
  }
  expect(found).toBeGreaterThan(economies / 2);
}, 600_000);

test(`in ${economies} economies with complements of all kinds, what is called an equilibrium is one, and no reason is untrue`, () => {
  const counts: Record<string, number> = {};
  for (let seed = 1; seed <= economies; seed++) {
    const reports = drawnEconomy(seed, ['leontief', 'leontief', ...smooth]);
    const { outcome, certificate } = played(reports);
    const status = certificate?.status ?? '';
    counts[status] = (counts[status] ?? 0) + 1;
    expect(outcome.equilibriumFound, shown(seed, reports)).toBe(status === 'converged');
    if (status === 'converged') expect(faultsOf(reports, outcome, 1e-6), shown(seed, reports)).toEqual([]);
    else if (status === 'max-rounds') expect(outcome.reason, shown(seed, reports)).toMatch(/^the search stopped /);
    else expect(outcome.reason, shown(seed, reports)).toMatch(/nobody has|not connected|have nothing that anybody/);
  }
  // Whether economies of Leontief agents have an equilibrium is hard to know (Codenotti, Saberi, Varadarajan and Ye 2006).
  expect(counts['max-rounds'] ?? 0).toBeLessThan(economies / 20);
  expect(counts.converged).toBeGreaterThan(economies / 2);
}, 600_000);

test('of Leontief agents with two goods, all equilibria are found: where none is, no price would do', {
  tags: ['long'],
  timeout: 600_000,
}, () => {
  let none = 0;
  for (let seed = 1; seed <= economies; seed++) {
    const reports = drawnEconomy(seed, ['leontief'], 2);
    if (played(reports).outcome.equilibriumFound) continue;
    none += 1;
    for (let step = 0; step <= 200; step++) {
      const prices = { x: step / 200, y: 1 - step / 200 };
      const allocation = Object.fromEntries(
        Object.entries(reports).map(([agent, { endowment, utility }]) => {
          const income = (endowment.x ?? 0) * prices.x + (endowment.y ?? 0) * prices.y;
          const level = income === 0 ? 0 : bestValue(utility, prices, income);
          return [agent, Object.fromEntries(weightsOf(utility).map(([good, weight]) => [good, weight * level]))];
        }),
      );
      expect(faultsOf(reports, { prices, allocation }, 1e-9), shown(seed, reports)).not.toEqual([]);
    }
  }
  expect(none).toBeGreaterThan(0);
});

describe('where goods are gross substitutes', () => {
  const runs = Math.ceil(economies / 5);
  const substitutes = (seed: number): Record<string, ExchangeReport> =>
    Object.fromEntries(
      Object.entries(drawnEconomy(seed, ['cobb-douglas', 'ces'])).map(([agent, report]) => {
        const { utility } = report;
        return [agent, utility.kind === 'ces' ? { ...report, utility: { ...utility, rho: 0.5 } } : report];
      }),
    );

  test('tâtonnement converges to an equilibrium where there is one, and nowhere else', {
    tags: ['long'],
    timeout: 600_000,
  }, () => {
    for (let seed = 1; seed <= runs; seed++) {
      const reports = substitutes(seed);
      const { outcome } = mechane.run('market/tatonnement', { settings: { maxRounds: 5_000 }, reports });
      expect(outcome.status === 'converged', shown(seed, reports)).toBe(hasEquilibrium(reports));
      if (outcome.status === 'converged') expect(faultsOf(reports, outcome, 1e-4), shown(seed, reports)).toEqual([]);
    }
  });

  test('a market of equal shares has the same prices as Fisher’s, as an exchange economy and by tâtonnement', {
    tags: ['long'],
    timeout: 600_000,
  }, () => {
    for (let seed = 1; seed <= runs; seed++) {
      const drawn = substitutes(seed);
      const supplies = suppliesOf(drawn);
      const goods = Object.fromEntries(names.map((good, index) => [good, supplies[good] || index + 1]));
      const budgets = Object.keys(drawn).map((_, index) => index + 1);
      const all = budgets.reduce((sum, budget) => sum + budget, 0);
      const reports = Object.fromEntries(
        Object.entries(drawn).map(([agent, { utility }], index) => {
          const share = (budgets[index] as number) / all;
          const endowment = Object.fromEntries(Object.entries(goods).map(([good, supply]) => [good, supply * share]));
          return [agent, { endowment, utility }];
        }),
      );
      const buyers = Object.fromEntries(
        Object.entries(drawn).map(([agent, { utility }], index) => [
          agent,
          { budget: budgets[index] as number, utility },
        ]),
      );
      const fisher = mechane.run('market/fisher', { settings: { goods }, reports: buyers }).outcome;
      expect(fisherFaultsOf(goods, buyers, fisher, 1e-6), shown(seed, buyers)).toEqual([]);
      const total = Object.values(fisher.prices).reduce((sum, price) => sum + price, 0);
      const exchange = played(reports).outcome;
      const called = mechane.run('market/tatonnement', {
        settings: { tolerance: 1e-7, maxRounds: 5_000 },
        reports,
      }).outcome;
      for (const good of names) {
        const price = (fisher.prices[good] as number) / total;
        expect(exchange.prices[good] ?? 0, shown(seed, reports)).toBeCloseTo(price, 6);
        expect(called.prices[good] ?? 0, shown(seed, reports)).toBeCloseTo(price, 4);
        if (price === 0) expect([exchange.prices[good] ?? 0, called.prices[good] ?? 0]).toEqual([0, 0]);
      }
    }
  });
});

test('prices are called at once as in the conversation with proxies, to the last digit, with zeros in every place', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const reports = drawnEconomy(seed, ['leontief', ...smooth]);
    const scenario = { mechanism: 'market/tatonnement', settings: { maxRounds: 60 }, reports };
    const atOnce = mechane.runScenario(scenario);
    // A journal takes down what everybody said, so that it has to be said.
    const conversation = mechane.runScenario(scenario, { journal: journalRecorder() });
    for (const told of ['outcome', 'metrics', 'certificate'] as const)
      expect(atOnce[told], shown(seed, reports)).toEqual(conversation[told]);
  }
});

test(`${economies} Fisher markets with budgets and weights of 0 stand the check from the definition`, () => {
  for (let seed = 1; seed <= economies; seed++) {
    const random = seededRandom(seed);
    const goods = Object.fromEntries(names.slice(0, 1 + random.below(4)).map((good) => [good, 1 + random.below(3)]));
    const reports = Object.fromEntries(
      Array.from({ length: 1 + random.below(4) }, (_, index) => {
        const utility = drawnUtility(random, ['leontief', ...smooth], Object.keys(goods));
        const plain = utility.kind === 'quasi-linear' ? { kind: utility.kind, weights: utility.weights } : utility;
        return [`agent${index}`, { budget: little(random), utility: plain as Utility }];
      }),
    );
    const { outcome, certificate } = mechane.run('market/fisher', { settings: { goods }, reports });
    expect(certificate?.status, shown(seed, reports)).toBe('converged');
    expect(fisherFaultsOf(goods, reports, outcome, 1e-6), shown(seed, { goods, reports })).toEqual([]);
  }
}, 600_000);

test('a good of which there is none and that nobody wants changes nothing', () => {
  const utility = { kind: 'cobb-douglas', weights: { x: 1, z: 1 } } as const;
  const bob = { endowment: { z: 1 }, utility };
  const without = played({ ann: { endowment: { x: 2 }, utility }, bob });
  const zero = { kind: 'cobb-douglas', weights: { x: 1, y: 0, z: 1 } } as const;
  for (const ann of [
    { endowment: { x: 2, y: 0 }, utility },
    { endowment: { x: 2, y: 0 }, utility: zero },
  ]) {
    expect(played({ ann, bob })).toEqual(without);
  }
  expect(without.outcome.prices.x).toBeCloseTo(1 / 3, 12);
});

test('what Leontief agents have enough of is free, though others own nothing else', () => {
  // Bob’s ten y are free: Ann uses one with her x, and Bob, who can buy no z, asks for nothing.
  const reports: Reports = {
    ann: { endowment: { x: 1 }, utility: { kind: 'leontief', weights: { x: 1, y: 1 } } },
    bob: { endowment: { y: 10 }, utility: { kind: 'linear', weights: { z: 1 } } },
    cat: { endowment: { z: 1 }, utility: { kind: 'cobb-douglas', weights: { z: 1 } } },
  };
  const { outcome } = played(reports);
  expect(faultsOf(reports, outcome, 1e-9)).toEqual([]);
  expect(outcome.prices.y).toBe(0);
  expect(outcome.allocation).toEqual({ ann: { x: 1, y: 1 }, bob: { y: 9 }, cat: { z: 1 } });
});

describe('the check from the definition refuses', () => {
  const utility = { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } as const;
  const reports: Reports = { ann: { endowment: { x: 1 }, utility }, bob: { endowment: { y: 1 }, utility } };
  const half = { x: 0.5, y: 0.5 };
  const right = { prices: { x: 1, y: 1 }, allocation: { ann: half, bob: half } };

  test.each([
    ['nothing of an equilibrium', {}, []],
    ['more than there is', { allocation: { ann: { x: 0.6, y: 0.4 }, bob: half } }, [/1.1 of x is given away/]],
    ['other prices', { prices: { x: 1, y: 2 } }, [/ann has 1 and spends 1.5/, /bob has 2 and spends 1.5/]],
    [
      'leftovers with a price',
      { allocation: { ann: half, bob: { x: 0.5, y: 0.4 } } },
      [/of y is left over/, /bob has 1 and/],
    ],
    [
      'a worse bundle',
      { allocation: { ann: { x: 1 }, bob: { y: 1 } } },
      [/ann has a bundle worth 0/, /bob has a bundle worth 0/],
    ],
  ])('%s', (_what, changed, expected) => {
    const faults = faultsOf(reports, { ...right, ...changed }, 1e-9);
    for (const pattern of expected) expect(faults.join('\n')).toMatch(pattern);
    expect(faults.length > 0).toBe(expected.length > 0);
  });
});

test('what is free among Leontief agents and wanted by others without limit is no equilibrium, and no overflow either', () => {
  const { outcome, certificate } = played({
    ann: { endowment: { x: 3, y: 1 }, utility: { kind: 'leontief', weights: { x: 1, y: 3 } } },
    bob: { endowment: { z: 3 }, utility: { kind: 'leontief', weights: { z: 1 } } },
    cat: { endowment: { z: 2 }, utility: { kind: 'quasi-linear', weights: { x: 3 }, numeraire: 'z' } },
  });
  expect(outcome.equilibriumFound).toBe(false);
  expect(certificate?.status).toBe('max-rounds');
});
