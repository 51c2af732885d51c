import { type Bar, bars } from './small-pictures.ts';
import type { GameLabels } from './solve-game.ts';
import type { Style } from './style.ts';

/**
 * What the first mixed equilibrium plays, as bars: a strategy, or a move of an information set, and its probability. Nothing where all are pure, since
 * words say that as well.
 *
 * @param columns of the terminal
 */
export function equilibriumPicture(
  results: readonly Readonly<Record<string, unknown>>[],
  labels: GameLabels | undefined,
  columns: number,
  style: Style,
): string {
  if (labels === undefined) return '';
  const plays = results.map((found) => playedIn(found, labels));
  const first = plays.findIndex((played) => played.some(({ value }) => value !== 1));
  return bars(`what result ${first} plays, with which probability`, plays[first] ?? [], columns, style);
}

/** What is played with a probability above 0. */
function playedIn(found: Readonly<Record<string, unknown>>, labels: GameLabels): readonly Bar[] {
  const { profile } = (found.exact ?? found) as { readonly profile?: unknown };
  if (!Array.isArray(profile)) return [];
  return profile.flatMap((own: readonly unknown[], player): readonly Bar[] => {
    const name = labels.players[player] ?? String(player + 1);
    const sets = labels.informationSets?.[player];
    if (sets === undefined) return mixed(name, own, labels.strategies?.[player]);
    return own.flatMap((plan, set) => mixed(`${name}, ${sets[set]?.label || set + 1}`, plan, sets[set]?.actions));
  });
}

function mixed(name: string, plan: unknown, strategies: readonly string[] = []): readonly Bar[] {
  if (!Array.isArray(plan)) return [];
  return plan.flatMap((probability: unknown, place): Bar[] => {
    const value = numberOf(probability);
    const words = typeof probability === 'number' ? String(Number(probability.toPrecision(4))) : String(probability);
    return value > 0 ? [{ name: `${name}: ${strategies[place] ?? place + 1}`, value, words }] : [];
  });
}

/** A number, or a fraction as text has it. */
function numberOf(probability: unknown): number {
  const [over, under = '1'] = String(probability).split('/');
  return Number(over) / Number(under);
}
