import { type HierarchyPointNode, hierarchy, tree } from 'd3-hierarchy';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { counted } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';
import { textWidth } from '../text-width.ts';
import type { Payoff } from './table-game.ts';

/**
 * How a tree is drawn.
 *
 * @category Games
 */
export interface TreeOptions extends FigureOptions {
  /**
   * The nodes that are folded where they would be open, or open where they would be folded, each by the numbers of the moves that lead to it: `''` is
   * the root, `'1.0'` comes after its second move and then the first. Marks of nodes have this as their `key`.
   */
  readonly turned?: readonly string[];
}

/**
 * A node of a game in extensive form, and what follows.
 *
 * @category Games
 */
export interface GameNode {
  /** Whose turn it is; `chance` or nobody where it is nobody's. */
  readonly player?: string;
  /** Nodes with the same set look the same to the player. */
  readonly set?: string;
  readonly payoffs?: readonly Payoff[];
  readonly moves?: readonly Move[];
}

/**
 * A move, with the probability with which it is made where that is known.
 *
 * @category Games
 */
export interface Move {
  readonly action: string;
  readonly probability?: Payoff;
  readonly to: GameNode;
}

/** A node with the move that leads to it. */
interface Drawn {
  readonly node: GameNode;
  readonly by?: Move;
  /** The numbers of the moves that lead to it. */
  readonly path: string;
  /** How many nodes are folded away below it. */
  readonly folded: number;
}

const [leafHeight, mostLeaves] = [30, 64];

/**
 * The tree of a game in extensive form, from left to right. Nodes that a player cannot tell apart are joined by a dashed line; thick lines are moves
 * that are made with certainty. Large trees are folded at the depth where they still can be read.
 *
 * @category Games
 */
export function gameTree(root: GameNode, players: readonly string[], options: TreeOptions = {}): Figure {
  const layered = unfolded(root, options.turned ?? []);
  const leaves = layered.leaves().length;
  const total = countNodes(root);
  const title = `A game of ${counted(players.length, 'player')} with ${counted(total, 'node')}`;
  const sheet = new Sheet(
    title,
    'From left to right; dashed lines join what a player cannot tell apart; at the end the payoffs, in the order of the players',
    options.width,
  );
  const top = sheet.top + 14;
  const height = Math.max(90, leaves * leafHeight);
  const payoffWidth = Math.max(30, ...layered.leaves().map(({ data }) => textWidth(leafWords(data), 12)));
  const wide = Math.max(60, sheet.width - payoffWidth - 40);
  const placed = tree<Drawn>()
    .size([height, wide])
    .separation(() => 1)(layered);
  const at = ({ x, y }: { readonly x: number; readonly y: number }): Point => [14 + y, top + x];
  const levels = Math.max(1, placed.height);
  drawSets(sheet, placed, at);
  for (const each of placed.descendants())
    if (each.parent !== null) drawMove(sheet, at(each.parent), at(each), each.data.by as Move, wide / levels);
  for (const each of placed.descendants()) drawNode(sheet, each, at(each), players);
  const legend = sheet.legend(top + height + 24, [
    ...players.map((name, place) => ({ name, look: { fill: seriesAt(place).role }, as: 'box' as const })),
    ...(hasChance(root) ? [{ name: 'chance', look: { fill: 'paper', stroke: 'ink' }, as: 'box' } as const] : []),
  ]);
  const rows = placed
    .descendants()
    .map(({ data, depth: level }) => [
      level,
      data.by?.action ?? '',
      data.by?.probability ?? null,
      data.node.player ?? '',
      data.node.set ?? '',
      (data.node.payoffs ?? []).join(' '),
    ]);
  return sheet.figure(legend, describe(root, players), {
    columns: ['depth', 'by', 'probability', 'player', 'information set', 'payoffs'],
    rows,
  });
}

/** The tree as far as it is drawn. */
function unfolded(root: GameNode, turned: readonly string[]): ReturnType<typeof hierarchy<Drawn>> {
  const depth = readableDepth(root);
  const drawn = (node: GameNode, path: string, by?: Move): Drawn => {
    const deep = path === '' ? 0 : path.split('.').length;
    const folded = deep >= depth !== turned.includes(path) ? countNodes(node) - 1 : 0;
    return { node, path, folded, ...(by === undefined ? {} : { by }) };
  };
  return hierarchy<Drawn>(drawn(root, ''), ({ node: { moves = [] }, path, folded }) =>
    folded > 0 ? [] : moves.map((by, place) => drawn(by.to, path === '' ? `${place}` : `${path}.${place}`, by)),
  );
}

/** How deep a tree may go so that it has no more leaves than can be read. */
function readableDepth(root: GameNode): number {
  let [layer, depth] = [[root] as readonly GameNode[], 0];
  let ended = 0;
  while (layer.length > 0) {
    const next = layer.flatMap(({ moves = [] }) => moves.map(({ to }) => to));
    ended += layer.filter(({ moves = [] }) => moves.length === 0).length;
    if (ended + next.length > mostLeaves) return depth;
    [layer, depth] = [next, depth + 1];
  }
  return depth;
}

function countNodes(node: GameNode): number {
  return (node.moves ?? []).reduce((sum, { to }) => sum + countNodes(to), 1);
}

function hasChance(node: GameNode): boolean {
  return isChance(node) || (node.moves ?? []).some(({ to }) => hasChance(to));
}

function isChance({ player, moves = [] }: GameNode): boolean {
  return moves.length > 0 && (player === undefined || player === 'chance');
}

function drawMove(sheet: Sheet, from: Point, to: Point, { action, probability }: Move, room: number): void {
  const certain = probability === 1 || probability === '1';
  sheet.line([from, to], { stroke: certain ? 'ink' : 'faint', weight: certain ? 3 : 1 });
  const words = probability === undefined ? action : `${action} ${probability}`;
  const [x, y] = [from[0] + (to[0] - from[0]) * 0.56, from[1] + (to[1] - from[1]) * 0.56];
  sheet.text(
    [x, y - 5],
    words,
    { anchor: 'middle', size: 11, fill: certain ? 'ink' : 'faint', bold: certain },
    room * 0.8,
  );
}

function drawNode(sheet: Sheet, { data }: HierarchyPointNode<Drawn>, [x, y]: Point, players: readonly string[]): void {
  const { node, folded, path: key } = data;
  if ((node.moves ?? []).length === 0) {
    sheet.text([x + 8, y + 4], leafWords(data), { bold: true });
    return;
  }
  if (folded > 0) sheet.text([x + 14, y + 4], leafWords(data), { fill: 'faint', key });
  if (isChance(node))
    sheet.dot([x, y], { fill: 'paper', stroke: 'ink', weight: 2, radius: 6, symbol: 'square', label: 'chance', key });
  else
    sheet.dot([x, y], {
      fill: seriesAt(Math.max(0, players.indexOf(node.player ?? ''))).role,
      stroke: 'paper',
      weight: 1.5,
      radius: 7,
      key,
      label: `${node.player}${node.set === undefined ? '' : `, ${node.set}`}`,
    });
}

function leafWords({ node, folded }: Drawn): string {
  return folded > 0 ? `+ ${folded} more` : (node.payoffs ?? []).join(', ');
}

function drawSets(
  sheet: Sheet,
  root: HierarchyPointNode<Drawn>,
  at: (point: { readonly x: number; readonly y: number }) => Point,
): void {
  const sets = new Map<string, HierarchyPointNode<Drawn>[]>();
  for (const each of root.descendants()) {
    const { player, set, moves = [] } = each.data.node;
    if (set === undefined || moves.length === 0) continue;
    const key = `${player}\n${set}`;
    sets.set(key, [...(sets.get(key) ?? []), each]);
  }
  const drawn = new Map<number, number>();
  for (const [key, nodes] of sets) {
    const points = nodes.map(at).sort((a, b) => a[1] - b[1]);
    const column = Math.round(points[0]?.[0] ?? 0);
    const before = drawn.get(column) ?? 0;
    if (points.length < 2) continue;
    drawn.set(column, before + 1);
    sheet.line(beside(points, -9 - 5 * (before % 4)), {
      stroke: 'ink',
      dash: '3 4',
      weight: 1.5,
      label: key.replace('\n', ', '),
    });
  }
}

/** A line through points that runs beside them, so that sets in one column can be told apart. */
function beside(points: readonly Point[], away: number): readonly Point[] {
  return points.flatMap(([x, y], place): Point[] => {
    const [first, last] = [place === 0, place === points.length - 1];
    return [...(first ? [] : [[x + away, y - 9] as const]), [x, y], ...(last ? [] : [[x + away, y + 9] as const])];
  });
}

function describe(root: GameNode, players: readonly string[]): string {
  const sentence = (node: GameNode, depth: number): string => {
    const { moves = [], payoffs = [] } = node;
    if (moves.length === 0) return payoffs.join(', ');
    if (depth === 0) return `${countNodes(node) - 1} more nodes`;
    return `${isChance(node) ? 'chance' : node.player}: ${moves.map(({ action, to }) => `${action} → (${sentence(to, depth - 1)})`).join('; ')}`;
  };
  return `Players: ${players.join(', ')}. ${sentence(root, 4)}`;
}
