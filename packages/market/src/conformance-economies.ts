import { type Domain, type Subject, singleItem, subject } from '@mechane/conformance';
import { highsOptimizer } from '@mechane/optimization';
import { exchange } from './exchange.ts';
import type { ExchangeReport } from './exchange-agents.ts';
import { fisher } from './fisher.ts';
import type { FisherReport } from './fisher-agents.ts';
import { type MultiCommodityOutcome, multiCommodity, type ResourceReport } from './multi-commodity.ts';
import { tatonnement } from './tatonnement.ts';
import type { Bundle, Utility } from './utility/utility.ts';

const whole = singleItem({ largest: 2 ** 30 }).types({});
const rounding = 1e-6;

/** Every number makes another utility over these goods; every weight is positive. */
function utilityFor(number: number, goods: readonly string[], numeraire: boolean): Utility {
  const weights = Object.fromEntries(goods.map((good, index) => [good, 1 + (Math.floor(number / 9 ** index) % 9)]));
  const rest = Math.floor(number / 9 ** goods.length);
  switch (rest % 6) {
    case 0:
      return { kind: 'linear', weights };
    case 1:
      return { kind: 'cobb-douglas', weights };
    case 2:
      return { kind: 'leontief', weights };
    case 3:
      return { kind: 'ces', weights, rho: 0.5 };
    case 4:
      return { kind: 'ces', weights, rho: -1 };
    default:
      return numeraire
        ? { kind: 'quasi-linear', weights, numeraire: goods[0] as string }
        : { kind: 'linear', weights: { [goods[0] as string]: 1 } };
  }
}

function simpleUtilities(): readonly Utility[] {
  return [
    { kind: 'linear', weights: { x: 2, y: 1 } },
    { kind: 'linear', weights: { y: 1 } },
    { kind: 'cobb-douglas', weights: { x: 1, y: 2 } },
    { kind: 'leontief', weights: { x: 1, y: 1 } },
    { kind: 'ces', weights: { x: 1, y: 1 }, rho: -1 },
  ];
}

interface Goods {
  readonly goods: Readonly<Record<string, number>>;
}

function goodsOf(settings: Goods): readonly string[] {
  return Object.keys(settings.goods).sort();
}

/** What is given away beyond what there is, in words. */
function overdrawn(supplies: Bundle, allocation: Readonly<Record<string, Bundle>>): string | undefined {
  for (const [good, supply] of Object.entries(supplies)) {
    const given = Object.values(allocation).reduce((sum, bundle) => sum + (bundle[good] ?? 0), 0);
    if (given > supply * (1 + 1e-9)) return `${given} of ${good} is given away, and there is ${supply}`;
  }
  return undefined;
}

/** Each good to one agent, or halved between two; a little less than there is, so that rounding is no improvement. */
function* divisions(supplies: Bundle, agents: readonly string[]): Generator<Record<string, Record<string, number>>> {
  const [good, ...others] = Object.keys(supplies);
  if (good === undefined) {
    yield Object.fromEntries(agents.map((agent) => [agent, {}]));
    return;
  }
  const rest = Object.fromEntries(others.map((other) => [other, supplies[other] as number]));
  for (const division of divisions(rest, agents)) {
    for (const [index, one] of agents.entries()) {
      for (const other of agents.slice(index)) {
        const given = structuredClone(division);
        for (const agent of [one, other])
          (given[agent] as Record<string, number>)[good] =
            ((supplies[good] as number) * (1 - rounding)) / (one === other ? 1 : 2);
        yield given;
      }
    }
  }
}

/** Buyers with different budgets, some without any. */
const buyers: Domain<Goods, FisherReport> = {
  name: 'buyers',
  grid: () => simpleUtilities().flatMap((utility) => [1, 3].map((budget) => ({ budget, utility }))),
  types: (settings) =>
    whole.map(({ bid }) => ({
      budget: Math.floor(bid) % 7,
      utility: utilityFor(Math.floor(bid / 7), goodsOf(settings), false),
    })),
  infeasible: (outcome, _types, { goods }) =>
    overdrawn(goods, (outcome as { allocation: Record<string, Bundle> }).allocation),
};

/** Buyers who all have the same budget, and cannot say otherwise. */
const equals: Domain<Goods, FisherReport> = {
  ...buyers,
  name: 'equal-budgets',
  grid: () => simpleUtilities().map((utility) => ({ budget: 1, utility })),
  types: (settings) =>
    whole.map(({ bid }) => ({ budget: 1, utility: utilityFor(Math.floor(bid), goodsOf(settings), false) })),
  mayReport: (type, report) => type.budget === report.budget,
  *alternatives(types, { goods }) {
    const payments = Object.fromEntries([...types].map(([agent, { budget }]) => [agent, budget]));
    for (const allocation of divisions(goods, [...types.keys()])) yield { allocation, payments };
  },
};

const barterGoods = ['x', 'y'];

/** Traders who may have nothing of some good, or nothing at all. */
const traders: Domain<unknown, ExchangeReport> = {
  name: 'traders',
  grid: () =>
    simpleUtilities().flatMap((utility) => [{ x: 1 }, { x: 1, y: 2 }].map((endowment) => ({ endowment, utility }))),
  types: () =>
    whole.map(({ bid }) => {
      const number = Math.floor(bid);
      return {
        endowment: { x: number % 4, y: Math.floor(number / 4) % 4 },
        utility: utilityFor(Math.floor(number / 16), barterGoods, true),
      };
    }),
  infeasible: (outcome, types) =>
    overdrawn(
      suppliesOf([...types.values()].map(({ endowment }) => endowment)),
      (outcome as { allocation: Record<string, Bundle> }).allocation,
    ),
};

function suppliesOf(endowments: readonly Bundle[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const endowment of endowments)
    for (const [good, quantity] of Object.entries(endowment)) sums[good] = (sums[good] ?? 0) + quantity;
  return sums;
}

/** Traders who have some of everything, and want some of everything: equilibria exist. */
const ownersOfEverything: Domain<unknown, ExchangeReport> = {
  ...traders,
  name: 'owners-of-everything',
  grid: () =>
    simpleUtilities().flatMap((utility) =>
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ].map((endowment) => ({ endowment, utility })),
    ),
  types: () =>
    whole.map(({ bid }) => {
      const number = Math.floor(bid);
      return {
        endowment: { x: 1 + (number % 4), y: 1 + (Math.floor(number / 4) % 4) },
        utility: utilityFor(Math.floor(number / 16), barterGoods, true),
      };
    }),
  *alternatives(types) {
    const supplies = suppliesOf([...types.values()].map(({ endowment }) => endowment));
    for (const allocation of divisions(supplies, [...types.keys()])) yield { allocation };
  },
};

/** Up to two uses of two resources. */
const users: Domain<{ readonly resources: Readonly<Record<string, number>> }, ResourceReport> = {
  name: 'users',
  grid: () => [
    { uses: [{ value: 3, needs: { cpu: 1, memory: 1 } }] },
    { uses: [{ value: 2, needs: { cpu: 1 }, limit: 1 }] },
    { uses: [{ value: 4, needs: { memory: 2 } }], budget: 3 },
    { uses: [] },
  ],
  types: () =>
    whole.map(({ bid }) => {
      const number = Math.floor(bid);
      const digit = (place: number, base: number): number => Math.floor(number / base ** place) % base;
      return {
        uses: [
          { value: digit(0, 10), needs: { cpu: 1 + digit(1, 10) } },
          { value: digit(2, 10), needs: { cpu: digit(3, 10), memory: 1 + digit(4, 10) }, limit: 1 + digit(5, 10) },
        ],
        ...(number % 2 === 0 ? {} : { budget: 1 + digit(6, 10) }),
      };
    }),
  infeasible: (outcome, _types, { resources }) => overdrawn(resources, (outcome as MultiCommodityOutcome).allocation),
};

const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

/** Economies, and the types and settings they are examined on. */
export const economies: readonly Subject[] = [
  subject({
    mechanism: fisher,
    domain: buyers,
    settings: [{ goods: { x: 1, y: 1 } }, { goods: { x: 2, y: 3, z: 0.5 }, ...byPriority }],
    runs: 40,
  }),
  subject({
    mechanism: fisher,
    domain: equals,
    settings: [{ goods: { x: 1, y: 1 } }, { goods: { x: 3, y: 2 } }],
    runs: 40,
  }),
  subject({ mechanism: exchange, domain: traders, settings: [{}, byPriority], runs: 40 }),
  subject({ mechanism: exchange, domain: ownersOfEverything, runs: 40 }),
  subject({ mechanism: tatonnement, domain: traders, settings: [{ maxRounds: 60 }], runs: 20 }),
  subject({
    mechanism: multiCommodity,
    domain: users,
    settings: [{ resources: { cpu: 4, memory: 6 } }, { resources: { cpu: 10, memory: 3 }, ...byPriority }],
    providers: [highsOptimizer()],
    runs: 30,
  }),
];
