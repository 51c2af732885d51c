import { agentColumn, sold, unsold } from '@mechane/core';
import { isAgentColumn, paymentsOf, revenueOf, utilityOf, welfareOf } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import { clock, lottery, secondPrice } from './example-mechanisms.ts';

describe('utility', () => {
  const outcome = sold(['ann', 'bob'], 'ann', 4);
  test('is value less payment unless the mechanism says otherwise', () => {
    expect(utilityOf(secondPrice, 'ann', { bid: 10 }, outcome, {})).toBe(6);
    expect(utilityOf(secondPrice, 'bob', { bid: 10 }, outcome, {})).toBe(0);
    expect(utilityOf(clock, 'ann', { value: 10 }, outcome, {})).toBe(6);
  });
  test('of somebody who is in no payment is the value', () => {
    expect(utilityOf(secondPrice, 'eve', { bid: 10 }, { ...outcome, winner: 'eve' }, {})).toBe(10);
    expect(utilityOf(secondPrice, 'ann', { bid: 10 }, { winner: 'ann' }, {})).toBe(10);
  });
  test('is unknown where the mechanism has no values', () => {
    expect(utilityOf(lottery, 'ann', {}, {}, {})).toBeUndefined();
    expect(welfareOf(lottery, new Map([['ann', {}]]), {}, {})).toBeUndefined();
  });
});

test('payments and revenue are read off any outcome that has them', () => {
  expect(revenueOf({ payments: { ann: 5, bob: -2 } })).toBe(3);
  expect(revenueOf({})).toBeNull();
  expect(paymentsOf({ location: 3 })).toBeUndefined();
  expect(unsold(['ann'])).toEqual({ winner: null, payment: 0, allocation: {}, payments: { ann: 0 } });
});

test('a column of agents is recognised', () => {
  expect(isAgentColumn(agentColumn(['ann']))).toBe(true);
  expect(isAgentColumn(['ann'])).toBe(false);
  expect(isAgentColumn(null)).toBe(false);
});
