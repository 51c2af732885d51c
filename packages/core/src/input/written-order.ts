import type { Path } from '../contract/mechane-error.ts';
import { writtenIn } from './written-json.ts';

/**
 * A scenario, or what a session is made with, whose lists of agents are pairs in the order of the text, where agents have names that look like whole
 * numbers: JavaScript would list those first. The order of reports counts, and that of the players of a table of payoffs: whose choice is its first
 * dimension.
 *
 * @param parsed what the text says at the place
 * @param place where in the text it stands
 */
export function inWrittenOrder(parsed: unknown, text: string, place: Path = []): unknown {
  if (!isRecord(parsed)) return parsed;
  const { reports, settings } = parsed;
  const strategies = isRecord(settings) ? settings.strategies : undefined;
  const pairs = (listed: Readonly<Record<string, unknown>>, ...steps: Path) =>
    pairsIn(text, [...place, ...steps], listed);
  const mended = {
    ...(isOutOfOrder(reports) ? { reports: pairs(reports, 'reports') } : undefined),
    ...(isOutOfOrder(strategies)
      ? { settings: { ...(settings as object), strategies: pairs(strategies, 'settings', 'strategies') } }
      : undefined),
  };
  return Object.keys(mended).length === 0 ? parsed : { ...parsed, ...mended };
}

function isOutOfOrder(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.keys(value).some(looksLikeIndex);
}

/** What an object lists, in the order in which a text does at that place. */
function pairsIn(
  text: string,
  place: Path,
  listed: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  const pairs: (readonly [string, unknown])[] = [];
  for (const { path } of writtenIn(text, 'keys')) {
    if (path.length !== place.length + 1 || !place.every((step, depth) => path[depth] === step)) continue;
    const name = path[place.length] as string;
    pairs.push([name, listed[name]]);
  }
  return pairs;
}

/** Whether JavaScript lists a key before all others, by its number. */
function looksLikeIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 && /^(0|[1-9]\d{0,9})$/.test(key);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
