import { MechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { paymentFlaw } from '../src/game/outcome-flaws.ts';
import { ifPlayable, inText, isAboutSettings, Unplayable, unplayable } from '../src/game/unplayable.ts';

describe('payments', () => {
  const agents = ['ann', 'bob'];

  test.each<[string, object]>([
    ['name everybody and nobody else', { payments: { ann: 3, bob: 0 } }],
    ['are none at all', { winner: 'ann' }],
    ['have a fee in them', { payments: { ann: 3, bob: 0 }, fee: 1 }],
    ['go with a fee of nothing', { payments: { ann: 0, bob: 0 }, fee: 0 }],
    ['go with the fees of those who pay', { payments: { ann: 3, bob: 0 }, fees: { ann: 1, bob: 0 } }],
    ['go with a list of fees in words', { payments: { ann: 0, bob: 0 }, fees: ['none'], tax: { ann: 'none' } }],
    ['were paid for before', { payments: { ann: 0, bob: 0 }, prepaid: 3 }],
  ])('are sound where they %s', (_how, outcome) => {
    expect(paymentFlaw(outcome, agents)).toBeUndefined();
  });

  test.each<[object, string]>([
    [{ payments: { ann: 1, bob: Number.NaN } }, 'payments.bob is NaN'],
    [{ payments: 7 }, 'the payments are 7, and name nobody'],
    [{ payments: { ann: 1 } }, 'the payments do not name bob'],
    [{ payments: { ann: 1, bob: '2' } }, 'the payments do not name bob'],
    [{ payments: { ann: 1, bob: 2, zoe: 3 } }, 'zoe pays without taking part'],
    [{ payments: { ann: 0, bob: 0 }, fee: 2 }, "fee is 2, and nobody's payment has it in it"],
    [
      { payments: { ann: 3, bob: 0 }, rebates: { bob: 2 } },
      'rebates has 2 for bob, which its payment of 0 does not have in it',
    ],
  ])('of %j are not', (outcome, flaw) => {
    expect(paymentFlaw(outcome, agents)).toBe(flaw);
  });
});

describe('what a mechanism throws', () => {
  /** Nothing can be read of it without another error. */
  const refuse = (): never => {
    throw new Error('do not touch');
  };
  const untouchable = new Proxy(new Error('hidden'), { get: refuse, has: refuse });
  const coded = (code: ConstructorParameters<typeof MechaneError>[0], path: readonly string[]): MechaneError =>
    new MechaneError(code, { path, problem: 'it will not do', expected: 'another', fix: 'change it' });

  test('is told in words, whatever it is', () => {
    expect(inText(new Error('broken'))).toBe('broken');
    expect(inText('broken')).toBe('broken');
    expect(inText(undefined)).toBe('undefined');
    expect(inText(untouchable)).toBe('something that cannot be read');
  });

  test('is a refusal by its code, and a failure where it has none, or cannot be asked', () => {
    expect(unplayable(coded('invalid-report', ['reports', 'ann'])).kind).toBe('refused');
    expect(unplayable(coded('too-many-rounds', [])).kind).toBe('endless');
    expect(unplayable(new Error('broken')).kind).toBe('broke');
    expect(unplayable(untouchable).kind).toBe('broke');
    expect(unplayable(untouchable, true).kind).toBe('broke');
    const known = new Unplayable('spoilt', 'the outcome is null');
    expect(unplayable(known)).toBe(known);
  });

  test('refuses settings that the kit thought of, and breaks under those that somebody gave', () => {
    const thrown = coded('invalid-settings', ['settings', 'reserve']);
    expect(isAboutSettings(thrown)).toBe(true);
    expect(isAboutSettings(coded('invalid-report', ['reports']))).toBe(false);
    expect(unplayable(thrown, true).kind).toBe('refused');
    expect(unplayable(thrown, false).kind).toBe('broke');
  });

  test('is imprecise by its code alone', () => {
    expect(unplayable(coded('imprecise-amount', ['reports'])).isImprecise).toBe(true);
    expect(unplayable(untouchable).isImprecise).toBe(false);
  });

  test('is nobody’s business where it is the kit’s own error', () => {
    expect(ifPlayable(() => 7)).toBe(7);
    expect(
      ifPlayable(() => {
        throw new Unplayable('refused', 'no');
      }),
    ).toBeUndefined();
    expect(() =>
      ifPlayable(() => {
        throw new RangeError('a mistake of the kit');
      }),
    ).toThrow(RangeError);
  });
});
