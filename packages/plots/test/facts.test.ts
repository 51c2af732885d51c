import { describe, expect, test } from 'vitest';
import {
  bestResponses,
  coreRegion,
  counterexample,
  type Figure,
  gameTree,
  matching,
  packageAuction,
  payoffTable,
  pictureOf,
  picturesOf,
  replicatorField,
  supplyAndDemand,
  toLatexTable,
  toTikz,
  unitBids,
} from '../src/index.ts';
import { textWidth } from '../src/text-width.ts';
import { drawn } from './drawn.ts';
import { ausubel, dayCramton, vonStengel } from './every-figure.ts';

function cornersOf(figure: Figure | undefined): unknown[] {
  return (figure?.table.rows ?? []).filter(([kind]) => kind === 'corner').map(([, ...corner]) => corner);
}

describe('the core', () => {
  test('of two winners is the triangle above what the loser would pay (Day and Cramton 2012)', () => {
    const corners = cornersOf(coreRegion(dayCramton));
    expect(corners).toHaveLength(3);
    for (const corner of [
      [12, 20],
      [28, 4],
      [28, 20],
    ])
      expect(corners).toContainEqual(corner);
  });

  test('is drawn beside who won what, where packages were sold', () => {
    const { bids, goods, allocation, payments } = dayCramton;
    const reports = Object.fromEntries(Object.entries(bids).map(([agent, xor]) => [agent, { xor }]));
    const figures = picturesOf({ mechanism: 'x', reports, settings: { goods }, outcome: { allocation, payments } });
    expect(figures.map(({ title }) => title)).toEqual([
      'ann gets A and bob gets B',
      'What ann and bob may pay in the core',
    ]);
    expect(picturesOf({ mechanism: 'x', reports: {}, outcome: { chosen: 'a' } })).toHaveLength(1);
  });

  test('has names of goods beside each other, not over each other', () => {
    const goods = ['bed', 'desk', 'lamp', 'armchair'];
    const svg = drawn(packageAuction({ goods, bids: { ann: [] }, allocation: {}, values: {}, payments: {} }));
    const texts = [...svg.querySelectorAll('text')];
    const heads = texts.find(({ textContent }) => textContent === 'bed')?.getAttribute('y');
    const names = texts.filter((text) => text.getAttribute('y') === heads);
    const spans = names.map((name) => {
      const half = textWidth(name.textContent ?? '', 12) / 2;
      const middle = Number(name.getAttribute('x'));
      return { from: middle - half, to: middle + half };
    });
    expect(spans).toHaveLength(goods.length);
    for (const [place, { from }] of spans.slice(1).entries()) expect(from).toBeGreaterThan(spans[place]?.to ?? 0);
  });

  test('of three winners at a revenue that all coalitions bind is one point', () => {
    const single = (good: string) => [{ bundle: [good], value: 20 }];
    const pair = (bundle: string[], value: number) => [{ bundle, value }];
    const auction = {
      goods: ['A', 'B', 'C'],
      bids: {
        a: single('A'),
        b: single('B'),
        c: single('C'),
        d: pair(['A', 'B'], 28),
        e: pair(['B', 'C'], 26),
        f: pair(['A', 'C'], 24),
      },
      allocation: { a: ['A'], b: ['B'], c: ['C'] },
      values: { a: 20, b: 20, c: 20 },
      payments: { a: 13, b: 15, c: 11 },
    };
    for (const corner of cornersOf(coreRegion(auction)) as number[][]) {
      for (const [place, value] of [13, 15, 11].entries()) expect(corner[place]).toBeCloseTo(value, 6);
    }
  });

  test('is not drawn for one winner, nor where coalitions are too many', () => {
    expect(coreRegion({ ...dayCramton, allocation: { ann: ['A'] } })).toBeUndefined();
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, place) => [`b${place}`, []]));
    expect(coreRegion({ ...dayCramton, bids: { ...dayCramton.bids, ...many } })).toBeUndefined();
  });
});

test('each unit that is clinched has its price on the bid that wins it (Ausubel 2004)', () => {
  const dots = unitBids(ausubel).marks.flatMap((mark) => (mark.shape === 'dot' ? [mark.label] : []));
  expect(dots.toSorted()).toEqual([
    'A wins unit 1 at 65',
    'A wins unit 2 at 75',
    'A wins unit 3 at 85',
    'C wins unit 1 at 75',
    'C wins unit 2 at 85',
  ]);
});

test('the best responses of a game change where its equilibria are (von Stengel 2002)', () => {
  const turned = {
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
  } as const;
  const { description } = bestResponses(turned, [{ profile: [['2/3', '1/3'], []] }, { profile: [['1/3', '2/3'], []] }]);
  expect(description).toContain('T from 0, M from 0.3333, B from 0.6667');
  expect(description).toContain('Equilibria at 0.3333, 0.6667');
});

describe('a table of payoffs', () => {
  test('frames pure equilibria and underlines best responses', () => {
    const figure = payoffTable(vonStengel, [
      {
        profile: [
          [1, 0, 0],
          [1, 0],
        ],
      },
    ]);
    const frames = figure.marks.filter((mark) => mark.shape === 'rect' && mark.stroke === 'win');
    expect(frames).toMatchObject([{ label: 'equilibrium: T, l' }]);
    // T and l; of the columns, r against M and l against B; of the rows, B against r.
    expect(figure.marks.filter((mark) => mark.shape === 'line' && mark.stroke === 'price')).toHaveLength(5);
  });

  test('is LaTeX whose letters are escaped', () => {
    const game = {
      ...vonStengel,
      strategies: [
        ['T_1', '50 %', '#'],
        ['l', 'r'],
      ],
    } as const;
    const latex = toLatexTable(game);
    expect(latex).toContain(String.raw`T\_1 & $\underline{3}, \underline{3}$ & $3, 2$ \\`);
    expect(latex).toContain(String.raw`50 \%`);
    expect(latex.match(/\\underline/g)).toHaveLength(5);
  });
});

test('the area of gains ends where nothing more is traded', () => {
  const buys = [10, 8, 6].map((price, place) => ({ agent: `b${place}`, side: 'buy' as const, price, quantity: 1 }));
  const sells = [3, 5, 9].map((price, place) => ({ agent: `s${place}`, side: 'sell' as const, price, quantity: 1 }));
  const figure = supplyAndDemand({ orders: [...buys, ...sells], traded: 2 });
  const gains = figure.marks.find((mark) => mark.shape === 'line' && mark.fill === 'soft');
  const demand = figure.marks.find((mark) => mark.shape === 'line' && mark.stroke === 'win');
  const ends = [gains, demand].map((mark) => (mark?.shape === 'line' ? Math.max(...mark.points.map(([x]) => x)) : 0));
  const start = demand?.shape === 'line' ? (demand.points[0]?.[0] ?? 0) : 0;
  expect(((ends[0] ?? 0) - start) / ((ends[1] ?? 0) - start)).toBeCloseTo(2 / 3, 6);
});

test('rock, paper, scissors has no motion at its centre and keeps the product of shares elsewhere', () => {
  const payoffs = [
    [0, -1, 1],
    [1, 0, -1],
    [-1, 1, 0],
  ];
  const { rows } = replicatorField({ strategies: ['r', 'p', 's'], payoffs }).table;
  for (const row of rows) {
    const [x, y, z, dx, dy, dz] = row as number[] as [number, number, number, number, number, number];
    expect(dx / x + dy / y + dz / z).toBeCloseTo(0, 12);
    expect(dx + dy + dz).toBeCloseTo(0, 12);
  }
});

describe('the tree of a game', () => {
  const choice = (depth: number): object =>
    depth === 0
      ? { payoffs: [0] }
      : { player: 'A', moves: ['l', 'r'].map((action) => ({ action, to: choice(depth - 1) })) };

  test('is cut where it could not be read, and says how much is left out', () => {
    const figure = gameTree(choice(10), ['A']);
    expect(figure.marks.some((mark) => mark.shape === 'text' && mark.text === '+ 30 more')).toBe(true);
    expect(figure.marks.filter((mark) => mark.shape === 'text' && mark.text.startsWith('+ '))).toHaveLength(64);
  });

  test('is folded at the nodes that are turned, and opened at those that were folded', () => {
    const words = (turned: readonly string[], depth: number) =>
      gameTree(choice(depth), ['A'], { turned }).marks.flatMap((mark) => (mark.shape === 'text' ? [mark.text] : []));
    // Of the 15 nodes of three levels, six follow the second move, and two what comes after it and the first.
    expect(words(['1'], 3)).toContain('+ 6 more');
    expect(words(['1.0'], 3)).toContain('+ 2 more');
    expect(words(['1.0'], 3).filter((word) => word === '0')).toHaveLength(6);
    expect(words([''], 3)).toContain('+ 14 more');
    const opened = words(['0.0.0.0.0.0'], 10);
    expect(opened.filter((word) => word === '+ 30 more')).toHaveLength(63);
    expect(opened.filter((word) => word === '+ 14 more')).toHaveLength(2);
  });

  test('joins nodes of one information set and no others', () => {
    const move = (set: string) => ({ player: 'B', set, moves: [{ action: 'x', to: { payoffs: [0] } }] });
    const tree = (second: string) =>
      gameTree(
        {
          player: 'A',
          moves: [
            { action: 'l', to: move('s') },
            { action: 'r', to: move(second) },
          ],
        },
        ['A', 'B'],
      );
    const joined = (figure: Figure) => figure.marks.filter((mark) => mark.shape === 'line' && mark.dash === '3 4');
    expect(joined(tree('s'))).toHaveLength(1);
    expect(joined(tree('t'))).toHaveLength(0);
  });

  test('is TikZ with a node for each payoff', () => {
    expect(toTikz(gameTree(choice(2), ['A'])).match(/\\node\[[^\]]*\] at [^{]* \{0\}/g)).toHaveLength(4);
  });
});

test('a matching tells the rank that each gives the other', () => {
  const rankings = { ann: ['x', 'y'], y: ['bob', 'ann'] };
  const { rows } = matching({ left: ['ann'], right: ['x', 'y'], pairs: [['ann', 'y']], rankings }).table;
  expect(rows).toEqual([['ann', 'y', 2, 2]]);
});

test('a counterexample says who gains how much by which lie', () => {
  const found = {
    types: { ann: { bid: 10 } },
    agent: 'ann',
    report: { bid: 1 },
    truthful: { utility: 0 },
    deviating: { utility: 9 },
  };
  const figure = counterexample({ law: 'strategy-proof', verdict: 'refuted', counterexample: found });
  expect(figure.title).toBe('ann gains 9 by a lie: strategy-proof is broken');
  expect(figure.marks.some((mark) => mark.shape === 'text' && mark.text === 'says: bid 1')).toBe(true);
});

test('a run whose shape is not known is told in words', () => {
  const figure = pictureOf({ mechanism: 'acme/rule', reports: { ann: { vote: 'yes' } }, outcome: { adopted: true } });
  expect(figure.title).toBe('The outcome of acme/rule');
  expect(figure.table.rows).toEqual([['adopted', 'true']]);
});
