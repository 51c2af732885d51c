import type { Path } from '../contract/mechane-error.ts';
import { writtenIn } from './written-json.ts';

/** Counts the keys of all objects in a parsed value. Fewer than members in the text means that some were lost. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === 'object') keys += countKeys(element);
    return keys;
  }
  const record = value as Readonly<Record<string, unknown>>;
  for (const key in record) {
    keys += 1;
    const member = record[key];
    if (typeof member === 'object') keys += countKeys(member);
  }
  return keys;
}

/** The way to the first key that stands twice in its object, in a text that is JSON: `JSON.parse` keeps the last without a word. */
export function firstTwice(text: string): Path | undefined {
  const objects: { readonly place: Path; readonly keys: Set<string> }[] = [];
  for (const { path } of writtenIn(text, 'keys')) {
    const depth = path.length;
    const key = path[depth - 1] as string;
    const last = objects[depth];
    if (last?.place.every((step, at) => path[at] === step)) {
      if (last.keys.has(key)) return [...path];
      last.keys.add(key);
    } else objects[depth] = { place: path.slice(0, -1), keys: new Set([key]) };
  }
  return undefined;
}
