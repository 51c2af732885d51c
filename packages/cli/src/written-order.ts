import jsonc from 'jsonc-parser';

/**
 * A scenario whose lists of agents are pairs in the order of the text, where agents have names that look like whole numbers: JavaScript would list
 * those first. The order of reports counts, and that of the players of a table of payoffs: whose choice is its first dimension.
 *
 * @param parsed what the text says
 */
export function inWrittenOrder(parsed: unknown, text: string): unknown {
  if (!isRecord(parsed)) return parsed;
  const { reports, settings } = parsed;
  const strategies = isRecord(settings) ? settings.strategies : undefined;
  const mended = {
    ...(isOutOfOrder(reports) ? { reports: pairsIn(text, ['reports'], reports) } : undefined),
    ...(isOutOfOrder(strategies)
      ? { settings: { ...(settings as object), strategies: pairsIn(text, ['settings', 'strategies'], strategies) } }
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
  place: readonly string[],
  listed: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  return keysIn(text, place).map((name) => [name, listed[name]]);
}

/** The keys of an object in a text, in the order in which it lists them. */
function keysIn(text: string, place: readonly string[]): readonly string[] {
  const keys: string[] = [];
  jsonc.visit(text, {
    onObjectProperty(property, _offset, _length, _line, _character, path) {
      const above = path();
      if (above.length === place.length && place.every((step, depth) => above[depth] === step)) keys.push(property);
    },
  });
  return keys;
}

/** Whether JavaScript lists a key before all others, by its number. */
function looksLikeIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 && /^(0|[1-9]\d{0,9})$/.test(key);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
