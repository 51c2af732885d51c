import type { Mechanism } from '@mechane/core';
import { inputSchema } from '@mechane/core/host';

/** Parts of plain data that are looked through for words, which is plenty for schemas and outcomes. */
const mostParts = 20_000;

/** Words that mean something in what a mechanism takes and gives, so that no agent can be called by them and be told from them. */
export function ownWords(mechanism: Mechanism, ...contents: readonly unknown[]): ReadonlySet<string> {
  const words = new Set<string>();
  const schemas = [mechanism.settings, mechanism.report, mechanism.message, mechanism.ask, mechanism.outcome];
  const described = schemas.map((schema) => {
    try {
      return schema && inputSchema(schema);
    } catch {
      return undefined;
    }
  });
  const open: unknown[] = [...described, ...contents];
  for (let looked = 0; open.length > 0 && looked < mostParts; looked++) {
    const content = open.pop();
    if (typeof content === 'string') words.add(content);
    if (typeof content !== 'object' || content === null) continue;
    for (const key of Object.keys(content)) words.add(key);
    open.push(...Object.values(content));
  }
  return words;
}
