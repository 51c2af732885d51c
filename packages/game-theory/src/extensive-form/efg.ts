import type { Rational } from '@mechane/numerics';
import { type GambitToken, GambitTokens, gambitText } from '../files/gambit-tokens.ts';
import type { ExtensiveGame, InformationSet, Outcome, TreeNode } from './extensive-game.ts';
import { type Place, type Refusal, TreeGrowth } from './tree-growth.ts';

/** More players are refused. */
const mostPlayers = 1_000;

/** A chance move or an information set, as the file introduces it the first time. */
interface Introduced {
  readonly label: string;
  readonly actions: readonly string[];
  readonly probabilities: readonly Rational[];
}

interface Reading {
  readonly tokens: GambitTokens;
  readonly growth: TreeGrowth;
  readonly players: readonly string[];
  readonly outcomes: Map<number, Outcome>;
  /** By player and number; chance is player 0. */
  readonly introduced: Map<string, Introduced>;
  /** The token that errors of the tree point to. */
  readonly current: { token: GambitToken };
}

/**
 * Reads an extensive game from the text of Gambit's `.efg` format (version 2, rational or decimal): chance moves, information sets,
 * outcomes anywhere in the tree, with or without commas between payoffs; lists that were given once may be left out later. Numbers
 * are read exactly.
 *
 * @throws MechaneError `invalid-file` with line and column, `too-large` before memory is asked for
 * @category Files
 *
 * @example
 * ```ts
 * import { readEfg } from '@mechane/game-theory';
 *
 * const game = readEfg('EFG 2 R "Entry" { "entrant" "owner" } p "" 1 1 "" { "out" "in" } 0 t "" 1 "" { 0, 2 }'
 *   + ' p "" 2 1 "" { "fight" "share" } 0 t "" 2 "" { -1/2, -1/2 } t "" 3 "" { 1, 1 }');
 * game.nodes.length; // => 5
 * game.informationSets[1]?.[0]?.actions; // => ['fight', 'share']
 * ```
 */
export function readEfg(text: string): ExtensiveGame {
  const tokens = new GambitTokens(text);
  if (tokens.next.value !== 'EFG') throw tokens.unexpected('EFG, as every file of this kind begins');
  tokens.take();
  if (tokens.takeCount('the version of the format') !== 2) throw tokens.fault('only version 2 of the format is known');
  const kind = tokens.next;
  if (!['D', 'R'].includes(tokens.takeWord('D or R'))) throw tokens.fault('this is no kind of numbers', 'D or R', kind);
  const title = tokens.takeText('the title');
  const players = readPlayers(tokens);
  const comment = tokens.skipText() ?? '';
  const current = { token: tokens.next };
  const refuse: Refusal = ({ problem, expected }) => tokens.fault(problem, expected, current.token);
  const growth = new TreeGrowth(players, refuse);
  const reading: Reading = { tokens, growth, players, outcomes: new Map(), introduced: new Map(), current };
  // Nodes with branches that are still to be read, innermost last.
  const open: { readonly node: number; readonly actions: number; next: number }[] = [];
  let place: Place | undefined = { parent: -1, action: -1 };
  while (place !== undefined) {
    const actions = readNode(reading, place);
    if (actions > 0) open.push({ node: growth.size - 1, actions, next: 0 });
    while (open.length > 0 && open.at(-1)?.next === open.at(-1)?.actions) open.pop();
    const above = open.at(-1);
    place = above && { parent: above.node, action: above.next++ };
  }
  if (tokens.next.kind !== 'end') throw tokens.fault('the tree ended before this', 'the end of the file');
  return growth.finish({ title, comment }, (key, other) => Number(key) - Number(other));
}

function readPlayers(tokens: GambitTokens): string[] {
  tokens.takeMark('{', 'before the names of the players');
  const begin = tokens.next;
  const players: string[] = [];
  while (!tokens.skipMark('}')) {
    players.push(tokens.takeText('the name of a player'));
    if (players.length > mostPlayers) throw tokens.fault('there are too many players', `at most ${mostPlayers}`);
  }
  if (players.length === 0) throw tokens.fault('there are no players', 'one player or more', begin);
  return players;
}

/** Errors of the tree point to a token instead. */
const nowhere = () => [];

/** Reads a node and gives the number of its branches. */
function readNode(reading: Reading, place: Place): number {
  const { tokens, growth, players, current } = reading;
  current.token = tokens.next;
  const kind = tokens.takeWord('a node: c, p or t');
  if (!['c', 'p', 't'].includes(kind))
    throw tokens.fault(`there is no kind of node ${kind}`, 'c, p or t', current.token);
  const label = tokens.takeText('the label of the node');
  if (kind === 't') {
    growth.terminal(place, { label, outcome: readOutcome(reading) });
    return 0;
  }
  const mover = tokens.next;
  const player = kind === 'c' ? 0 : tokens.takeCount('the player who moves', 1);
  if (player > players.length) {
    throw tokens.fault(`there is no player ${player}`, `a number from 1 to ${players.length}`, mover);
  }
  const number = tokens.takeCount('the number of the information set', 1);
  const set = readSet(reading, player, number);
  const note = { label, outcome: readOutcome(reading) };
  if (player === 0) growth.chance(place, note, set.actions, set.probabilities, nowhere);
  else {
    const { label: name, actions } = set;
    growth.decision(place, note, player - 1, String(number), { label: name, actions }, nowhere);
  }
  return set.actions.length;
}

function readSet({ tokens, introduced }: Reading, player: number, number: number): Introduced {
  const key = `${player}:${number}`;
  const known = introduced.get(key);
  const begin = tokens.next;
  const label = tokens.skipText() ?? known?.label ?? '';
  if (!tokens.isMark('{')) {
    if (known !== undefined) return known;
    throw tokens.unexpected('the actions in braces, where an information set comes for the first time');
  }
  tokens.take();
  const actions: string[] = [];
  const probabilities: Rational[] = [];
  while (!tokens.skipMark('}')) {
    actions.push(tokens.takeText('the name of an action'));
    if (player === 0) probabilities.push(tokens.takeNumber('the probability of the action'));
    tokens.skipMark(',');
  }
  if (actions.length === 0) throw tokens.fault('there are no actions', 'one action or more', begin);
  const set = { label, actions, probabilities };
  if (known === undefined) introduced.set(key, set);
  else if (player === 0 && !same(known, set)) {
    throw tokens.fault(
      `chance move ${number} has other actions or probabilities than before`,
      'the same wherever its number stands',
      begin,
    );
  }
  return set;
}

function same(one: Introduced, other: Introduced): boolean {
  return (
    one.actions.length === other.actions.length &&
    one.actions.every((action, at) => action === other.actions[at]) &&
    one.probabilities.every((probability, at) => probability.equals(other.probabilities[at] as Rational))
  );
}

function readOutcome({ tokens, outcomes, players }: Reading): Outcome | undefined {
  const begin = tokens.next;
  const number = tokens.takeCount('the number of the outcome');
  const label = tokens.skipText();
  const known = outcomes.get(number);
  if (!tokens.skipMark('{')) {
    if (number === 0 || known !== undefined) return known;
    throw tokens.unexpected('the payoffs in braces, where an outcome comes for the first time');
  }
  const payoffs: Rational[] = [];
  while (!tokens.skipMark('}')) {
    payoffs.push(tokens.takeNumber('a payoff'));
    tokens.skipMark(',');
    if (payoffs.length > players.length) break;
  }
  if (payoffs.length !== players.length) {
    const count = payoffs.length > players.length ? 'more' : String(payoffs.length);
    throw tokens.fault(`there are ${count} payoffs for ${players.length} players`, 'one payoff for each player', begin);
  }
  if (number === 0) throw tokens.fault('outcome 0 stands for none and has no payoffs', 'a number of 1 or more', begin);
  if (known === undefined) {
    const outcome = { label: label ?? '', payoffs };
    outcomes.set(number, outcome);
    return outcome;
  }
  if (known.payoffs.every((payoff, player) => payoff.equals(payoffs[player] as Rational))) return known;
  throw tokens.fault(`outcome ${number} had other payoffs before`, 'the same wherever its number stands', begin);
}

/**
 * A game in Gambit's `.efg` format. Reading it again gives the same game.
 *
 * @category Files
 * @example
 * ```ts
 * import { ends, extensiveGame, move, writeEfg } from '@mechane/game-theory';
 *
 * const game = extensiveGame({ players: ['Ann'], root: move('Ann', 'start', [['stay', ends(0)], ['go', ends('1/3')]]) });
 * writeEfg(game).split('\n').at(3); // => 'p "" 1 1 "start" { "stay" "go" } 0'
 * ```
 */
export function writeEfg(game: ExtensiveGame): string {
  const names = game.players.map(gambitText).join(' ');
  const lines = [`EFG 2 R ${gambitText(game.title)} { ${names} }`, gambitText(game.comment), ''];
  const numbers = new Map<Outcome, number>();
  const paid = ({ outcome }: TreeNode): string => {
    if (outcome === undefined) return '0';
    const number = numbers.get(outcome) ?? numbers.size + 1;
    numbers.set(outcome, number);
    return `${number} ${gambitText(outcome.label)} { ${outcome.payoffs.join(', ')} }`;
  };
  let chances = 0;
  for (const node of game.nodes) {
    const label = gambitText(node.label);
    if (node.kind === 'terminal') lines.push(`t ${label} ${paid(node)}`);
    else if (node.kind === 'chance') {
      const branches = node.actions.map((action, at) => `${gambitText(action)} ${node.probabilities[at]}`).join(' ');
      chances += 1;
      lines.push(`c ${label} ${chances} "" { ${branches} } ${paid(node)}`);
    } else {
      const sets = game.informationSets[node.player] as readonly InformationSet[];
      const { label: name, actions } = sets[node.informationSet] as InformationSet;
      const moves = actions.map(gambitText).join(' ');
      const mover = `${node.player + 1} ${node.informationSet + 1} ${gambitText(name)}`;
      lines.push(`p ${label} ${mover} { ${moves} } ${paid(node)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
