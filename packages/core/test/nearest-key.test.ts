import { nearestKey } from '@mechane/core';
import { describe, expect, test } from 'vitest';

/*
 * What was probably meant by a key, or a value, that nobody knows.
 */
describe('the nearest key is', () => {
  test.each([
    // But for capitals, or an s.
    ['BUY', ['sell', 'buy'], 'buy'],
    ['Reserve', ['reserves', 'RESERVE'], 'reserves'],
    ['unit', ['lots', 'units'], 'units'],
    ['bids', ['asks', 'bid'], 'bid'],
    ['sss', ['ss'], 'ss'],
    // Another word for it, which comes before a spelling that is near.
    ['qty', ['side', 'price', 'quantity'], 'quantity'],
    ['volume', ['side', 'units'], 'units'],
    ['shares', ['count'], 'count'],
    ['px', ['side', 'PRICE'], 'PRICE'],
    ['limitprice', ['price'], 'price'],
    ['rate', ['price'], 'price'],
    ['valuation', ['bid'], 'bid'],
    ['offer', ['threshold'], 'threshold'],
    ['max', ['value'], 'value'],
    ['bids', ['marginals'], 'marginals'],
    ['prices', ['thresholds'], 'thresholds'],
    ['long', ['sell', 'buy'], 'buy'],
    ['demand', ['sell', 'buy'], 'buy'],
    ['short', ['buy', 'sell'], 'sell'],
    ['supply', ['buy', 'ask'], 'ask'],
    ['direction', ['price', 'side'], 'side'],
    ['type', ['side'], 'side'],
    ['tif', ['price', 'timeInForce'], 'timeInForce'],
    ['prefs', ['capacity', 'ranking'], 'ranking'],
    ['order', ['preferences'], 'preferences'],
    ['bidders', ['seed', 'reports'], 'reports'],
    ['agents', ['reports'], 'reports'],
    ['floor', ['units', 'reserve'], 'reserve'],
    ['min', ['startingPrice'], 'startingPrice'],
    ['minimum', ['reserve'], 'reserve'],
    // Where the first group has none of the known words, the next may.
    ['price', ['value'], 'value'],
    ['amount', ['value'], 'value'],
    // Misspelt: the closest of several, a swap of neighbours counting once.
    ['reserv', ['resort', 'reserve'], 'reserve'],
    ['brekaTie', ['breakTie'], 'breakTie'],
    ['brekaTie', ['brexaTies', 'breakTie'], 'breakTie'],
    ['ni', ['in', 'no'], 'in'],
    ['ab', ['ba'], 'ba'],
    ['xx', ['xy'], 'xy'],
    // Abbreviated: letters of it in their order, beginning with the first.
    ['mkt', ['limit', 'market'], 'market'],
    ['thr', ['clock', 'threshold'], 'threshold'],
    ['cp', ['reserve', 'clearingPrice'], 'clearingPrice'],
  ])('of %s among %j: %s', (typed, known, meant) => {
    expect(nearestKey(typed, known)).toBe(meant);
  });
  test.each([
    ['colour', ['reserve', 'breakTie']],
    ['abcd', ['wxyz']],
    ['xyz', ['clearingPrice']],
    // One letter abbreviates nothing, nor letters in another order, nor those that do not begin it, nor more letters than there are.
    ['c', ['clearingPrice']],
    ['mtkx', ['market-maker']],
    ['kt', ['market-maker']],
    ['maa', ['market-m']],
    ['ghijkl', ['mnopqr']],
    ['a', []],
    ['', ['reserve']],
  ])('none of those, of %s among %j', (typed, known) => {
    expect(nearestKey(typed, known)).toBe(undefined);
  });
  test('looked for up to 64 letters', () => {
    const typed = 'r'.repeat(64);
    expect(nearestKey(typed, [typed.toUpperCase()])).toBe(typed.toUpperCase());
    expect(nearestKey(`${typed}r`, [`${typed}r`])).toBe(undefined);
    expect(nearestKey(typed, [`${typed}r`])).toBe(undefined);
  });
});
