import jsonc from 'jsonc-parser';

/**
 * A scenario with its reports as pairs in the order in which the text lists the agents, where agents have names that look like whole numbers:
 * JavaScript would list those first, and whoever reported first comes first among equals.
 *
 * @param parsed what the text says
 */
export function inWrittenOrder(parsed: unknown, text: string): unknown {
  if (!isRecord(parsed) || !isRecord(parsed.reports)) return parsed;
  const { reports } = parsed;
  if (!Object.keys(reports).some(looksLikeIndex)) return parsed;
  const agents: string[] = [];
  jsonc.visit(text, {
    onObjectProperty(property, _offset, _length, _line, _character, path) {
      const above = path();
      if (above.length === 1 && above[0] === 'reports') agents.push(property);
    },
  });
  return { ...parsed, reports: agents.map((agent) => [agent, reports[agent]]) };
}

/** Whether JavaScript lists a key before all others, by its number. */
function looksLikeIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 && /^(0|[1-9]\d{0,9})$/.test(key);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
