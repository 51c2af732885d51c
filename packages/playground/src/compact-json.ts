/** A value as JSON in which whatever fits on a line stands on one. */
export function compactJson(value: unknown, width = 76, indent = ''): string {
  const flat = spaced(value);
  if (indent.length + flat.length <= width || typeof value !== 'object' || value === null) return flat;
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((each) => `${deeper}${compactJson(each, width, deeper)}`)
    : Object.entries(value).map(
        ([key, each]) => `${deeper}${JSON.stringify(key)}: ${compactJson(each, width, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${inner.join(',\n')}\n${indent}${close}`;
}

/** A value on one line, with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return fields.length === 0
    ? '{}'
    : `{ ${fields.map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`).join(', ')} }`;
}
