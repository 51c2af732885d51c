import { nearestKey, type Path, quote } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { invalidGame, invalidNumber, roundedNumber, tooLarge } from '../errors.ts';
import { mayBeRounded } from '../exact-number.ts';
import type { ExtensiveGame, Outcome } from './extensive-game.ts';
import type { TreeDescription } from './tree-description.ts';
import { type Place, TreeGrowth } from './tree-growth.ts';

/** More players are refused. */
const mostPlayers = 1_000;
/** Longer plays are refused. */
const mostMoves = 5_000;
const keysOfTree = ['title', 'comment', 'players', 'root', 'nodes'];
const keysOfNode = ['label', 'player', 'informationSet', 'actions', 'chance', 'payoffs', 'outcome'];
const keysOfAction = ['action', 'to'];
const keysOfChance = ['action', 'probability', 'to'];

interface Visit extends Place {
  readonly branch: unknown;
  /** How it is reached from the node above, or from the whole. */
  readonly steps: Path;
  /** The nodes on the way here: meeting one again is a cycle. */
  readonly above: Spot | undefined;
}

/** A node and where it stands. Paths are put together only when they are asked for. */
interface Spot {
  readonly node: unknown;
  readonly depth: number;
  readonly above: Spot | undefined;
  readonly steps: Path;
  /** Whether `steps` begin at the whole, as those of a node that is called by its name. */
  readonly isNamed: boolean;
}

function pathOf(spot: Spot | undefined, ...more: Path): Path {
  const parts: Path[] = [more];
  for (let at = spot; at !== undefined; at = at.above) {
    parts.push(at.steps);
    if (at.isNamed) break;
  }
  return parts.reverse().flat();
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes a game of a description, which may come from anywhere: all of it is checked. Payoffs and probabilities are exact: numbers,
 * decimals such as `"0.25"` (and 0.25 alike), and fractions such as `"1/3"`.
 *
 * @throws MechaneError `invalid-game` (cycles, nodes nobody reaches, probabilities that do not sum to one, information sets
 * with different actions, wrong counts, unknown keys), `invalid-number` or `too-large`, with the path of the culprit
 * @category Games in trees
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
  return describedTree(description);
}

/** Makes a game of what may be no description, such as JSON that was read. */
export function describedTree(description: unknown): ExtensiveGame {
  const tree = fields(description, undefined, [], 'a tree: { "players": […], "root": … }', keysOfTree);
  const players = readPlayers(tree.players);
  const named = tree.nodes === undefined ? {} : fields(tree.nodes, undefined, ['nodes'], 'nodes by their names');
  const growing: Growing = { growth: new TreeGrowth(players), players, named, reached: new Set() };
  const stack: Visit[] = [{ branch: tree.root, steps: ['root'], parent: -1, action: -1, above: undefined }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const below = grow(visit, growing);
    for (let at = below.length - 1; at >= 0; at--) stack.push(below[at] as Visit);
  }
  const stranded = Object.keys(named).find((name) => !growing.reached.has(name));
  if (stranded !== undefined) {
    throw invalidGame({
      problem: `no branch leads to the node ${quote(stranded)}`,
      path: ['nodes', stranded],
      fix: 'let a branch lead there, or remove it',
    });
  }
  return growing.growth.finish({
    title: text(tree.title, undefined, 'title'),
    comment: text(tree.comment, undefined, 'comment'),
  });
}

interface Growing {
  readonly growth: TreeGrowth;
  readonly players: readonly string[];
  readonly named: Fields;
  readonly reached: Set<string>;
}

function grow(visit: Visit, growing: Growing): Visit[] {
  const { growth, players } = growing;
  const spot = spotOf(visit, growing);
  if (spot.depth > mostMoves) throw tooLarge('the number of moves in a row', spot.depth, mostMoves);
  const node = fields(spot.node, spot, [], 'a node', keysOfNode);
  const note = { label: text(node.label, spot, 'label'), outcome: readOutcome(node, players.length, spot) };
  const site: Site = { place: { parent: visit.parent, action: visit.action }, note, spot, growth };
  if (node.chance !== undefined) return growChance(node, site);
  if (node.player === undefined && node.actions === undefined) {
    if (note.outcome === undefined) {
      throw invalidGame({
        problem: 'the node is no move and has no payoffs',
        path: pathOf(spot),
        expected: '"player" and "actions", or "chance", or "payoffs"',
      });
    }
    growth.terminal(site.place, note);
    return [];
  }
  const player = players.indexOf(node.player as string);
  if (player === -1) {
    throw invalidGame({
      problem: typeof node.player === 'string' ? `there is no player ${quote(node.player)}` : 'no player moves here',
      path: pathOf(spot, 'player'),
      expected: `one of ${players.slice(0, 10).map(quote).join(', ')}`,
    });
  }
  return growMove(node, player, site);
}

/** The node that a branch leads to, in place or by name. */
function spotOf({ branch, above, steps }: Visit, { named, reached }: Growing): Spot {
  const depth = (above?.depth ?? 0) + 1;
  if (typeof branch !== 'string') {
    refuseCycle(branch, above, steps);
    return { node: branch, depth, above, steps, isNamed: false };
  }
  const node = Object.hasOwn(named, branch) ? named[branch] : undefined;
  if (node === undefined) throw unknownNode(branch, Object.keys(named), pathOf(above, ...steps));
  refuseCycle(node, above, steps);
  if (reached.has(branch)) {
    throw invalidGame({
      problem: `a second branch leads to the node ${quote(branch)}`,
      path: pathOf(above, ...steps),
      expected: 'a tree, where one branch leads to each node',
      fix: 'give the node as often as branches lead to it, with the same information set',
    });
  }
  reached.add(branch);
  return { node, depth, above, steps: ['nodes', branch], isNamed: true };
}

interface Site {
  readonly place: Place;
  readonly note: { readonly label: string; readonly outcome: Outcome | undefined };
  readonly spot: Spot;
  readonly growth: TreeGrowth;
}

function growMove(node: Fields, player: number, { place, note, spot, growth }: Site): Visit[] {
  const actions = list(node.actions, spot, 'actions').map((action, at) =>
    fields(action, spot, ['actions', at], 'an action: { "action": name, "to": node }', keysOfAction),
  );
  const names = actions.map(({ action }, at) => name(action, spot, ['actions', at, 'action']));
  const repeated = names.findIndex((action, at) => names.indexOf(action) !== at);
  if (repeated !== -1) {
    throw invalidGame({
      problem: `two actions are called ${quote(names[repeated] as string)}`,
      path: pathOf(spot, 'actions', repeated, 'action'),
    });
  }
  const label = text(node.informationSet, spot, 'informationSet');
  // A name that no description can give: nodes without an information set stand alone.
  const key = node.informationSet === undefined ? `\0${growth.size}` : label;
  const index = growth.decision(place, note, player, key, { label, actions: names }, () => pathOf(spot, 'actions'));
  return actions.map(({ to }, action) => ({
    branch: to,
    steps: ['actions', action, 'to'],
    parent: index,
    action,
    above: spot,
  }));
}

function growChance(node: Fields, { place, note, spot, growth }: Site): Visit[] {
  const stray = ['player', 'informationSet', 'actions'].find((key) => node[key] !== undefined);
  if (stray !== undefined) {
    throw invalidGame({
      problem: `a move of nature has no ${quote(stray)}`,
      path: pathOf(spot, stray),
      fix: 'remove it',
    });
  }
  const branches = list(node.chance, spot, 'chance').map((branch, at) =>
    fields(branch, spot, ['chance', at], 'a branch: { "probability": p, "to": node }', keysOfChance),
  );
  const index = growth.chance(
    place,
    note,
    branches.map(({ action }, at) =>
      action === undefined ? String(at + 1) : name(action, spot, ['chance', at, 'action']),
    ),
    branches.map(({ probability }, at) => number(probability, spot, ['chance', at, 'probability'])),
    () => pathOf(spot, 'chance'),
  );
  return branches.map(({ to }, action) => ({
    branch: to,
    steps: ['chance', action, 'to'],
    parent: index,
    action,
    above: spot,
  }));
}

/** In deep trees it looks only when the depth is a power of two: a cycle comes round again. */
function refuseCycle(node: unknown, above: Spot | undefined, steps: Path): void {
  const depth = above?.depth ?? 0;
  if (depth > 64 && (depth & (depth - 1)) !== 0) return;
  for (let ancestor = above; ancestor !== undefined; ancestor = ancestor.above) {
    if (ancestor.node === node) {
      throw invalidGame({
        problem: 'the branch leads back to a node on the way to it',
        path: pathOf(above, ...steps).slice(0, 20),
        expected: 'a tree, where play comes to an end',
      });
    }
  }
}

function readPlayers(given: unknown): string[] {
  const players = list(given, undefined, 'players').map((player, at) => name(player, undefined, ['players', at]));
  if (players.length > mostPlayers) {
    throw invalidGame({
      problem: `there are ${players.length} players`,
      path: ['players'],
      expected: `at most ${mostPlayers}`,
    });
  }
  const repeated = players.findIndex((player, at) => players.indexOf(player) !== at);
  if (repeated === -1) return players;
  throw invalidGame({
    problem: `two players are called ${quote(players[repeated] as string)}`,
    path: ['players', repeated],
  });
}

function readOutcome(node: Fields, players: number, spot: Spot): Outcome | undefined {
  const label = text(node.outcome, spot, 'outcome');
  if (node.payoffs === undefined) {
    if (node.outcome === undefined) return undefined;
    throw invalidGame({ problem: `the outcome ${quote(label)} has no payoffs`, path: pathOf(spot, 'payoffs') });
  }
  const payoffs = list(node.payoffs, spot, 'payoffs');
  if (payoffs.length !== players) {
    throw invalidGame({
      problem: `there are ${payoffs.length} payoffs for ${players} players`,
      path: pathOf(spot, 'payoffs'),
      expected: 'one payoff for each player',
    });
  }
  return { label, payoffs: payoffs.map((payoff, at) => number(payoff, spot, ['payoffs', at])) };
}

function fields(
  value: unknown,
  spot: Spot | undefined,
  steps: Path,
  expected: string,
  known?: readonly string[],
): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidGame({
      problem: value === undefined ? 'it is missing' : 'it is no object',
      path: pathOf(spot, ...steps),
      expected,
    });
  }
  const stray = known === undefined ? undefined : Object.keys(value).find((key) => !known.includes(key));
  if (known === undefined || stray === undefined) return value as Fields;
  const nearest = nearestKey(stray, known);
  throw invalidGame({
    problem: `nobody knows the key ${quote(stray)}`,
    path: pathOf(spot, ...steps, stray),
    expected: `one of ${known.join(', ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}

function list(value: unknown, spot: Spot | undefined, key: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  const what = key === 'chance' ? 'branches' : key;
  throw invalidGame({ problem: `there are no ${what}`, path: pathOf(spot, key), expected: `a list of ${what}` });
}

function name(value: unknown, spot: Spot | undefined, steps: Path): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidGame({ problem: 'a name is missing', path: pathOf(spot, ...steps), expected: 'a text' });
}

function text(value: unknown, spot: Spot | undefined, key: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  throw invalidGame({ problem: 'it is no text', path: pathOf(spot, key), expected: 'a text' });
}

function number(value: unknown, spot: Spot, steps: Path): Rational {
  if (value instanceof Rational) return value;
  if (Number.isSafeInteger(value)) return Rational.of(value as number);
  if (typeof value === 'number' && mayBeRounded(value)) throw roundedNumber(pathOf(spot, ...steps), value);
  const parsed = Rational.parse(String(value));
  if (parsed === undefined) throw invalidNumber(pathOf(spot, ...steps), String(value));
  return parsed;
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
