import { describe, expect, test } from 'vitest';
import { sealedAuction } from '../src/index.ts';
import { drawn, rectOf } from './drawn.ts';

const vickrey = {
  bids: { ann: 10, bob: 15, eve: 12 },
  payments: { ann: 0, bob: 12, eve: 0 },
  winner: 'bob',
  price: 12,
};

describe('a sealed auction', () => {
  test('says in its title who wins and what the winner pays (Vickrey 1961)', () => {
    expect(sealedAuction(vickrey).title).toBe('bob wins and pays 12');
  });

  test('has a bar for each bidder, as long as its bid', () => {
    const svg = drawn(sealedAuction(vickrey));
    const ann = rectOf(svg, 'ann').width;
    expect(rectOf(svg, 'bob').width / ann).toBeCloseTo(1.5, 2);
    expect(rectOf(svg, 'eve').width / ann).toBeCloseTo(1.2, 2);
  });

  test('draws the price where the second highest bid ends', () => {
    const figure = sealedAuction(vickrey);
    const eve = rectOf(drawn(figure), 'eve');
    const price = figure.marks.find((mark) => mark.shape === 'line' && mark.stroke === 'price');
    expect(price?.shape === 'line' && price.points[0]?.[0]).toBeCloseTo(eve.x + eve.width, 0);
  });

  test('keeps the winner apart from the others by more than a colour', () => {
    const letters = sealedAuction(vickrey).marks.filter((mark) => mark.shape === 'text' && mark.text === 'bob');
    expect(letters).toMatchObject([{ bold: true }]);
  });

  test('keeps its axis where it is told the largest number', () => {
    const one = sealedAuction(vickrey, { most: 20 });
    const other = sealedAuction({ ...vickrey, bids: { ...vickrey.bids, bob: 19 } }, { most: 20 });
    expect(other.axis).toEqual(one.axis);
    expect(one.axis).toMatchObject({ low: 0, high: 20 });
  });

  test('says that nobody wins where no bid meets the reserve', () => {
    const figure = sealedAuction({ bids: { ann: 3 }, payments: { ann: 0 }, winner: null, price: 0, reserve: 5 });
    expect(figure.title).toBe('Nobody wins');
    expect(figure.description).toContain('The reserve is 5');
    expect(figure.marks.some((mark) => mark.shape === 'text' && mark.text === 'reserve 5')).toBe(true);
  });

  test('counts the bidders that have no row', () => {
    const bids = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`b${place}`, place]));
    const figure = sealedAuction({ bids, payments: {}, winner: 'b59', price: 58 });
    expect(figure.marks.some((mark) => mark.shape === 'text' && mark.text === 'and 20 bidders more')).toBe(true);
    expect(figure.table.rows).toHaveLength(60);
  });
});
