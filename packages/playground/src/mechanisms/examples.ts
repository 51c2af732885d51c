/** What a mechanism is told: the fields of a scenario but its name. */
export interface Told {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly reports?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly (readonly unknown[])[];
  readonly seed?: number;
}

const bids = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };
const unitBids = { ann: { bids: [3, 2, 1] }, bob: { bids: [3.7, 2, 0] }, carl: { bids: [3.6, 2.99, 1.99] } };
const clicks = { ann: { bid: 3 }, bob: { bid: 4 }, cat: { bid: 2 } };
const packages = {
  ann: { xor: [{ bundle: ['A'], value: 28 }] },
  bob: { xor: [{ bundle: ['B'], value: 20 }] },
  cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
};
const traders = {
  b1: { side: 'buy', price: 100 },
  b2: { side: 'buy', price: 90 },
  b3: { side: 'buy', price: 80 },
  b4: { side: 'buy', price: 70 },
  s1: { side: 'sell', price: 60 },
  s2: { side: 'sell', price: 75 },
  s3: { side: 'sell', price: 85 },
  s4: { side: 'sell', price: 95 },
};
const scarf = (has: string, other: string): object => ({
  endowment: { [has]: 1 },
  utility: { kind: 'leontief', weights: { [has]: 1, [other]: 1 } },
});

/** For each mechanism something to begin with, mostly published cases. */
export const examples: Readonly<Record<string, Told>> = {
  'auction-sealed/first-price': { reports: bids },
  'auction-sealed/second-price': { settings: { reserve: 6 }, reports: bids },
  'auction-sealed/all-pay': { reports: bids },
  'auction-sealed/optimal': { settings: { distribution: { kind: 'uniform', low: 0, high: 20 } }, reports: bids },
  'auction-sealed/uniform-price': { settings: { units: 3 }, reports: unitBids },
  'auction-sealed/pay-as-bid': { settings: { units: 3 }, reports: unitBids },
  'auction-sealed/vickrey': { settings: { units: 3 }, reports: unitBids },
  'auction-sealed/gsp': { settings: { clickThroughRates: [200, 199] }, reports: clicks },
  'auction-sealed/position-vcg': { settings: { clickThroughRates: [200, 199] }, reports: clicks },
  'auction-sealed/random-sampling': { reports: { ...bids, dan: { bid: 11 }, fay: { bid: 3 } }, seed: 1 },
  'auction-english/clock': {
    settings: { startingPrice: 5, increment: 1 },
    reports: { ann: { value: 9 }, bob: { value: 7 }, eve: { value: 8 } },
  },
  'auction-english/open-outcry': {
    settings: { startingPrice: 10, increment: 5 },
    reports: { ann: { value: 30 }, bob: { value: 22 } },
  },
  'auction-english/proxy': {
    settings: { startingPrice: 10, increment: 5 },
    reports: { zoe: { value: 40 }, ann: { value: 33 } },
  },
  'auction-english/clinching': {
    settings: { units: 5 },
    reports: {
      A: { marginals: [123, 113, 103] },
      B: { marginals: [75, 5, 3] },
      C: { marginals: [125, 125, 49] },
      D: { marginals: [85, 65, 7] },
      E: { marginals: [45, 25, 5] },
    },
  },
  'auction-english/timed': {
    settings: { duration: 60_000, startingPrice: 10, increment: 1 },
    reports: { ann: { value: 30 }, bob: { value: 22 } },
  },
  'auction-dutch/clock': {
    settings: { startingPrice: 20, decrement: 1 },
    reports: { ann: { threshold: 8 }, bob: { threshold: 12 } },
  },
  'auction-dutch/multi-unit': {
    settings: { units: 3, startingPrice: 10, decrement: 1 },
    reports: { ann: { thresholds: [9, 6] }, bob: { thresholds: [8, 7, 2] } },
  },
  'auction-dutch/gradual': {
    settings: { targetPrice: 69.42, decay: 0.31, schedule: { kind: 'linear', perTimeUnit: 2 } },
    messages: [
      ['ann', { at: 0, maxPrice: 100 }],
      ['bob', { at: 1, maxPrice: 100 }],
      ['cat', { at: 1.2, maxPrice: 100 }],
    ],
  },
  ...Object.fromEntries(
    [
      'first-price',
      'vcg',
      'core-selecting',
      'greedy',
      'ascending-proxy',
      'ibundle',
      'clock-proxy',
      'simultaneous-ascending',
    ].map((name) => [
      `auction-combinatorial/${name}`,
      {
        settings: { goods: ['A', 'B'], ...(/proxy|bundle|ascending/.test(name) ? { increment: 1 } : {}) },
        reports: packages,
      },
    ]),
  ),
  ...Object.fromEntries(
    ['call', 'vcg', 'mcafee', 'trade-reduction', 'strongly-budget-balanced', 'muda'].map((name) => [
      `market/${name}`,
      { reports: traders, seed: 1 },
    ]),
  ),
  'market/equilibrium': {
    reports: {
      cpu_supplier: { supply: 100, minPrice: 1 },
      memory_supplier: { supply: 200, minPrice: 0.5 },
      compute_agent: { demand: 80, maxPrice: 2 },
      storage_agent: { demand: 150, maxPrice: 1 },
    },
  },
  'market/order-book': {
    messages: [
      ['m1', { type: 'limit', side: 'buy', price: 9250, quantity: 100 }],
      ['m2', { type: 'limit', side: 'buy', price: 9248, quantity: 500 }],
      ['t', { type: 'limit', side: 'sell', price: 9250, quantity: 60 }],
      ['u', { type: 'limit', side: 'sell', price: 9253, quantity: 300 }],
      ['v', { type: 'market', side: 'buy', quantity: 100 }],
    ],
  },
  'market/fisher': {
    settings: { goods: { x: 1, y: 1 } },
    reports: {
      ann: { budget: 200, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 3 } } },
      bob: { budget: 200, utility: { kind: 'cobb-douglas', weights: { x: 3, y: 1 } } },
    },
  },
  'market/exchange': {
    reports: {
      ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 2 } } },
      bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 2, y: 1 } } },
    },
  },
  'market/tatonnement': { reports: { ann: scarf('x', 'y'), bob: scarf('y', 'z'), cat: scarf('z', 'x') } },
  'market/multi-commodity': {
    settings: { resources: { cpu: 4, memory: 6 } },
    reports: {
      web: { uses: [{ value: 3, needs: { cpu: 1, memory: 1 } }] },
      batch: { uses: [{ value: 4, needs: { cpu: 1, memory: 2 } }] },
    },
  },
  'matching/deferred-acceptance': {
    reports: {
      ann: { side: 'proposing', ranking: ['x', 'y'] },
      bob: { side: 'proposing', ranking: ['y', 'x'] },
      x: { side: 'receiving', ranking: ['bob', 'ann'] },
      y: { side: 'receiving', ranking: ['ann', 'bob'] },
    },
  },
  'matching/top-trading-cycles': {
    reports: {
      ann: { owns: 'flat', ranking: ['house'] },
      bob: { owns: 'house', ranking: ['loft'] },
      cat: { owns: 'loft', ranking: ['flat'] },
    },
  },
  'matching/serial-dictatorship': {
    settings: { items: ['flat', 'house', 'loft'] },
    reports: {
      ann: { ranking: ['house', 'loft', 'flat'] },
      bob: { ranking: ['house', 'flat', 'loft'] },
      cat: { ranking: ['loft', 'house', 'flat'] },
    },
  },
  'public-choice/groves': {
    settings: { alternatives: ['park', 'road'] },
    reports: { ann: { values: { park: 9 } }, bob: { values: { park: 4 } }, cat: { values: { road: 8 } } },
  },
  'public-choice/median': {
    reports: { ann: { peak: 18 }, bob: { peak: 21 }, cat: { peak: 19 }, dan: { peak: 25 } },
  },
  'adaptive/posted-price': {
    settings: { rounds: 3, initialPrice: 1, learnFrom: 'others' },
    reports: { ann: { value: 10 }, bob: { value: 8 }, cat: { value: 5 } },
  },
  'game-theory/mediator': {
    settings: { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } },
    reports: {
      ann: {
        payoffs: [
          [0, 7],
          [2, 6],
        ],
      },
      bob: {
        payoffs: [
          [0, 2],
          [7, 6],
        ],
      },
    },
    seed: 1,
  },
};
