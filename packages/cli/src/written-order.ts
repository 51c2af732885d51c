import jsonc from 'jsonc-parser';

/** What a scenario lists in an order that counts: who reported first, and whose choice is a table's first dimension. */
const ordered: readonly (readonly string[])[] = [['reports'], ['settings', 'strategies']];

/**
 * A scenario whose lists of agents are pairs in the order of the text, where agents have names that look like whole numbers: JavaScript would list
 * those first.
 *
 * @param parsed what the text says
 */
export function inWrittenOrder(parsed: unknown, text: string): unknown {
  return ordered.reduce((scenario, place) => withPairsAt(scenario, place, place, text), parsed);
}

function withPairsAt(parsed: unknown, rest: readonly string[], place: readonly string[], text: string): unknown {
  const [key, ...further] = rest;
  if (!isRecord(parsed)) return parsed;
  if (key === undefined) {
    if (!Object.keys(parsed).some(looksLikeIndex)) return parsed;
    return keysIn(text, place).map((name) => [name, parsed[name]]);
  }
  const [before, after] = [parsed[key], withPairsAt(parsed[key], further, place, text)];
  return before === after ? parsed : { ...parsed, [key]: after };
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
