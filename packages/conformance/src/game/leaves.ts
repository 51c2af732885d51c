/** Where a value stands within plain data. */
export type LeafPath = readonly (string | number)[];

/** The numbers within plain data, and where they stand. */
export function numbersIn(value: unknown): readonly (readonly [LeafPath, number])[] {
  const found: (readonly [LeafPath, number])[] = [];
  collect(value, [], found);
  return found;
}

function collect(value: unknown, path: LeafPath, found: (readonly [LeafPath, number])[]): void {
  if (typeof value === 'number') found.push([path, value]);
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) collect(value[index], [...path, index], found);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      const part = value[key];
      if (typeof part === 'number' || typeof part === 'object') collect(part, [...path, key], found);
    }
  }
}

/** The number at a path, where there is one. */
export function numberAt(value: unknown, path: LeafPath): number | undefined {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return typeof at === 'number' ? at : undefined;
}

/** A copy of plain data with another value at a path. */
export function withLeaf(value: unknown, path: LeafPath, leaf: unknown): unknown {
  return replaced(value, path, 0, leaf);
}

function replaced(value: unknown, path: LeafPath, at: number, leaf: unknown): unknown {
  const step = path[at];
  if (step === undefined) return leaf;
  if (Array.isArray(value)) {
    const list = value.slice();
    if (typeof step === 'number' && step < list.length) list[step] = replaced(list[step], path, at + 1, leaf);
    return list;
  }
  const record: Record<string, unknown> = { ...(value as object) };
  if (step in record) record[step] = replaced(record[step], path, at + 1, leaf);
  return record;
}

/** How complicated plain data is: simpler is smaller. Lengths weigh most, then fractions, then magnitudes. */
export function weightOf(value: unknown): number {
  if (typeof value === 'number') {
    const magnitude = Math.abs(value);
    const fraction = Number.isInteger(value) ? 0 : 10_000 + 10 * String(value).length;
    return Math.min(magnitude, 1e12) + (magnitude > 1e12 ? Math.log2(magnitude) : 0) + fraction + (value < 0 ? 0.5 : 0);
  }
  if (typeof value === 'string') return value.length / 1000;
  if (Array.isArray(value)) return value.reduce<number>((weight, element) => weight + 100 + weightOf(element), 0);
  return Object.values(value ?? {}).reduce<number>((weight, entry) => weight + 100 + weightOf(entry), 0);
}

/** Plain objects: neither arrays, nor columns, nor `null`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
