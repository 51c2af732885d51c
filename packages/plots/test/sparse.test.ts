import { describe, expect, test } from 'vitest';
import {
  allocationFlows,
  armsPulled,
  bestResponses,
  choiceOfOne,
  claimsChecked,
  convergenceCurve,
  coreRegion,
  counterexample,
  curves,
  type Figure,
  gamePictures,
  gameTree,
  growthCurves,
  learningCurve,
  logitBranch,
  lottery,
  matching,
  type NormalForm,
  orderBook,
  packageAuction,
  payoffTable,
  peaksOnLine,
  pictureOf,
  positionsSold,
  priceClock,
  profileList,
  regretCurve,
  replicatorField,
  sealedAuction,
  supplyAndDemand,
  toHtml,
  toLatexTable,
  toSvg,
  toTikz,
  unitBids,
} from '../src/index.ts';
import { written } from '../src/numbers.ts';

const many = (count: number): string[] => Array.from({ length: count }, (_, place) => `agent${place}`);
const each = <Value>(names: readonly string[], value: (place: number) => Value): Record<string, Value> =>
  Object.fromEntries(names.map((name, place) => [name, value(place)]));

const options = { width: 320 };
const square = (text: string) =>
  ({
    players: ['1', '2'],
    strategies: [
      ['a', 'b', 'c'],
      ['x', 'y', 'z'],
    ],
    payoff: () => text,
  }) as NormalForm;
const normal = (shape: readonly number[], payoff: NormalForm['payoff'] = () => 0): NormalForm => ({
  players: shape.map((_, place) => `p${place}`),
  strategies: shape.map((count) => many(count)),
  payoff,
});
const leaf = (...payoffs: number[]) => ({ kind: 'terminal', children: [], outcome: { payoffs } });

/** Figures of little, of nothing, of very much, and of what does not fit together. */
const sparse: Readonly<Record<string, () => Figure>> = {
  'an auction without bids': () => sealedAuction({ bids: {}, payments: {}, winner: null, price: 0 }),
  'an auction whose payments are not told': () =>
    sealedAuction({ bids: { ann: 3, bob: 2 }, payments: {}, winner: 'ann', price: 1 }),
  'several who buy at a price': () =>
    sealedAuction({ bids: { ann: 3, bob: 2 }, payments: { ann: 1 }, winner: null, winners: ['ann'], price: 1 }),
  'several who buy at prices of their own': () =>
    sealedAuction({
      bids: { ann: 3, bob: 2 },
      payments: { ann: 1 },
      winner: null,
      winners: ['ann'],
      price: 0,
      reserve: 1,
    }),
  'a clock that knows no limits': () =>
    priceClock({ startingPrice: 0, agents: ['ann', 'bob'], limits: {}, winner: 'ann', price: 4 }, options),
  'a clock without a winner among very many': () =>
    priceClock(
      { startingPrice: 0, agents: many(50), limits: each(many(50), (place) => place), winner: null, price: 0 },
      options,
    ),
  'a falling clock that nobody stops': () =>
    priceClock(
      { startingPrice: 9, agents: ['ann'], limits: { ann: 0 }, winner: null, price: 0, direction: 'down' },
      options,
    ),
  'units that nobody gets': () =>
    unitBids({ bids: { ann: [2, 1] }, units: 5, allocation: {}, payments: {}, clearingPrice: 3 }, options),
  'units for very many': () =>
    unitBids({
      bids: each(many(70), (place) => [place]),
      units: 6,
      allocation: each(many(70).slice(64), () => 1),
      payments: {},
      clearingPrice: 3,
      won: [[3, 'nobody']],
    }),
  'positions that nobody has': () => positionsSold({ bids: { ann: 1 }, slots: [null], pricePerClick: {}, clicks: [] }),
  'a position whose price and clicks are not told': () =>
    positionsSold({ bids: {}, slots: ['ann'], pricePerClick: {}, clicks: [] }),
  'packages that nobody wins': () =>
    packageAuction({ goods: ['A'], bids: { ann: [] }, allocation: {}, values: {}, payments: {} }),
  'packages of very many winners': () =>
    packageAuction(
      {
        goods: many(20),
        bids: each(many(40), () => []),
        allocation: each(many(40), (place) => [`agent${place % 20}`]),
        values: each(many(3), () => 5),
        payments: {},
        others: { VCG: {} },
      },
      options,
    ),
  'the core of three who pay nothing': () =>
    coreRegion({
      goods: ['A', 'B', 'C'],
      bids: { a: [{ bundle: ['A'], value: 1 }], b: [{ bundle: ['Z'], value: 1 }], c: [] },
      allocation: { a: ['A'], b: ['B'], c: ['C'] },
      values: {},
      payments: {},
      others: { VCG: {} },
    }) as Figure,
  'the core of two of whom nothing is told': () =>
    coreRegion({
      goods: ['A', 'B'],
      bids: { a: [], b: [] },
      allocation: { a: ['A'], b: ['B'] },
      values: {},
      payments: {},
    }) as Figure,
  'a market without orders': () => supplyAndDemand({ orders: [], traded: 0 }),
  'a market of buyers': () =>
    supplyAndDemand({
      orders: [{ agent: 'b', side: 'buy', price: 3, quantity: 2 }],
      traded: 0,
      clearingPrice: 3,
      clearingInterval: [3, 3],
    }),
  'an empty book': () => orderBook({ bids: [], asks: [], trades: [] }, options),
  'a book of one side with trades among strangers': () =>
    orderBook(
      {
        bids: [[0, 1]],
        asks: [],
        trades: [
          { price: 1, quantity: 1 },
          { price: 2, quantity: 2 },
        ],
      },
      options,
    ),
  'a book of asks': () => orderBook({ bids: [], asks: [[5, 1]], trades: [] }),
  'flows of quantities': () => allocationFlows({ allocation: { ann: { x: 1 }, bob: {} } }, options),
  'flows of goods that have no price': () =>
    allocationFlows({ allocation: each(many(25), () => each(many(15), () => 1)), prices: {} }),
  'flows of nothing': () => allocationFlows({ allocation: {} }),
  'a matching of nobody': () => matching({ left: [], right: [], pairs: [], rankings: {} }),
  'a matching beyond its paper': () =>
    matching(
      {
        left: many(40),
        right: ['x', 'y'],
        pairs: [
          ['agent39', 'x'],
          ['agent0', 'nobody'],
          ['agent1', 'y'],
        ],
        rankings: { agent0: ['q', 'w', 'e', 'x', 'y'], y: ['agent1'] },
      },
      options,
    ),
  'a choice of nothing': () => choiceOfOne({ values: { ann: {} }, alternatives: ['park'], chosen: null, payments: {} }),
  'a point that is not chosen': () => peaksOnLine({ ann: 1, bob: 1 }, null),
  'a table without equilibria, larger than its paper': () =>
    payoffTable(
      { players: ['1', '2'], strategies: [many(30), many(20)], payoffs: [many(30).map(() => [1]), []] },
      [],
      options,
    ),
  'a table with a mixture that is longer than it': () =>
    payoffTable({ players: ['1', '2'], strategies: [['a'], ['b']], payoffs: [[[1]], [[1]]] }, [
      { profile: [[0.5, 0.5], []] },
      { profile: [] },
    ]),
  'best responses among very many equal ones': () =>
    bestResponses(
      {
        players: ['1', '2'],
        strategies: [['a'], many(14)],
        payoffs: [[], [many(14).map(() => 1), many(14).map((_, place) => place % 2)]],
      },
      [{ profile: [] }],
      options,
    ),
  'a game that is over': () => gameTree({ payoffs: [1] }, ['1']),
  'a tree of strangers': () =>
    gameTree(
      {
        player: 'x',
        moves: [
          { action: 'go', probability: 1, to: { moves: [{ action: 'by chance', to: {} }] } },
          { action: 'stay', to: { player: 'chance', moves: [{ action: 'l', to: {} }] } },
        ],
      },
      [],
    ),
  'a lottery of nothing': () => lottery([], 'nothing'),
  'no equilibrium': () => profileList({ players: ['1'], strategies: [['a']] }, []),
  'a mixture of strategies without names': () =>
    profileList({ players: ['1'], strategies: [] }, [{ profile: [[0.5, 0.5], [1]] }, { profile: [] }]),
  'a population that rests everywhere': () =>
    replicatorField(
      {
        strategies: ['a', 'b', 'c'],
        payoffs: [[0], [], []],
        paths: [
          [
            [1, 0, 0],
            [0, 1],
          ],
        ],
      },
      options,
    ),
  'no branch': () => logitBranch([]),
  'a branch that forgets a strategy': () =>
    logitBranch([
      { lambda: 0, probabilities: { a: 1 } },
      { lambda: 1, probabilities: {} },
    ]),
  'nothing learnt': () =>
    learningCurve({ rounds: 0, objective: 'revenue', arms: [], convergence: { checkpoints: [] } }),
  'regret without a bound': () =>
    regretCurve({ rounds: 0, objective: 'revenue', arms: [], convergence: { checkpoints: [] } }),
  'convergence of which nothing is known': () =>
    convergenceCurve({
      rounds: 1,
      objective: 'revenue',
      arms: [],
      convergence: { checkpoints: [{ round: 1, reward: 0, regret: 0 }] },
    }),
  'no arms': () => armsPulled({ rounds: 0, objective: 'efficiency', arms: [], convergence: { checkpoints: [] } }),
  'arms measured otherwise': () =>
    armsPulled({
      rounds: 9,
      objective: 'efficiency',
      arms: [
        { mechanism: 'a', pulls: 4, revenue: { mean: 1 } },
        { mechanism: 'b', pulls: 5, efficiency: { mean: 1 } },
      ],
      convergence: { checkpoints: [] },
    }),
  'curves of nothing': () => curves([], { title: 'Nothing at all', subtitle: '', x: 'x', y: 'y' }),
  'curves on axes of factors that leave out what has no logarithm': () =>
    curves(
      [
        {
          name: 'a',
          points: [
            { x: 0, y: 1 },
            { x: 1, y: 2, low: 0, high: 3 },
            { x: 1e7, y: 3e-6, low: 1e-6, high: 1 },
          ],
        },
      ],
      { title: 'Over many factors', subtitle: '', x: 'x', y: 'y', logX: true, logY: true },
    ),
  'growth within one power': () =>
    growthCurves({
      a: [
        [2, 2],
        [3, 3],
      ],
    }),
  'a broken law of which nothing is told': () => counterexample({ law: 'core', verdict: 'refuted' }),
  'a lie that does not help': () =>
    counterexample({
      law: 'false-name-proof',
      verdict: 'refuted',
      counterexample: {
        types: { ann: 3, bob: { side: 'buy', bundle: ['A'] } },
        agent: 'ann',
        deviation: { ann: null, eve: 5 },
        truthful: { utility: 2 },
        deviating: { utility: 1 },
      },
    }),
  'a mechanism that claims nothing': () =>
    claimsChecked({ mechanism: 'a/b', laws: [{ law: 'core', claim: null, verdict: 'unclaimed', examined: 0 }] }),
  'claims that are kept': () =>
    claimsChecked({
      mechanism: 'a/b',
      laws: [{ law: 'core', claim: true, verdict: 'holds', examined: 1, method: 'search' }],
    }),
  'claims that are open': () =>
    claimsChecked({ mechanism: 'a/b', laws: [{ law: 'core', claim: true, verdict: 'undecided', examined: 1 }] }),
  'an outcome of all kinds': () =>
    pictureOf({ mechanism: 'a/b', outcome: { a: null, b: 1, c: 'x', d: { e: [1] }, f: undefined } }),
};

test.each(Object.keys(sparse))('%s is drawn', (name) => {
  const figure = sparse[name]?.() as Figure;
  const [svg, tikz, page] = [toSvg(figure), toTikz(figure), toHtml([figure])];
  for (const text of [svg, tikz, page]) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  expect(figure.title).not.toBe('');
  for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
});

describe('the pictures of a game', () => {
  const titles = (
    game: Parameters<typeof gamePictures>[0],
    solved: Parameters<typeof gamePictures>[1] = [],
  ): string[] => gamePictures(game, solved).map(({ title }) => title);

  test('of a table of three strategies each are its payoffs alone', () => {
    expect(titles(square('1/2'))).toEqual(['0 equilibria: 0 pure, 0 mixed']);
  });

  test('show best responses of whoever has two strategies', () => {
    expect(titles(normal([2, 3]))[1]).toMatch(/^What p1 does best against p0/);
    expect(
      titles(normal([3, 2]), [
        {
          profile: [
            [1, 0, 0],
            [1, 0],
          ],
        },
      ])[1],
    ).toMatch(/^What p0 does best against p1: 1 equilibrium/);
  });

  test('of three players are their mixtures', () => {
    expect(
      titles(normal([2, 2, 2]), [
        {
          profile: [
            [1, 0],
            [1, 0],
            [0.5, 0.5],
          ],
        },
      ]),
    ).toEqual(['1 equilibrium']);
  });

  test('show the branch of quantal responses where it was followed', () => {
    const branch = [0, 1, 2].map((lambda) => ({
      lambda,
      profile: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    }));
    for (const lambda of [Number.POSITIVE_INFINITY, 'Infinity', null]) {
      const end = {
        lambda,
        profile: [
          [1, 0],
          [1, 0],
        ],
      };
      const told = titles(normal([2, 2]), [...branch, end, { lambda: 3 }]);
      expect(told[0]).toBe('From chance to equilibrium: the logit branch');
      expect(told).toContainEqual(expect.stringContaining('1 equilibrium'));
    }
    expect(titles(normal([2, 2]), branch.slice(1))).toHaveLength(2);
  });

  test('of a tree have chance, payoffs on the way, and sets without names', () => {
    const nodes = [
      {
        kind: 'chance',
        actions: ['l', 'r'],
        probabilities: ['1/3', '2/3'],
        children: [1, 4],
        outcome: { payoffs: ['1/2', 0] },
      },
      { kind: 'decision', player: 0, informationSet: 0, children: [2, 3], outcome: undefined },
      leaf(1, 2),
      leaf(3, 4),
      { kind: 'decision', player: 5, children: [5], outcome: { payoffs: [1, 1] } },
      { kind: 'terminal', children: [], outcome: undefined },
    ];
    const game = { players: ['Ann', 'Bob'], nodes, informationSets: [[{ label: '', actions: ['in', 'out'] }]] };
    const [figure] = gamePictures(game, [{ profile: [[['1/4', '3/4']]] }]);
    const texts = (figure as Figure).marks.flatMap((mark) => (mark.shape === 'text' ? [mark.text] : []));
    expect(texts).toContain('in 1/4');
    expect(texts).toContain('1.5, 2');
    expect(texts).toContain('l 1/3');
    expect(gamePictures(game, [{}])[0]?.marks.length).toBeGreaterThan(5);
  });
});

test('LaTeX has the payoffs that there are', () => {
  expect(toLatexTable({ players: ['~1', '\\2'], strategies: [['a'], ['b', 'c']], payoffs: [[[1]], []] })).toContain(
    '$\\underline{1}, \\underline{0}$',
  );
});

test.each([
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NEGATIVE_INFINITY, '−∞'],
  [1e-7, '1.00e−7'],
  [2.5e12, '2.50e12'],
  [-1234.567, '−1,234.57'],
  [0, '0'],
])('%d is written %s', (value, text) => {
  expect(written(value)).toBe(text);
});

describe('a run', () => {
  const run = { mechanism: 'a/b' };
  test.each([
    [
      'Dutch clock',
      { reports: { ann: { threshold: 3 } }, outcome: { winner: null, payment: 0 } },
      'The clock stops and nobody wins',
    ],
    [
      'English clock',
      { reports: [['ann', { value: 3 }]], outcome: { winner: null, payment: 0 } },
      'The clock stops and nobody wins',
    ],
    [
      'packages by or',
      {
        settings: { goods: { A: 2, B: 1 } },
        reports: {
          ann: {
            or: [
              { bundle: ['A'], value: 2 },
              { bundle: ['B'], value: 3 },
              { bundle: ['A', 'B'], value: 4 },
            ],
          },
        },
        outcome: { allocation: { ann: ['A', 'B'], bob: ['A'] }, payments: {} },
      },
      'ann gets A and B and bob gets A',
    ],
    ['sales in an order', { outcome: { sales: [{ price: 3, agent: 'ann' }] } }, '1 sale, the last at 3'],
    ['sales without a price', { outcome: { sales: [{}, { at: 3 }] } }, '2 sales, the last at 0'],
    [
      'orders',
      { reports: { ann: { orders: [{ side: 'buy', price: 3, quantity: 1 }] } }, outcome: { trades: {} } },
      'Nothing changes hands',
    ],
    ['orders of another kind', { reports: { ann: { orders: [{}] } }, outcome: { trades: {} } }, 'The outcome of a/b'],
    [
      'prices that forget a good',
      { outcome: { status: 'converged', history: [{ prices: { x: 1 } }, { prices: {} }] } },
      'Prices after 2 rounds: converged',
    ],
    [
      'a choice among what values name',
      { reports: { ann: { values: { park: 1 } } }, outcome: { chosen: 1 } },
      'Nothing is chosen, and nobody pays',
    ],
    ['a point that is none', { reports: { ann: { peak: 1 } }, outcome: { location: null } }, 'Nothing is chosen'],
    [
      'matches of one side',
      { reports: { ann: { side: 'proposing', ranking: [] } }, outcome: { matches: {} } },
      '0 pairs, 0 of them a first choice',
    ],
    [
      'a recommendation',
      {
        outcome: {
          recommendation: { ann: 'x' },
          distribution: [{ profile: { ann: 'x' }, probability: 1 }, { profile: 3 }],
        },
      },
      'Drawn: ann: x',
    ],
    [
      'copies',
      { reports: { ann: { bid: 1 }, bob: { bid: 2 } }, outcome: { allocation: { bob: 1 }, payments: { bob: 1 } } },
      '1 of 2 bidders buy',
    ],
    ['reports that are none', { reports: 3, outcome: {} }, 'The outcome of a/b'],
  ])('of %s has its picture', (_, told, title) => {
    expect(pictureOf({ ...run, ...told }).title).toBe(title);
  });
});
