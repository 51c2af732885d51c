import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { gsvmBidders } from '../src/generators/gsvm.ts';
import { lsvmBidders } from '../src/generators/lsvm.ts';
import type { ModelBidder } from '../src/generators/value-model.ts';
import { generated, mean, strayOf } from './generated.ts';

const letters = (licences: readonly number[]): string =>
  licences.map((licence) => String.fromCharCode(65 + licence)).join('');
const alone = (bidder: ModelBidder, licence: number): number => bidder.valueOf([licence]);

describe('the global synergy value model (Goeree and Holt 2010)', () => {
  const draw = (seed: number): ModelBidder[] =>
    gsvmBidders({ nationalBidders: 1, regionalBidders: 6 }, seededRandom(seed));
  const [national, ...regional] = draw(1) as [ModelBidder, ...ModelBidder[]];

  test('has one bidder for the twelve national licences and six for four of them and two regional ones, of which four can be won', () => {
    expect(letters(national.licences)).toBe('ABCDEFGHIJKL');
    expect(regional.map(({ licences }) => letters(licences))).toEqual([
      'ABCDMN',
      'CDEFNO',
      'EFGHOP',
      'GHIJPQ',
      'IJKLQR',
      'ABKLMR',
    ]);
    expect([national, ...regional].map(({ most }) => most)).toEqual([12, 4, 4, 4, 4, 4, 4]);
  });

  test('values are even up to 10, 20 from E to H, for the national bidder, and up to twice that for regional ones', () => {
    const bidders = Array.from({ length: 400 }, (_, seed) => draw(seed));
    const even = (bidder: number, licence: number, most: number): void => {
      const values = bidders.map((drawn) => alone(drawn[bidder] as ModelBidder, licence));
      expect(Math.max(...values)).toBeLessThan(most);
      expect(Math.abs(mean(values) - most / 2)).toBeLessThan(strayOf(values));
    };
    even(0, 0, 10);
    even(0, 4, 20);
    even(0, 7, 20);
    even(0, 8, 10);
    even(1, 3, 20);
    even(2, 4, 40);
    even(2, 13, 20);
  });

  test('n licences are worth 1 + 0.2 (n − 1) times their sum', () => {
    const whole = national.licences.reduce((sum, licence) => sum + alone(national, licence), 0);
    expect(national.valueOf(national.licences)).toBeCloseTo(3.2 * whole, 9);
  });

  test('a regional bidder bids on the 56 bundles it may win, the national one on as many as are asked for', () => {
    const { settings, reports } = generated('gsvm', { bundles: 100 });
    expect(settings.goods.join('')).toBe('ABCDEFGHIJKLMNOPQR');
    expect(Object.values(reports).map(({ xor }) => xor.length)).toEqual([100, 56, 56, 56, 56, 56, 56]);
    expect(Object.keys(reports).slice(0, 2)).toEqual(['national0', 'regional0']);
    const all = generated('gsvm', { bundles: 5_000, regionalBidders: 0 });
    expect(all.reports.national0?.xor).toHaveLength(2 ** 12 - 1);
    expect(new Set(all.reports.national0?.xor.map(({ bundle }) => bundle.join())).size).toBe(2 ** 12 - 1);
  });
});

describe('the local synergy value model (Scheffel, Ziegler and Bichler 2012)', () => {
  const draw = (seed: number): ModelBidder[] =>
    lsvmBidders({ nationalBidders: 1, regionalBidders: 5, proximity: 2 }, seededRandom(seed));
  const [national, ...regional] = draw(1) as [ModelBidder, ...ModelBidder[]];

  test('has one bidder for all licences and five who are interested in 6 to 11, so in 63 to 2047 packages', () => {
    expect(letters(national.licences)).toBe('ABCDEFGHIJKLMNOPQR');
    expect(regional).toHaveLength(5);
    const counts = Array.from({ length: 100 }, (_, seed) => draw(seed).slice(1)).flatMap((drawn) =>
      drawn.map(({ licences }) => licences.length),
    );
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([6, 11]);
  });

  test('values are even from 3 to 9 for the national bidder and from 3 to 20 for regional ones', () => {
    // One licence alone has the synergy of one.
    const factor = (a: number, b: number): number => 1 + a / (100 * (1 + Math.exp(b - 1)));
    const bidders = Array.from({ length: 300 }, (_, seed) => draw(seed));
    const nationals = bidders.map(([bidder]) => alone(bidder as ModelBidder, 5) / factor(320, 10));
    expect(Math.abs(mean(nationals) - 6)).toBeLessThan(strayOf(nationals));
    const regionals = bidders.flatMap(([, ...others]) =>
      others.map((bidder) => alone(bidder, bidder.licences[0] as number) / factor(160, 4)),
    );
    expect(Math.min(...nationals, ...regionals)).toBeGreaterThan(3);
    expect(Math.abs(mean(regionals) - 11.5)).toBeLessThan(strayOf(regionals));
  });

  test('licences that touch are worth the more together, those apart only their sum', () => {
    const [a, b, c, h] = [0, 1, 2, 7].map((licence) => alone(national, licence)) as [number, number, number, number];
    const single = 1 + 3.2 / (1 + Math.exp(9));
    const synergy = (n: number): number => (1 + 3.2 / (1 + Math.exp(10 - n))) / single;
    expect(national.valueOf([0, 2])).toBeCloseTo(a + c, 9);
    expect(national.valueOf([0, 1])).toBeCloseTo((a + b) * synergy(2), 9);
    expect(national.valueOf([0, 1, 2])).toBeCloseTo((a + b + c) * synergy(3), 9);
    // A and H touch only across a corner.
    expect(national.valueOf([0, 7])).toBeCloseTo(a + h, 9);
    const whole = national.licences.reduce((sum, licence) => sum + alone(national, licence), 0);
    expect(national.valueOf(national.licences)).toBeCloseTo(whole * synergy(18), 9);
  });
});
