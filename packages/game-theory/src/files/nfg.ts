import type { Rational } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { checkedProfiles, mostPlayers, NormalFormGame, type Payoffs, stridesOf } from '../normal-form/game.ts';
import { PayoffColumn } from '../normal-form/payoff-column.ts';
import { type GambitToken, GambitTokens, gambitText } from './gambit-tokens.ts';

/**
 * Reads a game from the text of Gambit's `.nfg` format, with either kind of body: a list of payoffs, or outcomes and their numbers. Decimals and
 * fractions are read exactly.
 *
 * @throws MechaneError `invalid-file` with line and column, `too-large` before memory is asked for
 * @category Files
 * @example
 * ```ts
 * import { readNfg } from '@mechane/game-theory';
 *
 * const game = readNfg('NFG 1 R "Pennies" { "row" "column" } { 2 2 } 1 -1  -1 1  -1 1  1 -1');
 * game.title; // => 'Pennies'
 * game.payoff(1, [0, 1]).toString(); // => '1'
 * ```
 */
export function readNfg(text: string): NormalFormGame {
  const tokens = new GambitTokens(text);
  const { value } = tokens.next;
  if (value !== 'NFG') throw tokens.unexpected('NFG, as every file of this kind begins');
  tokens.take();
  if (tokens.takeCount('the version of the format') !== 1) throw tokens.fault('only version 1 of the format is known');
  const kind = tokens.takeWord('D or R');
  if (kind !== 'D' && kind !== 'R') throw tokens.fault(`the numbers are said to be of kind ${kind}`, 'D or R');
  const title = tokens.takeText('the title');
  const players = namesIn(tokens, 'a player');
  if (players.length > mostPlayers) throw tooLarge('the number of players', players.length, mostPlayers, ['players']);
  const begin = tokens.next;
  const strategies = strategiesIn(tokens);
  if (strategies.length !== players.length) {
    throw tokens.fault(
      `${strategies.length} players have strategies`,
      `as many as there are players: ${players.length}`,
      begin,
    );
  }
  const empty = strategies.findIndex((own) => (typeof own === 'number' ? own : own.length) === 0);
  if (empty !== -1) throw tokens.fault(`player ${empty + 1} has no strategies`, 'one or more for every player', begin);
  const shape = strategies.map((own) => (typeof own === 'number' ? own : own.length));
  const profiles = checkedProfiles(shape);
  tokens.skipText();
  const read = tokens.isMark('{') ? outcomesBody(tokens, shape, profiles) : payoffBody(tokens, shape, profiles);
  tokens.takeEnd();
  return new NormalFormGame({ title, players, strategies, payoffs: read });
}

/**
 * A game in Gambit's `.nfg` format, with a list of payoffs.
 *
 * @category Files
 */
export function writeNfg(game: NormalFormGame): string {
  const { title, players, strategies, shape, profiles } = game;
  const names = strategies.map((own) => `{ ${own.map(gambitText).join(' ')} }`).join('\n');
  const lines = [
    `NFG 1 R ${gambitText(title)} { ${players.map(gambitText).join(' ')} }`,
    '',
    `{ ${names}\n}`,
    '""',
    '',
  ];
  const places = firstFastest(shape);
  for (let position = 0; position < profiles; position++) {
    const at = places(position);
    lines.push(players.map((_, player) => String(game.rationals(player)[at])).join(' '));
  }
  return `${lines.join('\n')}\n`;
}

function namesIn(tokens: GambitTokens, what: string): string[] {
  tokens.takeMark('{', `before the name of ${what}`);
  const names: string[] = [];
  while (!tokens.skipMark('}')) names.push(tokens.takeText(`the name of ${what}`));
  return names;
}

/** Either the numbers of strategies, or their names in braces for each player. */
function strategiesIn(tokens: GambitTokens): (number | string[])[] {
  tokens.takeMark('{', 'before the strategies');
  const strategies: (number | string[])[] = [];
  while (!tokens.skipMark('}')) {
    strategies.push(tokens.isMark('{') ? namesIn(tokens, 'a strategy') : tokens.takeCount('a number of strategies'));
  }
  return strategies;
}

function payoffBody(tokens: GambitTokens, shape: readonly number[], profiles: number): Payoffs[] {
  // Each number takes a digit and a blank: a file that is too short is refused before its tables are made.
  if (tokens.left + 1 < 2 * profiles * shape.length) refuseShort(tokens, profiles * shape.length);
  const columns = shape.map(() => new PayoffColumn(profiles));
  const places = firstFastest(shape);
  const meaning = `a payoff (of ${profiles * shape.length})`;
  for (let position = 0; position < profiles; position++) {
    const at = places(position);
    for (const column of columns) {
      tokens.skipMark(',');
      column.set(at, tokens.takePayoff(meaning));
    }
  }
  return columns.map(({ payoffs }) => payoffs);
}

function outcomesBody(tokens: GambitTokens, shape: readonly number[], profiles: number): Payoffs[] {
  tokens.takeMark('{', 'before the outcomes');
  const outcomes: (number | Rational)[][] = [shape.map(() => 0)];
  while (!tokens.skipMark('}')) {
    tokens.takeMark('{', 'before an outcome');
    tokens.skipText();
    outcomes.push(
      shape.map(() => {
        tokens.skipMark(',');
        return tokens.takePayoff('a payoff');
      }),
    );
    tokens.skipMark(',');
    tokens.takeMark('}', 'after an outcome');
  }
  if (tokens.left + 1 < 2 * profiles) refuseShort(tokens, profiles);
  const columns = shape.map(() => new PayoffColumn(profiles));
  const places = firstFastest(shape);
  for (let position = 0; position < profiles; position++) {
    const token: GambitToken = tokens.next;
    const number = tokens.takeCount(`the number of an outcome (of ${profiles})`);
    const outcome = outcomes[number];
    if (outcome === undefined) {
      throw tokens.fault(`there is no outcome ${number}`, `at most ${outcomes.length - 1}`, token);
    }
    const at = places(position);
    columns.forEach((column, player) => {
      column.set(at, outcome[player] as number | Rational);
    });
  }
  return columns.map(({ payoffs }) => payoffs);
}

function refuseShort(tokens: GambitTokens, wanted: number): never {
  throw tokens.fault(
    `the file is too short for what it announces`,
    `${wanted.toLocaleString('en')} numbers from here on`,
  );
}

/** Where in our tables the profile stands that comes at a position when the first player's strategy runs fastest, as in the file. */
function firstFastest(shape: readonly number[]): (position: number) => number {
  const strides = stridesOf(shape);
  return (position) => {
    let [rest, place] = [position, 0];
    shape.forEach((count, player) => {
      place += (rest % count) * (strides[player] as number);
      rest = Math.floor(rest / count);
    });
    return place;
  };
}
