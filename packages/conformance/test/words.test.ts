import { describe, expect, test } from 'vitest';
import { deviatingCase, truthfulCase } from '../src/case.ts';
import { Departing } from '../src/game/departing.ts';
import { numberAt, withLeaf } from '../src/game/leaves.ts';
import { mergedAliases, renamed } from '../src/game/renamed.ts';
import { completed } from '../src/search/exhaust.ts';
import { partingOf } from '../src/search/transcript.ts';
import {
  allSaying,
  inWords,
  meanwhile,
  numberInWords,
  reportingInWords,
  saying,
  typeInWords,
} from '../src/words/words.ts';

describe('in words', () => {
  test('numbers are without the dust of decimals', () => {
    expect(numberInWords(0.1 + 0.2)).toBe('0.3');
    expect(numberInWords(2 ** 53)).toBe('9007199254740992');
  });

  test.each<[unknown, string]>([
    [{ bid: 7 }, '7'],
    [[], 'nothing'],
    [{ xor: [{ bundle: ['A', 'B'], value: 3 }] }, 'A, B for 3'],
    [{ side: 'buy', price: 4 }, '{side: buy, price: 4}'],
    [{ owns: 'A', ranking: ['B', 'A'] }, '{owns: A, ranking: [B, A]}'],
    [{}, '{}'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
  ])('%j is %s', (content, words) => {
    expect(inWords(content)).toBe(words);
  });

  test('a type is worth something or of a type, and a report is a bid or a report', () => {
    expect(typeInWords({ bid: 3 })).toBe('worth 3');
    expect(typeInWords(3)).toBe('worth 3');
    expect(typeInWords({ peak: 3 })).toBe('of type 3');
    expect(typeInWords('left')).toBe('of type left');
    expect(reportingInWords({ bid: 3 })).toBe('bidding 3');
    expect(reportingInWords({ peak: 3 })).toBe('reporting 3');
    expect(reportingInWords(null)).toBe('staying away');
    expect(saying('ann', null)).toBe('ann stays away');
    expect(saying('ann', 'left')).toBe('ann reports left');
    expect(allSaying(new Map())).toBe('nobody takes part');
  });

  test('a departure is when, and what instead', () => {
    const at = { at: ['bid'], asked: ['price'] };
    const departing = new Departing({ bid: 3 }, [
      { from: 1, to: 1, message: { bid: 9 } },
      { from: 2, to: 4 },
      { from: 5, to: 5, message: { bid: 0 }, follows: { ...at, plus: 0 } },
      { from: 6, to: 7, message: { bid: 0 }, follows: { ...at, plus: 2 } },
      { from: 8, to: Number.MAX_SAFE_INTEGER, message: { bid: 0 }, follows: { ...at, plus: -1 } },
    ]);
    expect(reportingInWords(departing)).toBe(
      'playing 3, but saying 9 in round 1, keeping silent in rounds 2 to 4, saying as asked in round 5, ' +
        'saying 2 more than asked in rounds 6 to 7, saying 1 less than asked from round 8 on',
    );
    expect(saying('ann', departing)).toMatch(/^ann plays 3, but/);
  });

  test('the others are those who say what they are', () => {
    const types = new Map([
      ['ann', { bid: 3 }],
      ['bob', { bid: 6 }],
    ]);
    expect(meanwhile(deviatingCase(types, 1, 'ann', { bid: 2 }), 'ann')).toBe(' while bob bids 6');
    expect(meanwhile(truthfulCase(new Map([['ann', { bid: 3 }]]), 1), 'ann')).toBe(' with nobody else there');
    expect(meanwhile({ ...truthfulCase(types, 1), deviation: new Map([['bob', { bid: 1 }]]) }, 'ann')).toBe('');
  });

  test('what was gone through names its sizes, and is a proof with two agents, or one where there is but one', () => {
    expect(completed([], [1, 2], 6)).toMatchObject({ complete: undefined, isProof: false });
    expect(completed([1], [1, 2, 3], 6)).toMatchObject({
      complete: 'every profile of 1 agent over 6 types',
      isProof: false,
    });
    expect(completed([1], [1], 6)).toMatchObject({ isProof: true });
    expect(completed([1, 2, 3], [1, 2, 3], 6)).toMatchObject({
      complete: 'every profile of 1, 2 and 3 agents over 6 types',
      isProof: true,
    });
  });
});

describe('a place in plain data', () => {
  test('has a number, or none', () => {
    expect(numberAt({ bids: [3, 4] }, ['bids', 1])).toBe(4);
    expect(numberAt({ bids: [3, 4] }, ['bids', 2])).toBeUndefined();
    expect(numberAt({ bid: 3 }, ['bid', 'deep', 'er'])).toBeUndefined();
    expect(numberAt({ bid: 'three' }, ['bid'])).toBeUndefined();
  });

  test('that is not there is not made', () => {
    expect(withLeaf({ bids: [3, 4] }, ['bids', 0], 9)).toEqual({ bids: [9, 4] });
    expect(withLeaf({ bids: [3, 4] }, ['bids', 2], 9)).toEqual({ bids: [3, 4] });
    expect(withLeaf({ bids: [3, 4] }, ['bids', 'first'], 9)).toEqual({ bids: [3, 4] });
    expect(withLeaf({ bid: 3 }, ['price'], 9)).toEqual({ bid: 3 });
    expect(withLeaf(3, [], 9)).toBe(9);
  });
});

describe('names', () => {
  const names = new Map([['ann', 'zoe']]);

  test('are changed wherever somebody is named, in what departs as well', () => {
    expect(renamed({ ann: ['ann', 'bob'], winner: 'ann', price: 3 }, names)).toEqual({
      zoe: ['zoe', 'bob'],
      winner: 'zoe',
      price: 3,
    });
    expect(renamed(new Departing({ to: 'ann' }, [{ from: 1, to: 1, message: 'ann' }]), names)).toEqual(
      new Departing({ to: 'zoe' }, [{ from: 1, to: 1, message: 'zoe' }]),
    );
  });

  test('of one and the same are added up: amounts, goods, and whatever one of them has', () => {
    const merged = mergedAliases(
      {
        winner: 'alias',
        payments: { ann: 2, alias: 3 },
        allocation: { ann: ['A'], alias: ['B'] },
        houses: { ann: null, alias: 'C' },
        seats: { ann: 'D', alias: 'E' },
        sold: ['alias', 'bob'],
      },
      'ann',
      new Set(['alias']),
    );
    expect(merged).toEqual({
      winner: 'ann',
      payments: { ann: 5 },
      allocation: { ann: ['A', 'B'] },
      houses: { ann: 'C' },
      seats: { ann: 'D' },
      sold: ['ann', 'bob'],
    });
  });
});

test('conversations part where the same is asked and something else is said', () => {
  const [stay, stop] = [
    { asked: '1', said: 'stay' },
    { asked: '2', said: 'stop' },
  ];
  expect(partingOf([stay, stop], [stay, { ...stop, said: 'stay' }])).toBe(1);
  expect(partingOf([stay, stop], [stay, stop])).toBeUndefined();
  expect(partingOf([stay], [{ ...stay, asked: '9' }])).toBeUndefined();
  expect(partingOf([stay], [])).toBeUndefined();
  expect(partingOf()).toBeUndefined();
});
