import { isMechaneError, seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { readNfg, writeNfg } from '../src/files/nfg.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { extremePoints } from '../src/two-player/extreme-points.ts';

const errorOf = (text: string): string => {
  try {
    readNfg(text);
  } catch (thrown) {
    if (isMechaneError(thrown)) return `${thrown.code} ${thrown.path.join(' ')}: ${thrown.message}`;
    throw thrown;
  }
  return 'it was read';
};

describe('.nfg', () => {
  test('a list of payoffs, the first player’s strategy running fastest', () => {
    // The example of Gambit's documentation of the format.
    const game = readNfg(`NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0`);
    expect(game.title).toBe('Selten (IJGT, 75), Figure 2, normal form');
    expect(game.shape).toEqual([3, 2]);
    expect(String(game.rationals(0))).toBe('1,1,0,0,0,2');
    expect(String(game.rationals(1))).toBe('1,1,2,3,2,0');
  });

  test('outcomes and their numbers, with names, a comment, commas and the outcome of no payoffs', () => {
    const game = readNfg(`NFG 1 R "Selten \\"IJGT\\"" { "Player 1" "Player \\\\2" }

{ { "1" "2" "3" }
{ "1" "2" }
}
"a comment"

{
{ "" 1, 1 }
{ "" 0 2 }
{ "x", 1/3, -2.5e-1 }
{ "" 2, 0 }
}
1 1 2 3 0 4`);
    expect(game.title).toBe('Selten "IJGT"');
    expect(game.players).toEqual(['Player 1', 'Player \\2']);
    expect(game.strategies).toEqual([
      ['1', '2', '3'],
      ['1', '2'],
    ]);
    expect(String(game.rationals(0))).toBe('1,1/3,1,0,0,2');
    expect(String(game.rationals(1))).toBe('1,-1/4,1,0,2,0');
  });

  test('decimals and fractions are read exactly', () => {
    const game = readNfg('NFG 1 D "" { "a" } { 4 } 0.1 .5 +3. -1/3');
    expect(String(game.rationals(0))).toBe('1/10,1/2,3,-1/3');
  });

  test('what is written is read again', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 30; round++) {
      const shape = Array.from({ length: 1 + random.below(3) }, () => 1 + random.below(3));
      const profiles = shape.reduce((product, count) => product * count, 1);
      const game = new NormalFormGame({
        title: 'a "title" with \\ in it',
        strategies: shape,
        payoffs: shape.map(() =>
          Array.from({ length: profiles }, () =>
            Rational.ratio(BigInt(random.below(99) - 50), BigInt(1 + random.below(9))),
          ),
        ),
      });
      const again = readNfg(writeNfg(game));
      expect(again.title).toBe(game.title);
      expect(again.strategies).toEqual(game.strategies);
      for (const player of shape.keys()) expect(String(again.rationals(player))).toBe(String(game.rationals(player)));
    }
  });

  test('zeros at the end of a file are no part of its last number', () => {
    expect(String(readNfg('\ufeffNFG 1 R "" { "a" "b" } { 1 1 }\r\n1 2\0\0').rationals(1))).toBe('2');
  });

  test('a game that was read can be solved', () => {
    const game = readNfg('NFG 1 R "Pennies" { "row" "column" } { 2 2 } 1 -1  -1 1  -1 1  1 -1');
    expect(
      extremePoints(game)
        .now()
        .results.map(({ profile }) => String(profile)),
    ).toEqual(['1/2,1/2,1/2,1/2']);
  });
});

describe('bad files', () => {
  const head = 'NFG 1 R "t" { "a" "b" }';
  test.each([
    ['nothing', '', 'line 1 column 1', 'the file ends here'],
    ['another format', 'EFG 2 R "t" { }', 'line 1 column 1', 'NFG'],
    ['a head in small letters', 'nfg 1 R "t" { "a" } { 1 } 0', 'line 1 column 1', 'NFG'],
    ['another version', 'NFG 2 R "t" { "a" } { 1 } 0', 'line 1', 'only version 1'],
    ['another kind of numbers', 'NFG 1 Q "t" { "a" } { 1 } 0', 'line 1', 'D or R'],
    ['no title', 'NFG 1 R { "a" } { 1 } 0', 'line 1 column 9', 'the title in quotes'],
    ['a text without an end', 'NFG 1 R "t', 'line 1 column 9', 'no end'],
    ['an endless text', `NFG 1 R "${'x'.repeat(20_000)}"`, 'line 1 column 9', 'longer than'],
    ['too few strategies', `${head} { 2 } 1 1 1 1`, 'line 1', '1 players have strategies'],
    ['no strategies', `${head} { 2 0 }`, 'line 1', 'player 2 has no strategies'],
    ['a negative count', `${head} { 2 -1 }`, 'line 1 column 29', 'a whole number'],
    ['truncated', `${head}\n{ 2 2 }\n1 2 3`, 'line 3 column 1', 'too short'],
    ['one payoff short', `${head}\n{ 2 1 }\n10000 2 3`, 'line 3 column 10', 'the file ends here'],
    ['too many payoffs', `${head}\n{ 1 1 }\n1 2\n3`, 'line 4 column 1', 'the end of the file'],
    ['a line that ends as on old Macs', `${head}\r{ 1 1 }\r\n1 x`, 'line 3 column 3', 'a number such as'],
    ['no number', `${head}\n{ 1 1 }\n1 NaN`, 'line 3 column 3', 'a number such as'],
    ['an infinite number', `${head}\n{ 1 1 }\n1 1e999999`, 'line 3 column 3', 'a number such as'],
    ['a division by zero', `${head}\n{ 1 1 }\n1 1/0`, 'line 3 column 3', 'a number such as'],
    ['an outcome that is not there', `${head}\n{ 1 1 }\n{ { "" 1 2 } }\n2`, 'line 4 column 1', 'there is no outcome 2'],
    ['an outcome of three', `${head}\n{ 1 1 }\n{ { "" 1 2 3 } }\n1`, 'line 3 column 12', 'after an outcome'],
    ['outcomes that are too short', `${head}\n{ 9 9 }\n{ { "" 1 2 } }\n1`, 'line 4 column 1', 'too short'],
    ['an open brace', `${head}\n{ { "x" `, 'line 2', 'the file ends here'],
  ])('%s', (_, text, place, says) => {
    const error = errorOf(text);
    expect(error.startsWith('invalid-file ')).toBe(true);
    expect(error).toContain(place);
    expect(error).toContain(says);
  });

  test('a thousand million profiles are refused before there are any', () => {
    expect(errorOf(`NFG 1 R "t" { "a" "b" "c" } { 1000 1000 1000 } 1`)).toMatch(/^too-large/);
    expect(errorOf(`NFG 1 R "t" { ${'"a" '.repeat(99)} } { ${'2 '.repeat(99)} } 1`)).toMatch(/^too-large/);
  });
});
