import { expect, test } from 'vitest';
import { bidsByValue } from '../src/index.ts';

const drawn = bidsByValue(
  {
    bids: [
      { agent: 'ann', value: 60, bid: 40, won: true, kind: 'buyer' },
      { agent: 'bob', value: 60, bid: 20, won: false, kind: 'seller' },
    ],
    theory: [
      {
        name: 'truth',
        points: [
          { x: 0, y: 0 },
          { x: 100, y: 100 },
        ],
      },
    ],
    x: 'value',
    y: 'bid',
  },
  { title: 'Bids', width: 600 },
);

test('a bid is a dot, higher up the more is bid, filled where it won, of a shape for each kind', () => {
  const dots = drawn.marks.flatMap((mark) => (mark.shape === 'dot' ? [mark] : []));
  const [ann, bob] = dots;
  expect(dots.map(({ key }) => key)).toEqual(['ann', 'bob']);
  expect(ann?.at[0]).toBe(bob?.at[0]);
  expect(ann?.at[1]).toBeLessThan(bob?.at[1] ?? 0);
  expect([ann?.fill, bob?.fill]).toEqual(['win', 'paper']);
  expect(ann?.symbol).not.toBe(bob?.symbol);
  expect(ann?.label).toBe('ann: 40 at 60, won');
});

test('on the line of truth, a bid is as far up as its value is to the right', () => {
  const line = drawn.marks.find((mark) => mark.shape === 'line' && mark.stroke === 'price');
  const points = line?.shape === 'line' ? line.points : [];
  const [from = [0, 0], to = [0, 0]] = points;
  const ann = drawn.marks.find((mark) => mark.shape === 'dot' && mark.key === 'ann');
  const at = ann?.shape === 'dot' ? ann.at : [0, 0];
  expect((at[0] - from[0]) / (to[0] - from[0])).toBeCloseTo(0.6, 9);
  expect((at[1] - from[1]) / (to[1] - from[1])).toBeCloseTo(0.4, 9);
});

test('whoever sees nothing is told how many bids there are, how many won, and what is drawn over them', () => {
  expect(drawn.description).toBe(
    'bid by value, from 0 to 100: 2 bids, of which 1 won. Over them, theory is drawn: truth.',
  );
  expect(drawn.table.rows).toEqual([
    ['ann', 'buyer', 60, 40, 1],
    ['bob', 'seller', 60, 20, 0],
  ]);
});

test('bids of which theory says nothing are drawn alone', () => {
  const bids = [{ agent: 'ann', value: 3, bid: 2, won: false }];
  const { description, table } = bidsByValue({ bids, theory: [], x: 'value', y: 'bid' }, { title: 'Bids' });
  expect(description).toBe('bid by value, from 0 to 3: 1 bid, of which 0 won.');
  expect(table.rows).toEqual([['ann', '', 3, 2, 0]]);
});
