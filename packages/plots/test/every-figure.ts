import {
  allocationFlows,
  armsPulled,
  bestResponses,
  bidsByValue,
  choiceOfOne,
  claimsChecked,
  convergenceCurve,
  coreRegion,
  counterexample,
  type Figure,
  type FigureOptions,
  gameTree,
  growthCurves,
  learningCurve,
  logitBranch,
  lottery,
  matching,
  orderBook,
  packageAuction,
  payoffTable,
  peaksOnLine,
  positionsSold,
  priceClock,
  profileList,
  regretCurve,
  replicatorField,
  sealedAuction,
  supplyAndDemand,
  type TableGame,
  unitBids,
} from '../src/index.ts';

/** Day and Cramton 2012, figure 1: the bids of two for one good each, and of one for both. */
export const dayCramton = {
  goods: ['A', 'B'],
  bids: {
    ann: [{ bundle: ['A'], value: 28 }],
    bob: [{ bundle: ['B'], value: 20 }],
    cat: [{ bundle: ['A', 'B'], value: 32 }],
  },
  allocation: { ann: ['A'], bob: ['B'] },
  values: { ann: 28, bob: 20 },
  payments: { ann: 20, bob: 12 },
  others: { VCG: { ann: 12, bob: 4 } },
};

/** von Stengel 2002, “Computing equilibria for two-person games”, example 2.1. */
export const vonStengel: TableGame = {
  players: ['1', '2'],
  strategies: [
    ['T', 'M', 'B'],
    ['l', 'r'],
  ],
  payoffs: [
    [
      [3, 3],
      [2, 5],
      [0, 6],
    ],
    [
      [3, 2],
      [2, 6],
      [3, 1],
    ],
  ],
};

/** Ausubel 2004: five units, five bidders. */
export const ausubel = {
  bids: { A: [123, 113, 103], B: [75, 5, 3], C: [125, 125, 49], D: [85, 65, 7], E: [45, 25, 5] },
  units: 5,
  allocation: { A: 3, C: 2 },
  payments: { A: 225, B: 0, C: 160, D: 0, E: 0 },
  won: [
    [65, 'A'],
    [75, 'A'],
    [75, 'C'],
    [85, 'A'],
    [85, 'C'],
  ],
} as const;

const stop = { payoffs: [1, 0] };
const poker = {
  moves: ['king', 'jack'].map((card) => ({
    action: card,
    probability: '1/2',
    to: {
      player: 'Ann',
      set: card,
      moves: [
        {
          action: 'bet',
          to: { player: 'Bob', set: 'bet', moves: ['call', 'fold'].map((action) => ({ action, to: stop })) },
        },
        { action: 'check', to: stop },
      ],
    },
  })),
};

const checkpoints = [500, 1000, 1500].map((round) => ({
  round,
  reward: 0.4,
  regret: round / 10,
  coarse: 100 / round,
  correlated: null,
}));
export const simulated = {
  rounds: 1500,
  objective: 'revenue',
  arms: [
    { mechanism: 'auction-sealed/first-price', settings: {}, pulls: 1000, revenue: { mean: 0.41, halfWidth: 0.01 } },
    { mechanism: 'auction-sealed/second-price', settings: { reserve: 0.5 }, pulls: 500, revenue: null },
  ],
  convergence: { checkpoints },
};

/** Every picture there is, drawn once. */
export function everyFigure(options: FigureOptions = {}): Readonly<Record<string, Figure>> {
  return {
    sealedAuction: sealedAuction(
      { bids: { ann: 10, bob: 15 }, payments: { bob: 10 }, winner: 'bob', price: 10, reserve: 3 },
      options,
    ),
    bidsByValue: bidsByValue(
      {
        bids: [
          { agent: 'ann', value: 60, bid: 40, won: true },
          { agent: 'bob', value: 45, bid: 32, won: false, kind: 'seller' },
        ],
        theory: [
          {
            name: 'half the value',
            points: [
              { x: 0, y: 0 },
              { x: 100, y: 50 },
            ],
          },
          {
            name: 'the value',
            points: [
              { x: 0, y: 0 },
              { x: 100, y: 100 },
            ],
          },
        ],
        x: 'value',
        y: 'bid',
      },
      { ...options, title: 'Bids by value' },
    ),
    priceClock: priceClock(
      {
        startingPrice: 5,
        agents: ['ann', 'bob'],
        limits: { ann: 9, bob: 7 },
        winner: 'ann',
        price: 7,
        rounds: { bob: 2 },
      },
      options,
    ),
    fallingClock: priceClock(
      {
        startingPrice: 20,
        agents: ['ann', 'bob'],
        limits: { ann: 9, bob: 7 },
        winner: 'ann',
        price: 9,
        direction: 'down',
      },
      options,
    ),
    unitBids: unitBids(ausubel, options),
    positionsSold: positionsSold(
      {
        bids: { ann: 3, bob: 4, cat: 2 },
        slots: ['bob', 'ann'],
        pricePerClick: { bob: 3, ann: 2 },
        clicks: [200, 199],
      },
      options,
    ),
    packageAuction: packageAuction(dayCramton, options),
    coreRegion: coreRegion(dayCramton, options) as Figure,
    supplyAndDemand: supplyAndDemand(
      {
        orders: [
          { agent: 'b', side: 'buy', price: 9, quantity: 2 },
          { agent: 's', side: 'sell', price: 3, quantity: 1 },
        ],
        traded: 1,
        clearingPrice: 6,
        clearingInterval: [3, 9],
      },
      options,
    ),
    orderBook: orderBook(
      { bids: [[9, 2]], asks: [[11, 3]], trades: [{ price: 10, quantity: 1, buyer: 'b', seller: 's' }] },
      options,
    ),
    allocationFlows: allocationFlows(
      { allocation: { ann: { x: 0.25, y: 0.75 }, bob: { x: 0.75, y: 0.25 } }, prices: { x: 2, y: 1 } },
      options,
    ),
    matching: matching(
      { left: ['ann', 'bob'], right: ['x', 'y'], pairs: [['ann', 'y']], rankings: { ann: ['x', 'y'], y: ['ann'] } },
      options,
    ),
    choiceOfOne: choiceOfOne(
      {
        values: { ann: { park: 9 }, cat: { road: 8, park: -1 } },
        alternatives: ['park', 'road'],
        chosen: 'park',
        payments: { ann: 8 },
      },
      options,
    ),
    peaksOnLine: peaksOnLine({ ann: 18, bob: 21, cat: 19 }, 19, options),
    payoffTable: payoffTable(
      vonStengel,
      [
        {
          profile: [
            ['4/5', '1/5', 0],
            ['2/3', '1/3'],
          ],
        },
      ],
      options,
    ),
    bestResponses: bestResponses(
      {
        players: ['2', '1'],
        strategies: [vonStengel.strategies[1], vonStengel.strategies[0]],
        payoffs: [
          [
            [3, 2, 3],
            [2, 6, 1],
          ],
          [
            [3, 2, 0],
            [3, 5, 6],
          ],
        ],
      },
      [
        {
          profile: [
            ['2/3', '1/3'],
            ['4/5', '1/5', 0],
          ],
        },
      ],
      options,
    ),
    gameTree: gameTree(poker, ['Ann', 'Bob'], options),
    profileList: profileList(
      { players: ['Ann', 'Bob', 'Cy'], strategies: [['a', 'b'], ['c', 'd'], ['e']] },
      [{ profile: [['1/2', '1/2'], [0.25, 0.75], [1]] }],
      options,
    ),
    lottery: lottery(
      [
        ['ann: dare', 0.25],
        ['ann: swerve', 0.75],
      ],
      'ann: dare',
      options,
    ),
    replicatorField: replicatorField(
      {
        strategies: ['rock', 'paper', 'scissors'],
        payoffs: [
          [0, -1, 1],
          [1, 0, -1],
          [-1, 1, 0],
        ],
        rest: [[1 / 3, 1 / 3, 1 / 3]],
      },
      options,
    ),
    logitBranch: logitBranch(
      [0, 1, 2].map((lambda) => ({ lambda, probabilities: { dare: 1 / (1 + lambda), swerve: lambda / (1 + lambda) } })),
      options,
    ),
    learningCurve: learningCurve(simulated, options),
    regretCurve: regretCurve(simulated, (round) => round, options),
    convergenceCurve: convergenceCurve(simulated, options),
    armsPulled: armsPulled(simulated, options),
    growthCurves: growthCurves(
      {
        ours: [
          [10, 0.001],
          [1000, 0.9],
        ],
        theirs: [
          [10, 0.01],
          [1000, 90],
        ],
      },
      options,
    ),
    claimsChecked: claimsChecked(
      {
        mechanism: 'acme/rule',
        laws: [
          { law: 'strategy-proof', claim: true, verdict: 'refuted', examined: 12, reason: 'ann gains' },
          { law: 'efficient', claim: { approximately: 0.5 }, verdict: 'holds', examined: 300 },
          { law: 'core', claim: false, verdict: 'witnessed', examined: 1 },
          { law: 'anonymous', claim: true, verdict: 'vacuous', examined: 0 },
          { law: 'envy-free', claim: null, verdict: 'unclaimed', examined: 0 },
        ],
      },
      options,
    ),
    counterexample: counterexample(
      {
        law: 'strategy-proof',
        verdict: 'refuted',
        reason: 'ann, worth 10, gains 9 by bidding 1',
        counterexample: {
          types: { ann: { bid: 10 }, bob: { bid: 0 } },
          agent: 'ann',
          report: { bid: 1 },
          truthful: { utility: 0 },
          deviating: { utility: 9 },
        },
      },
      options,
    ),
  };
}
