import { isMechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { readJsonTree } from '../src/extensive-form/json-tree.ts';
import { readNfg } from '../src/files/nfg.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { readJsonGame } from '../src/normal-form/json-game.ts';
import { pureEquilibria } from '../src/normal-form/pure.ts';
import { codeOf } from './code-of.ts';

const payoffsOf = (game: NormalFormGame, player = 0): string[] => game.rationals(player).map(String);

describe('numbers in JSON', () => {
  test('are what the text says, however many digits they have', () => {
    const text =
      '{"players":["a"],"payoffs":[[0.12345678901234567890, 9007199254740993, 12345678901234567890, 1e-30, -3, 0.1]]}';
    expect(payoffsOf(readJsonGame(text))).toEqual([
      '1234567890123456789/10000000000000000000',
      '9007199254740993',
      '12345678901234567890',
      '1/1000000000000000000000000000000',
      '-3',
      '1/10',
    ]);
  });

  test('are what the text says where doubles overflow, or hold fewer digits near to 0', () => {
    const text = '{"players":["a"],"payoffs":[[1e-400, 1.2345e-320, 1e400, -2E-350, 0e-999]]}';
    const tiny = (digits: number, zeros: number): string => `${digits}/${10n ** BigInt(zeros)}`;
    expect(payoffsOf(readJsonGame(text))).toEqual([
      tiny(1, 400),
      `2469/${2n * 10n ** 323n}`,
      String(10n ** 400n),
      `-1/${5n * 10n ** 349n}`,
      '0',
    ]);
    const message = (own: string): string => {
      try {
        readJsonGame(`{"players":["a"],"payoffs":[[0, ${own}]]}`);
      } catch (thrown) {
        if (isMechaneError(thrown)) return thrown.message;
      }
      return 'it was read';
    };
    for (const own of ['1e-99999', '1e99999', '-3.5E+123456']) expect(message(own)).toContain(`"${own}" is no number`);
  });

  test('within texts stay texts, with their quotes and digits', () => {
    const text = String.raw`{"players":["a \"12345678901234567890\" b"],"strategies":[["0.12345678901234567890","x"]],"payoffs":[[12345678901234567890,"1/3"]]}`;
    const game = readJsonGame(text);
    expect(game.players).toEqual(['a "12345678901234567890" b']);
    expect(game.strategies).toEqual([['0.12345678901234567890', 'x']]);
    expect(payoffsOf(game)).toEqual(['12345678901234567890', '1/3']);
    // A number is no name, however long it is.
    expect(codeOf(() => readJsonGame('{"players":[12345678901234567890],"payoffs":[[1]]}'))).toBe('invalid-game');
  });

  test('of trees are read in the same way', () => {
    const tree = readJsonTree(
      '{"players":["a"],"root":{"chance":[{"probability":0.1234567890123456789,"to":{"payoffs":[1]}},{"probability":0.8765432109876543211,"to":{"payoffs":[12345678901234567891]}}]}}',
    );
    expect(tree.nodes.map(({ outcome }) => outcome?.payoffs.map(String))).toEqual([
      undefined,
      ['1'],
      ['12345678901234567891'],
    ]);
  });

  test('that were rounded before they came here are refused with the way out', () => {
    const rounded: unknown = JSON.parse('12345678901234567890');
    const refused = [
      () => readJsonGame({ players: ['a'], payoffs: [[1, rounded]] }),
      () => readJsonTree({ players: ['a'], root: { payoffs: [rounded] } }),
    ];
    for (const read of refused) {
      try {
        read();
        expect.unreachable();
      } catch (thrown) {
        expect(isMechaneError(thrown) && thrown.code).toBe('invalid-number');
        expect(isMechaneError(thrown) && thrown.fix).toContain('as a text');
      }
    }
    expect(payoffsOf(readJsonGame({ players: ['a'], payoffs: [[1e20, 0.1]] }))).toEqual([
      '100000000000000000000',
      '1/10',
    ]);
  });

  test('a text that is no JSON is refused', () => {
    expect(codeOf(() => readJsonGame('{"players":'))).toBe('invalid-game');
  });
});

describe('a table', () => {
  test('is kept in doubles where these stand for what the file says, and exactly where they do not', () => {
    const file = (last: string): string => `NFG 1 R "" { "a" "b" } { 1 2 } 1 0.1 -2.50 ${last}`;
    expect(readNfg(file('3')).exact).toBe(false);
    expect(payoffsOf(readNfg(file('3')), 1)).toEqual(['1/10', '3']);
    expect(payoffsOf(readNfg(file('1/3')), 1)).toEqual(['1/10', '1/3']);
    expect(payoffsOf(readNfg(file('0.12345678901234567')), 1)).toEqual([
      '1/10',
      '12345678901234567/100000000000000000',
    ]);
    expect(payoffsOf(readNfg(file('1e3')), 1)).toEqual(['1/10', '1000']);
    expect(codeOf(() => readNfg(file('.')))).toBe('invalid-file');
  });

  test('has the pure equilibria of the numbers it has, not of doubles near to them', () => {
    const close = readJsonGame(
      '{"players":["a","b"],"payoffs":[[[1.00000000000000000001,1],[1,1.00000000000000000001]],[[0,0],[0,0]]]}',
    );
    expect(
      pureEquilibria(close)
        .now()
        .results.map(({ profile }) => String(profile)),
    ).toEqual(['1,0,1,0', '0,1,0,1']);
    const equal = new NormalFormGame({
      strategies: [2, 1],
      payoffs: [new Float64Array([0.1, 0.1]), new Float64Array(2)],
    });
    expect(pureEquilibria(equal).now().results).toHaveLength(2);
  });

  test('of millions of doubles has its pure equilibria found without another of rationals', () => {
    const count = 1_500;
    const payoffs = Float64Array.from({ length: count * count }, (_, at) => (at % count) / 7);
    const game = new NormalFormGame({ strategies: [count, count], payoffs: [payoffs, payoffs] });
    const { results, complete } = pureEquilibria(game, { results: 3 }).now();
    expect([results.length, complete]).toEqual([3, false]);
    expect(results[0]?.payoffs[0]?.toNumber()).toBe(1_499 / 7);
  });
});
