import type { Figure, FigureOptions } from '../figure.ts';
import { bestResponses } from './best-responses.ts';
import type { GameNode, Move, TreeOptions } from './game-tree.ts';
import { gameTree } from './game-tree.ts';
import { logitBranch } from './logit-branch.ts';
import { payoffTable } from './payoff-table.ts';
import { profileList } from './profile-list.ts';
import { asNumber, type Payoff, type Profile, type TableGame } from './table-game.ts';

/** What is written as a payoff. */
interface Written {
  toString(): string;
}

/**
 * A game in normal form, as `@mechane/game-theory` has it.
 *
 * @category Games
 */
export interface NormalForm {
  readonly players: readonly string[];
  readonly strategies: readonly (readonly string[])[];
  payoff(player: number, profile: readonly number[]): Written;
}

/**
 * A game in extensive form, as `@mechane/game-theory` has it.
 *
 * @category Games
 */
export interface ExtensiveForm {
  readonly players: readonly string[];
  readonly nodes: readonly {
    readonly kind: string;
    readonly player?: number;
    readonly informationSet?: number;
    readonly actions?: readonly string[];
    readonly probabilities?: readonly Written[];
    readonly children: readonly number[];
    readonly outcome: { readonly payoffs: readonly Written[] } | undefined;
  }[];
  readonly informationSets: readonly (readonly { readonly label: string; readonly actions: readonly string[] }[])[];
}

/**
 * An equilibrium of either form: probabilities by player and strategy, or by player, information set and action.
 *
 * @category Games
 */
export interface Solved {
  readonly profile?: readonly (readonly (Payoff | readonly Payoff[])[])[];
  /** Of a point on a path; at its end infinite, which JSON has as `"Infinity"` or `null`. */
  readonly lambda?: number | string | null;
}

/**
 * The pictures of a game and its equilibria, the most telling first: a table of payoffs with best responses and, where a player has two strategies,
 * their diagram; a tree with how its first equilibrium plays; a branch of quantal responses.
 *
 * @category Games
 */
export function gamePictures(
  game: NormalForm | ExtensiveForm,
  solved: readonly Solved[],
  options: TreeOptions = {},
): readonly Figure[] {
  if ('nodes' in game) return [gameTree(treeOf(game, solved[0]), game.players, options)];
  const branch = branchOf(game, solved, options);
  const equilibria = solved.filter(
    (each): each is Profile =>
      each.profile !== undefined &&
      (each.lambda === undefined || each.lambda === null || Number(each.lambda) === Infinity),
  );
  if (game.players.length !== 2) return [...branch, profileList(game, equilibria, options)];
  const table = tableOf(game);
  return [...branch, payoffTable(table, equilibria, options), ...diagramOf(table, equilibria, options)];
}

/** A game of two players with all its payoffs written. */
function tableOf(game: NormalForm): TableGame {
  const [rows = [], columns = []] = game.strategies;
  const payoffs = (player: number): readonly (readonly Payoff[])[] =>
    rows.map((_, row) => columns.map((_, column) => game.payoff(player, [row, column]).toString()));
  const [one = '1', other = '2'] = game.players;
  return { players: [one, other], strategies: [rows, columns], payoffs: [payoffs(0), payoffs(1)] };
}

function diagramOf(table: TableGame, equilibria: readonly Profile[], options: FigureOptions): readonly Figure[] {
  const [rows, columns] = table.strategies;
  if (rows.length === 2) return [bestResponses(table, equilibria, options)];
  if (columns.length !== 2) return [];
  const turned = (payoffs: readonly (readonly Payoff[])[]): readonly (readonly Payoff[])[] =>
    columns.map((_, column) => rows.map((_, row) => payoffs[row]?.[column] ?? 0));
  const flipped: TableGame = {
    players: [table.players[1], table.players[0]],
    strategies: [columns, rows],
    payoffs: [turned(table.payoffs[1]), turned(table.payoffs[0])],
  };
  return [
    bestResponses(
      flipped,
      equilibria.map(({ profile }) => ({ profile: profile.toReversed() })),
      options,
    ),
  ];
}

function branchOf(game: NormalForm, solved: readonly Solved[], options: FigureOptions): readonly Figure[] {
  const points = solved.flatMap(({ lambda, profile }) =>
    typeof lambda === 'number' && Number.isFinite(lambda) && profile !== undefined ? [{ lambda, profile }] : [],
  );
  if (points.length < 3) return [];
  const named = (profile: NonNullable<Solved['profile']>): Readonly<Record<string, number>> =>
    Object.fromEntries(
      profile.flatMap((plan, player) =>
        plan.map((probability, place) => [
          `${game.players[player]}: ${game.strategies[player]?.[place]}`,
          asNumber(probability as Payoff),
        ]),
      ),
    );
  return [
    logitBranch(
      points.map(({ lambda, profile }) => ({ lambda, probabilities: named(profile) })),
      options,
    ),
  ];
}

/** A game in extensive form from its root, with the probabilities by which moves are made. */
function treeOf({ nodes, players, informationSets }: ExtensiveForm, solved: Solved | undefined): GameNode {
  const grown = (place: number, sofar: readonly Written[]): GameNode => {
    const node = nodes[place] as ExtensiveForm['nodes'][number];
    const sum = added(sofar, node.outcome?.payoffs ?? []);
    if (node.kind === 'terminal') return { payoffs: sum.map(String) };
    const set = node.player === undefined ? undefined : informationSets[node.player]?.[node.informationSet ?? 0];
    const actions = node.actions ?? set?.actions ?? [];
    const plan =
      node.player === undefined
        ? node.probabilities?.map(String)
        : planAt(solved, node.player, node.informationSet ?? 0);
    const moves = node.children.map((child, move): Move => {
      const probability = plan?.[move];
      return {
        action: actions[move] ?? String(move + 1),
        to: grown(child, sum),
        ...(probability === undefined ? {} : { probability }),
      };
    });
    const who =
      node.player === undefined
        ? {}
        : { player: players[node.player] ?? '', set: set?.label || String((node.informationSet ?? 0) + 1) };
    return { ...who, moves };
  };
  return grown(0, []);
}

function planAt(solved: Solved | undefined, player: number, set: number): readonly Payoff[] | undefined {
  const plan = solved?.profile?.[player]?.[set];
  return Array.isArray(plan) ? (plan as readonly Payoff[]) : undefined;
}

/** Payoffs on the way added up; where one stands alone it stays exact. */
function added(sofar: readonly Written[], more: readonly Written[]): readonly Written[] {
  if (sofar.length === 0 || more.length === 0) return more.length === 0 ? sofar : more;
  return more.map((payoff, player) => asNumber(payoff.toString()) + asNumber(sofar[player]?.toString()));
}
