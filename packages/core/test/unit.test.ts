import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { settled } from '../src/play/settled.ts';
import { decimalsOf, Unit } from '../src/play/unit.ts';

describe('a unit', () => {
  test.each<[number, number, number]>([
    [0.01, 0.29, 29],
    [0.01, 1.1, 110],
    [0.1, 0.3, 3],
    [0.05, 0.35, 7],
    [1, 7, 7],
    [1000, 5_000_000, 5000],
    [1e-7, 3e-7, 3],
    [0.01, -4.35, -435],
    [0.01, 0, 0],
    [0.01, 90071992547409.91, 9007199254740991],
    // Doubles that lie between two whole numbers of units.
    [0.1, 768270194941113.8, 7682701949411138],
    [0.1, 606338389620043.2, 6063383896200432],
    // The product with 100 is a double that ends in a half.
    [0.01, 36810950465931.27, 3681095046593127],
    [0.01, -36810950465931.27, -3681095046593127],
    [0.001, 4502851537440.03, 4502851537440030],
    [1e-7, 313123395.6289216, 3131233956289216],
    [9007199254740991, 9007199254740991, 1],
  ])('of %d counts %d as %d, and writes it again', (size, amount, units) => {
    const unit = new Unit(size);
    expect(unit.counted(amount)).toBe(units);
    expect(unit.written(units)).toBe(amount);
  });
  test.each([
    [0.01, 0.001],
    [0.01, 1 / 3],
    [0.05, 0.12],
    [1000, 1],
    [1, 2 ** 53],
    [0.01, 1e15],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    // So many units of five hundredths are more hundredths than can be told apart.
    [0.05, 4e15 * 0.05],
  ])('of %d cannot count %d', (size, amount) => {
    expect(new Unit(size).counted(amount)).toBe(undefined);
  });
  test('writes every whole number of units as the double that its decimal is read as', () => {
    const random = seededRandom(1);
    for (let draw = 0; draw < 20_000; draw++) {
      const decimals = 1 + random.below(9);
      const units = Math.floor(random.next() * 10 ** (1 + random.below(15)));
      const text = `${units}`.padStart(decimals + 1, '0');
      const decimal = Number(`${text.slice(0, -decimals)}.${text.slice(-decimals)}`);
      const unit = Unit.withDecimals(decimals);
      expect(unit?.written(units)).toBe(decimal);
      expect(unit?.counted(decimal)).toBe(units);
    }
  });
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-23, 0.1 + 0.2, 2 ** 53, 1e21])('cannot be %d', (size) => {
    expect(() => new Unit(size)).toThrow(new RangeError('no unit'));
  });
  test('is no finer than doubles can say', () => {
    expect(Unit.withDecimals(22)?.amount).toBe(1e-22);
    expect(Unit.withDecimals(23)).toBe(undefined);
  });
});

test('decimals are those of the shortest text', () => {
  const random = seededRandom(2);
  for (let draw = 0; draw < 20_000; draw++) {
    const amount = draw % 2 === 0 ? random.next() : Number((random.next() * 1000).toFixed(random.below(8)));
    const text = String(amount);
    const expected = text.includes('e') ? undefined : (text.split('.')[1] ?? '').length;
    if (expected !== undefined) expect(decimalsOf(amount)).toBe(expected);
  }
  expect([0.25, 7, 1e-7, 1.5e-7, 1e21].map(decimalsOf)).toEqual([2, 0, 7, 8, 0]);
  // Times 100, these are doubles that end in a half.
  expect([36810950465931.27, 38307057724351.38, 997368907382631.1].map(decimalsOf)).toEqual([2, 2, 1]);
});

describe('a sum of decimals', () => {
  test('is a decimal', () => {
    expect(settled(0.1 + 0.2, 0.3, 2)).toBe(0.3);
    expect(settled(0.1 + 0.2 - 0.3, 0.6, 3)).toBe(0);
    expect(Object.is(settled(-(0.1 + 0.2 - 0.3), 0.6, 3), 0)).toBe(true);
    expect(settled(7, 7, 1)).toBe(7);
    expect(settled(1e-15 + 2e-15, 3e-15, 2)).toBe(3e-15);
    // Too large for its decimals to be told apart: it stays as it is.
    expect(settled(2 ** 52 + 0.5, 2 ** 52, 1)).toBe(2 ** 52 + 0.5);
    expect(settled(1 / 3, 1 / 3, 1)).toBe(1 / 3);
    expect(settled(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY);
  });
  test('of any cents is what whole cents come to', () => {
    const random = seededRandom(3);
    for (let draw = 0; draw < 5_000; draw++) {
      const cents = Array.from({ length: 1 + random.below(40) }, () => random.below(200_000) - 100_000);
      const amounts = cents.map((cent) => cent / 100);
      const sum = amounts.reduce((total, amount) => total + amount, 0);
      const size = amounts.reduce((total, amount) => total + Math.abs(amount), 0);
      expect(settled(sum, size, amounts.length)).toBe(cents.reduce((total, cent) => total + cent, 0) / 100);
    }
  });
});
