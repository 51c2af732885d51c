import { nearestKey, type Path, quote } from '@mechane/core';
import { invalidGame, tooLarge } from '../errors.ts';
import { Rational, type RationalLike } from '../rational.ts';
import type { ExtensiveGame, Outcome } from './extensive-game.ts';
import type { TreeDescription } from './tree-description.ts';
import { type Place, TreeGrowth } from './tree-growth.ts';

/** More players are refused. */
const mostPlayers = 1_000;
/** Longer plays are refused: a path to the culprit is kept for each node. */
const mostMoves = 5_000;
const keysOfTree = ['title', 'comment', 'players', 'root', 'nodes'];
const keysOfNode = ['label', 'player', 'informationSet', 'actions', 'chance', 'payoffs', 'outcome'];
const keysOfAction = ['action', 'then'];
const keysOfChance = ['action', 'probability', 'then'];

interface Visit extends Place {
  readonly branch: unknown;
  readonly path: Path;
  /** The nodes on the way here, by identity or by name: meeting one again is a cycle. */
  readonly above: Ancestry | undefined;
}

interface Ancestry {
  readonly node: unknown;
  readonly depth: number;
  readonly above: Ancestry | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes a game of a description, which may come from anywhere: all of it is checked. Payoffs and probabilities are exact: numbers,
 * decimals such as `"0.25"` (and 0.25 alike), and fractions such as `"1/3"`.
 *
 * @throws MechaneError `invalid-game` (cycles, nodes nobody reaches, probabilities that do not sum to one, information sets
 * with different actions, wrong counts, unknown keys), `invalid-number` or `too-large`, with the path of the culprit
 *
 * @example
 * ```ts
 * import { chance, ends, extensiveGame, move } from '@mechane/game-theory';
 *
 * // Ann sees the card that Bob bets on.
 * const answer = (card: string) =>
 *   move('Bob', 'blind', ['red', 'black'].map((bet) => [bet, ends(bet === card ? -1 : 1, bet === card ? 1 : -1)]));
 * const show = (card: string) =>
 *   move('Ann', `holds ${card}`, [['show', ends(0, 0)], ['hide', answer(card)]]);
 * const game = extensiveGame({
 *   players: ['Ann', 'Bob'],
 *   root: chance([['1/2', show('red')], ['1/2', show('black')]]),
 * });
 * game.nodes.length; // => 11
 * game.informationSets.map((sets) => sets.map(({ label }) => label)); // => [['holds red', 'holds black'], ['blind']]
 * ```
 */
export function extensiveGame(description: TreeDescription): ExtensiveGame {
  return describedTree(description, []);
}

/** The same for what is not known to be a description. */
export function describedTree(description: unknown, path: Path): ExtensiveGame {
  const tree = fields(description, path, 'a tree: { "players": […], "root": … }', keysOfTree);
  const players = readPlayers(tree.players, [...path, 'players']);
  const named = tree.nodes === undefined ? {} : fields(tree.nodes, [...path, 'nodes'], 'nodes by their names');
  const growth = new TreeGrowth(players);
  const reached = new Set<string>();
  const stack: Visit[] = [{ branch: tree.root, path: [...path, 'root'], parent: -1, action: -1, above: undefined }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const below = grow(visit, growth, players, named, reached, path);
    for (let at = below.length - 1; at >= 0; at--) stack.push(below[at] as Visit);
  }
  const stranded = Object.keys(named).find((name) => !reached.has(name));
  if (stranded !== undefined) {
    throw invalidGame({
      problem: `no branch leads to the node ${quote(stranded)}`,
      path: [...path, 'nodes', stranded],
      fix: 'let a branch lead there, or remove it',
    });
  }
  return growth.finish({
    title: text(tree.title, [...path, 'title']),
    comment: text(tree.comment, [...path, 'comment']),
  });
}

function grow(
  visit: Visit,
  growth: TreeGrowth,
  players: readonly string[],
  named: Fields,
  reached: Set<string>,
  treePath: Path,
): Visit[] {
  const { branch, above, ...place } = visit;
  let { path } = visit;
  let value = branch;
  if (typeof branch === 'string') {
    value = Object.hasOwn(named, branch) ? named[branch] : undefined;
    if (value === undefined) throw unknownNode(branch, Object.keys(named), path);
    refuseCycle(value, above, path);
    if (reached.has(branch)) {
      throw invalidGame({
        problem: `a second branch leads to the node ${quote(branch)}`,
        path,
        expected: 'a tree, where one branch leads to each node',
        fix: 'give the node as often as branches lead to it, with the same information set',
      });
    }
    reached.add(branch);
    path = [...treePath, 'nodes', branch];
  } else refuseCycle(value, above, path);
  const node = fields(value, path, 'a node', keysOfNode);
  const note = { label: text(node.label, [...path, 'label']), outcome: readOutcome(node, players.length, path) };
  const ancestry = { node: value, depth: (above?.depth ?? 0) + 1, above };
  if (ancestry.depth > mostMoves) throw tooLarge('the number of moves in a row', ancestry.depth, mostMoves);
  if (node.chance !== undefined) return growChance(node, { place, note, ancestry, growth, path });
  if (node.player === undefined && node.actions === undefined) {
    if (note.outcome === undefined) {
      throw invalidGame({
        problem: 'the node is no move and has no payoffs',
        path,
        expected: '"player" and "actions", or "chance", or "payoffs"',
      });
    }
    growth.terminal(place, note);
    return [];
  }
  const player = players.indexOf(node.player as string);
  if (player === -1) {
    throw invalidGame({
      problem: typeof node.player === 'string' ? `there is no player ${quote(node.player)}` : 'no player moves here',
      path: [...path, 'player'],
      expected: `one of ${players.slice(0, 10).map(quote).join(', ')}`,
    });
  }
  return growMove(node, player, { place, note, ancestry, growth, path });
}

interface Site {
  readonly place: Place;
  readonly note: { readonly label: string; readonly outcome: Outcome | undefined };
  readonly ancestry: Ancestry;
  readonly growth: TreeGrowth;
  readonly path: Path;
}

function growMove(node: Fields, player: number, { place, note, ancestry, growth, path }: Site): Visit[] {
  const actionsPath = [...path, 'actions'];
  const actions = list(node.actions, actionsPath, 'actions').map((action, at) =>
    fields(action, [...actionsPath, at], 'an action: { "action": name, "then": node }', keysOfAction),
  );
  const names = actions.map(({ action }, at) => name(action, [...actionsPath, at, 'action']));
  const repeated = names.findIndex((action, at) => names.indexOf(action) !== at);
  if (repeated !== -1) {
    throw invalidGame({
      problem: `two actions are called ${quote(names[repeated] as string)}`,
      path: [...actionsPath, repeated, 'action'],
    });
  }
  const label = text(node.informationSet, [...path, 'informationSet']);
  // A name that no description can give: nodes without an information set stand alone.
  const key = node.informationSet === undefined ? `\0${growth.size}` : label;
  const index = growth.decision(place, note, player, key, { label, actions: names }, actionsPath);
  return actions.map(({ then }, action) => ({
    branch: then,
    path: [...actionsPath, action, 'then'],
    parent: index,
    action,
    above: ancestry,
  }));
}

function growChance(node: Fields, { place, note, ancestry, growth, path }: Site): Visit[] {
  const stray = ['player', 'informationSet', 'actions'].find((key) => node[key] !== undefined);
  if (stray !== undefined) {
    throw invalidGame({ problem: `a move of nature has no ${quote(stray)}`, path: [...path, stray], fix: 'remove it' });
  }
  const chancePath = [...path, 'chance'];
  const branches = list(node.chance, chancePath, 'branches').map((branch, at) =>
    fields(branch, [...chancePath, at], 'a branch: { "probability": p, "then": node }', keysOfChance),
  );
  const index = growth.chance(
    place,
    note,
    branches.map(({ action }, at) => (action === undefined ? String(at + 1) : name(action, [...chancePath, at]))),
    branches.map(({ probability }, at) => number(probability, [...chancePath, at, 'probability'])),
    chancePath,
  );
  return branches.map(({ then }, action) => ({
    branch: then,
    path: [...chancePath, action, 'then'],
    parent: index,
    action,
    above: ancestry,
  }));
}

/** In deep trees it looks only when the depth is a power of two: a cycle comes round again. */
function refuseCycle(node: unknown, above: Ancestry | undefined, path: Path): void {
  const depth = above?.depth ?? 0;
  if (depth > 64 && (depth & (depth - 1)) !== 0) return;
  for (let ancestor = above; ancestor !== undefined; ancestor = ancestor.above) {
    if (ancestor.node === node) {
      throw invalidGame({
        problem: 'the branch leads back to a node on the way to it',
        path: path.slice(0, 20),
        expected: 'a tree, where play comes to an end',
      });
    }
  }
}

function readPlayers(given: unknown, path: Path): string[] {
  const players = list(given, path, 'players').map((player, at) => name(player, [...path, at]));
  if (players.length > mostPlayers)
    throw invalidGame({ problem: `there are ${players.length} players`, path, expected: `at most ${mostPlayers}` });
  const repeated = players.findIndex((player, at) => players.indexOf(player) !== at);
  if (repeated === -1) return players;
  throw invalidGame({
    problem: `two players are called ${quote(players[repeated] as string)}`,
    path: [...path, repeated],
  });
}

function readOutcome(node: Fields, players: number, path: Path): Outcome | undefined {
  const label = text(node.outcome, [...path, 'outcome']);
  if (node.payoffs === undefined) {
    if (node.outcome === undefined) return undefined;
    throw invalidGame({ problem: `the outcome ${quote(label)} has no payoffs`, path: [...path, 'payoffs'] });
  }
  const payoffs = list(node.payoffs, [...path, 'payoffs'], 'payoffs');
  if (payoffs.length !== players) {
    throw invalidGame({
      problem: `there are ${payoffs.length} payoffs for ${players} players`,
      path: [...path, 'payoffs'],
      expected: 'one payoff for each player',
    });
  }
  return { label, payoffs: payoffs.map((payoff, at) => number(payoff, [...path, 'payoffs', at])) };
}

function fields(value: unknown, path: Path, expected: string, known?: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidGame({ problem: value === undefined ? 'it is missing' : 'it is no object', path, expected });
  }
  const stray = known === undefined ? undefined : Object.keys(value).find((key) => !known.includes(key));
  if (known === undefined || stray === undefined) return value as Fields;
  const nearest = nearestKey(stray, known);
  throw invalidGame({
    problem: `nobody knows the key ${quote(stray)}`,
    path: [...path, stray],
    expected: `one of ${known.join(', ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}

function list(value: unknown, path: Path, what: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw invalidGame({ problem: `there are no ${what}`, path, expected: `a list of ${what}` });
}

function name(value: unknown, path: Path): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidGame({ problem: 'a name is missing', path, expected: 'a text' });
}

function text(value: unknown, path: Path): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  throw invalidGame({ problem: 'it is no text', path, expected: 'a text' });
}

function number(value: unknown, path: Path): Rational {
  return Rational.of(
    (typeof value === 'number' || typeof value === 'bigint' ? value : String(value)) as RationalLike,
    path,
  );
}

function unknownNode(branch: string, known: readonly string[], path: Path): Error {
  const nearest = nearestKey(branch, known);
  return invalidGame({
    problem: `there is no node ${quote(branch)}`,
    path,
    expected: 'a node, or the name of one in "nodes"',
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}
