/**
 * Writes plain data as canonical JSON (RFC 8785): no blanks, keys in the order of their UTF-16 code units, numbers as JavaScript writes them.
 * Where the RFC would refuse a text with half a surrogate pair, it is escaped: an agent may say such a text, and no message may stop a run.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
