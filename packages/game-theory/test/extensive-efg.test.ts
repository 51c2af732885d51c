import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  type ExtensiveGame,
  kuhnPoker,
  leducPoker,
  readEfg,
  seltensHorse,
  strippedDownPoker,
  writeEfg,
} from '../src/index.ts';
import { randomTree } from './random-tree.ts';

const refusal = (text: string): unknown => {
  try {
    readEfg(text);
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};
const at = (line: number, column: number, message: RegExp) =>
  expect.objectContaining({
    code: 'invalid-file',
    path: ['line', line, 'column', column],
    message: expect.stringMatching(message),
  });
const payoffsOf = (game: ExtensiveGame) => game.nodes.map(({ outcome }) => outcome?.payoffs.map(String));

const bayes = `EFG 2 R "General Bayesian game, \\"two\\" stages \\\\" { "Player 1" "Player 2" }
"A comment
over two lines"

c "" 1 "(0,1)" { "1G" 1/2 "1B" .5 } 0
p "" 2 1 "(2,1)" { "h" "l" } 1 "Outcome 1" { 10, 2 }
t "" 1 "Outcome 1" { 10, 2 }
t "" 2 "Outcome 2" { 0 -1.5e1 }
p "" 2 1 0
t "" 1
t "end" 0
`;

describe('an .efg file', () => {
  test('is read with chance moves, payoffs on the way, what was said before left out, escapes and decimals', () => {
    const game = readEfg(bayes);
    expect(game.title).toBe('General Bayesian game, "two" stages \\');
    expect(game.comment).toBe('A comment\nover two lines');
    expect(game.players).toEqual(['Player 1', 'Player 2']);
    expect(game.nodes[0]).toMatchObject({ kind: 'chance', actions: ['1G', '1B'] });
    expect(game.informationSets).toEqual([[], [{ label: '(2,1)', actions: ['h', 'l'], nodes: [1, 4] }]]);
    expect(payoffsOf(game)).toEqual([
      undefined,
      ['10', '2'],
      ['10', '2'],
      ['0', '-15'],
      undefined,
      ['10', '2'],
      undefined,
    ]);
    expect(game.nodes[6]?.label).toBe('end');
  });

  test('has its information sets in the order of their numbers', () => {
    const game = readEfg(`EFG 2 D "" { "1" }
      c "" 1 "" { "a" 0.25 "b" 0.75 } 0
      p "" 1 7 "late" { "x" } 0 t "" 1 "" { 1 }
      p "" 1 3 "early" { "y" } 0 t "" 2 "" { 2 }`);
    expect(game.informationSets[0]?.map(({ label, nodes }) => [label, nodes])).toEqual([
      ['early', [3]],
      ['late', [1]],
    ]);
    expect(game.nodes[3]).toMatchObject({ kind: 'decision', informationSet: 0 });
  });

  test('is read the same after it is written', () => {
    const random = Array.from({ length: 30 }, (_, seed) => randomTree(seededRandom(seed + 1), { players: 3 }));
    for (const game of [readEfg(bayes), kuhnPoker(), leducPoker(), seltensHorse(), strippedDownPoker(), ...random]) {
      const text = writeEfg(game);
      const again = readEfg(text);
      expect(writeEfg(again)).toBe(text);
      expect(payoffsOf(again)).toEqual(payoffsOf(game));
      expect(again.informationSets).toEqual(game.informationSets);
    }
  });

  test('can be a single end', () => {
    expect(readEfg('EFG 2 R "" { "1" } t "" 1 "" { 4 }').nodes).toHaveLength(1);
  });
});

describe('a bad .efg file is refused with line and column', () => {
  const head = 'EFG 2 R "" { "1" "2" }\n';

  test('when it begins wrongly', () => {
    expect(refusal('')).toEqual(at(1, 1, /the file ends here; expected EFG/));
    expect(refusal('NFG 1 R')).toEqual(at(1, 1, /"NFG"; expected EFG/));
    expect(refusal('EFG 1 R')).toEqual(at(1, 7, /only version 2/));
    expect(refusal('EFG 2 Q ""')).toEqual(at(1, 7, /no kind of numbers/));
    expect(refusal('EFG 2 R title')).toEqual(at(1, 9, /the title in quotes/));
    expect(refusal('EFG 2 R "" { }')).toEqual(at(1, 14, /no players/));
    expect(refusal('EFG 2 R "" { 1 }')).toEqual(at(1, 14, /the name of a player/));
    expect(refusal(`EFG 2 R "" { ${'"x" '.repeat(1_001)} }`)).toMatchObject({ code: 'invalid-file' });
    expect(refusal('EFG 2 R "open')).toEqual(at(1, 9, /no end/));
  });

  test('wherever it is cut off', () => {
    const text = writeEfg(strippedDownPoker());
    const end = text.trimEnd().length;
    for (let length = 0; length < end; length++) {
      expect(refusal(text.slice(0, length))).toMatchObject({
        code: 'invalid-file',
        path: ['line', expect.any(Number), 'column', expect.any(Number)],
      });
    }
  });

  test('when a node is wrong', () => {
    expect(refusal(`${head}x "" 1`)).toEqual(at(2, 1, /no kind of node x/));
    expect(refusal(`${head}p "" 3 1 "" { "a" } 0`)).toEqual(at(2, 6, /no player 3/));
    expect(refusal(`${head}p "" 0 1 "" { "a" } 0`)).toEqual(at(2, 6, /1 or more/));
    expect(refusal(`${head}p "" 1 1 "" { } 0`)).toEqual(at(2, 10, /no actions/));
    expect(refusal(`${head}p "" 1 1 0`)).toEqual(at(2, 10, /actions in braces/));
    expect(refusal(`${head}p "" 1 1 "" { "a" 1/2 } 0`)).toEqual(at(2, 19, /name of an action/));
    expect(refusal(`${head}t "" 1`)).toEqual(at(2, 7, /payoffs in braces/));
    expect(refusal(`${head}t "" 1 "" { 1 }`)).toEqual(at(2, 6, /1 payoffs for 2 players/));
    expect(refusal(`${head}t "" 1 "" { 1 2 3 4 }`)).toEqual(at(2, 6, /more payoffs for 2 players/));
    expect(refusal(`${head}t "" 0 "" { 1 2 }`)).toEqual(at(2, 6, /outcome 0/));
    expect(refusal(`${head}t "" 1 "" { 1 NaN }`)).toEqual(at(2, 15, /a payoff: a number/));
    expect(refusal(`${head}t "" 1 "" { 1 1e999999 }`)).toEqual(at(2, 15, /a payoff/));
    expect(refusal(`${head}t "" 1 "" { 1 2 }\nt "" 1`)).toEqual(at(3, 1, /the tree ended/));
  });

  test('when it contradicts itself', () => {
    const choice = `${head}p "" 1 1 "" { "a" "b" } 0\n`;
    expect(refusal(`${choice}t "" 1 "" { 1 2 }\nt "" 1 "" { 1 3 }`)).toEqual(at(4, 6, /other payoffs before/));
    expect(refusal(`${choice}p "" 1 1 "" { "a" } 0\nt "" 1 "" { 1 2 }`)).toEqual(at(3, 1, /differ in their actions/));
    const toss = `${head}c "" 1 "" { "a" 1/2 "b" 1/2 } 0\nt "" 0\nc "" 1 "" `;
    expect(refusal(`${toss}{ "a" 1/3 "b" 2/3 } 0`)).toEqual(at(4, 8, /other actions or probabilities/));
    expect(refusal(`${toss}{ "a" 1 } 0`)).toEqual(at(4, 8, /other actions or probabilities/));
    expect(refusal(`${toss}{ "a" 1/2 "b" 1/2 } 0 t "" 0 t "" 0`)).toBeUndefined();
  });

  test('when probabilities do not sum to one', () => {
    expect(refusal(`${head}c "" 1 "" { "a" 1/2 "b" 1/3 } 0`)).toEqual(at(2, 1, /sum to 5\/6/));
    expect(refusal(`${head}c "" 1 "" { "a" 3/2 "b" -1/2 } 0`)).toEqual(at(2, 1, /negative/));
  });

  test('and a deep one is read without running out of stack', { tags: ['long'] }, () => {
    const depth = 100_000;
    const text = `${head}${Array.from({ length: depth }, (_, set) => `p "" 1 ${set + 1} "" { "on" } 0`).join('\n')}\nt "" 0`;
    expect(readEfg(text).nodes).toHaveLength(depth + 1);
  });
});
