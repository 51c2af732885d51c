import type { GameLabels } from './solve-game.ts';
import type { Style } from './style.ts';
import { type Cell, headedTable, table } from './table.ts';
import { printable, shortened } from './terminal-text.ts';

/** Of more results, these are shown. */
export const mostShown = 200;

/** What a method says besides its results, as JSON has it. */
export interface SolutionHead {
  /** Not known where the game could not be read in time. */
  readonly method?: string | undefined;
  readonly complete: boolean;
  readonly reason?: string;
  readonly scope?: string;
  readonly [finding: string]: unknown;
}

/** A result as JSON has it: what it holds depends on the method. */
type Found = Readonly<Record<string, unknown>>;

/** A solution to read: a result a row, every player's strategies with their probabilities, and what else the method says. */
export function solutionText(
  head: SolutionHead,
  shown: readonly Found[],
  count: number,
  labels: GameLabels = { players: [] },
  style: Style,
): string {
  // The names of information sets and of strategies already stand with what is played.
  const { method, complete, reason, scope, informationSets: _, strategies, ...findings } = head;
  const names = strategies === undefined ? labels : { ...labels, strategies: strategies as readonly string[][] };
  const what = method === 'dominance' ? leftText(findings, count) : countText(count);
  const among = complete && scope !== undefined ? ` ${scopes[scope] ?? `among ${scope}`}` : '';
  const verdict = complete ? style.good('complete') + among : style.doubtful('not complete');
  const why = reason === undefined ? '' : `: ${printable(reason)}`;
  const title = method === undefined ? '' : `${style.strong(printable(method))}  `;
  const sections = [`${title}${what}, ${verdict}${why}\n`];
  if (shown.length > 0) sections.push(resultTable(shown, count, names, style));
  if (method === 'dominance') sections.push(eliminationTable(findings, names, style));
  else {
    const rest = Object.entries(findings).map(([name, value]): Cell[] => [
      { text: name, emphasis: style.faint },
      { text: name === 'leader' ? nameIn(names.players, value) : findingText(value) },
    ]);
    if (rest.length > 0) sections.push(table(rest, '  '));
  }
  return `${sections.join('\n')}\n`;
}

/** How completeness reads where it is one within a class. */
const scopes: Readonly<Record<string, string>> = {
  pure: 'among pure ones',
  'subgame-perfect': 'among subgame-perfect ones',
  best: 'among those that are best by the objective',
  commitment: 'among best commitments',
};

function countText(count: number): string {
  if (count === 0) return 'nothing found';
  return `${count} ${count === 1 ? 'result' : 'results'}`;
}

interface Dominance {
  readonly eliminated?: readonly {
    readonly player: number;
    readonly strategy: number;
    readonly dominatedBy: readonly unknown[];
    readonly round: number;
  }[];
  readonly remaining?: readonly (readonly number[])[];
}

function leftText({ remaining = [] }: Dominance, count: number): string {
  if (count > 0) return 'one profile is left';
  return remaining.length === 0
    ? 'nothing found'
    : `${remaining.map(({ length }) => length).join(' × ')} strategies are left`;
}

/** What was eliminated, by what, and what is left, by names. */
function eliminationTable({ eliminated = [], remaining = [] }: Dominance, labels: GameLabels, style: Style): string {
  const nameOf = (player: number, strategy: number): string => nameIn(labels.strategies?.[player], strategy);
  const heading = ['round', 'player', 'eliminated', 'dominated by'].map((text) => ({ text, emphasis: style.faint }));
  const rows = eliminated
    .slice(0, mostShown)
    .map(({ player, strategy, dominatedBy, round }): Cell[] => [
      { text: String(round), align: 'right' },
      { text: nameIn(labels.players, player) },
      { text: nameOf(player, strategy) },
      { text: mixtureText(dominatedBy, labels.strategies?.[player]) },
    ]);
  const left = remaining.map((own, player): Cell[] => [
    { text: nameIn(labels.players, player), emphasis: style.faint },
    { text: shortened(own.map((strategy) => nameOf(player, strategy)).join(', '), 160) },
  ]);
  const first =
    rows.length === 0 ? '' : `${headedTable(heading, rows, style.columns, 2)}${hiddenText(eliminated.length)}\n`;
  return first + table([[{ text: 'left to', emphasis: style.faint }], ...left], '  ');
}

function resultTable(shown: readonly Found[], count: number, labels: GameLabels, style: Style): string {
  const correlated = shown[0]?.profile === undefined;
  const columns = correlated ? ['distribution'] : labels.players.map((player) => shortened(printable(player), 40));
  const heading: Cell[] = ['', ...columns, 'payoffs', 'regret'].map((text) => ({ text, emphasis: style.faint }));
  const rows = shown.map((result, index): Cell[] => {
    // Where the fractions are known, they say more.
    const { profile, payoffs, regret, distribution } = (result.exact ?? result) as Found;
    const played = correlated ? [distributionText(distribution, labels)] : profileTexts(profile, labels);
    return [
      { text: String(index), align: 'right', emphasis: style.faint },
      ...played.map((text) => ({ text })),
      { text: numbers(payoffs).join(', ') },
      { text: numbers([regret]).join() },
    ];
  });
  return headedTable(heading, rows, style.columns) + hiddenText(count);
}

function hiddenText(count: number): string {
  return count > mostShown ? `  … and ${count - mostShown} more; --json shows all\n` : '';
}

/** For every player, what it plays with what probability. */
function profileTexts(profile: unknown, { strategies, informationSets }: GameLabels): string[] {
  const byPlayer = profile as readonly unknown[][];
  return byPlayer.map((own, player) => {
    if (informationSets === undefined) return mixtureText(own, strategies?.[player]);
    return own
      .map((weights, set) => {
        const { label = String(set + 1), actions } = informationSets[player]?.[set] ?? {};
        return `${printable(label)}: ${mixtureText(weights as unknown[], actions)}`;
      })
      .join('; ');
  });
}

function mixtureText(weights: readonly unknown[], names: readonly string[] = []): string {
  const played = weights.flatMap((weight, at) => {
    if (Number(weight) === 0) return [];
    const name = nameIn(names, at);
    return [String(weight) === '1' ? name : `${numbers([weight]).join()} ${name}`];
  });
  return played.join(' + ');
}

function distributionText(distribution: unknown, { strategies = [] }: GameLabels): string {
  const drawn = distribution as readonly { readonly profile: readonly number[]; readonly probability: unknown }[];
  return drawn
    .map(({ profile, probability }) => {
      const names = profile.map((strategy, player) => nameIn(strategies[player], strategy));
      return `${String(probability)} (${names.join(', ')})`;
    })
    .join(' + ');
}

/** A name by its place, or the number of that from 1. */
function nameIn(names: readonly string[] | undefined, place: unknown): string {
  return shortened(printable(names?.[place as number] ?? String(Number(place) + 1)), 30);
}

function findingText(value: unknown): string {
  return shortened(printable(typeof value === 'string' ? value : JSON.stringify(value)), 160);
}

/** Rationals as they are; doubles to six digits. */
function numbers(values: unknown): string[] {
  return (values as readonly unknown[]).map((value) =>
    typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value),
  );
}
