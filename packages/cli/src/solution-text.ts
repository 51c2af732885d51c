import type { Game, Solution } from '@mechane/game-theory';
import type { Style } from './style.ts';
import { type Cell, table } from './table.ts';
import { printable, shortened } from './terminal-text.ts';

const mostShown = 200;

/** An equilibrium as JSON has it: what it holds depends on the method. */
type Found = Readonly<Record<string, unknown>>;

/** A solution as JSON has it. */
interface Printed {
  readonly method: string;
  readonly complete: boolean;
  readonly reason?: string;
  readonly equilibria: readonly Found[];
  readonly informationSets?: unknown;
}

/** A solution to read: an equilibrium a row, every player's strategies with their probabilities, and what else the method says. */
export function solutionText(solved: Solution, game: Game, style: Style): string {
  // The names of information sets already stand with what is played there.
  const { method, complete, reason, equilibria, informationSets: _, ...findings } = solved as object as Printed;
  const { length } = equilibria;
  const count = `${length} ${length === 1 ? 'result' : 'results'}`;
  const verdict = complete ? style.good('complete') : style.doubtful('not complete');
  const why = reason === undefined ? '' : `: ${printable(reason)}`;
  const sections = [`${style.strong(printable(method))}  ${count}, ${verdict}${why}\n`];
  if (length > 0) sections.push(equilibriumTable(equilibria, game, style));
  const rest = Object.entries(findings).map(([name, value]): Cell[] => [
    { text: name, emphasis: style.faint },
    { text: shortened(printable(typeof value === 'string' ? value : JSON.stringify(value)), 160) },
  ]);
  if (rest.length > 0) sections.push(table(rest, '  '));
  return `${sections.join('\n')}\n`;
}

function equilibriumTable(equilibria: readonly Found[], game: Game, style: Style): string {
  const correlated = equilibria[0]?.profile === undefined;
  const columns = correlated ? ['distribution'] : game.players.map((player) => shortened(printable(player), 40));
  const heading: Cell[] = ['', ...columns, 'payoffs', 'regret'].map((text) => ({ text, emphasis: style.faint }));
  const rows = equilibria
    .slice(0, mostShown)
    .map((equilibrium, index): Cell[] => [
      { text: String(index), align: 'right', emphasis: style.faint },
      ...(correlated
        ? [distributionText(equilibrium.distribution, game)]
        : profileTexts(equilibrium.profile, game)
      ).map((text) => ({ text })),
      { text: numbers(equilibrium.payoffs).join(', ') },
      { text: numbers([equilibrium.regret]).join() },
    ]);
  const hidden = equilibria.length - mostShown;
  return table([heading, ...rows], '  ') + (hidden > 0 ? `  … and ${hidden} more; --json shows all\n` : '');
}

/** For every player, what it plays with what probability. */
function profileTexts(profile: unknown, game: Game): string[] {
  const byPlayer = profile as readonly unknown[][];
  return byPlayer.map((own, player) => {
    if ('strategies' in game) return mixtureText(own, game.strategies[player] as readonly string[]);
    return own
      .map((weights, set) => {
        const { label = '', actions = [] } = game.informationSets[player]?.[set] ?? {};
        return `${printable(label === '' ? String(set + 1) : label)}: ${mixtureText(weights as unknown[], actions)}`;
      })
      .join('; ');
  });
}

function mixtureText(weights: readonly unknown[], names: readonly string[]): string {
  const played = weights.flatMap((weight, at) => {
    if (Number(weight) === 0) return [];
    const name = shortened(printable(names[at] ?? String(at + 1)), 30);
    return [String(weight) === '1' ? name : `${numbers([weight]).join()} ${name}`];
  });
  return played.join(' + ');
}

function distributionText(distribution: unknown, game: Game): string {
  const strategies = 'strategies' in game ? game.strategies : [];
  const drawn = distribution as readonly { readonly profile: readonly number[]; readonly probability: unknown }[];
  return drawn
    .map(({ profile, probability }) => {
      const names = profile.map((strategy, player) =>
        printable(strategies[player]?.[strategy] ?? String(strategy + 1)),
      );
      return `${String(probability)} (${names.join(', ')})`;
    })
    .join(' + ');
}

/** Rationals as they are; doubles to six digits. */
function numbers(values: unknown): string[] {
  return (values as readonly unknown[]).map((value) =>
    typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value),
  );
}
