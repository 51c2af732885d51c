/** Where a value stands within plain data. */
export type LeafPath = readonly (string | number)[];

/** The numbers within plain data, and where they stand. */
export function* numbersIn(value: unknown, path: LeafPath = []): Generator<readonly [LeafPath, number]> {
  if (typeof value === 'number') yield [path, value];
  else if (Array.isArray(value))
    for (const [index, element] of value.entries()) yield* numbersIn(element, [...path, index]);
  else if (isRecord(value)) for (const key of Object.keys(value)) yield* numbersIn(value[key], [...path, key]);
}

/** A copy of plain data with another value at a path. */
export function withLeaf(value: unknown, [step, ...rest]: LeafPath, leaf: unknown): unknown {
  if (step === undefined) return leaf;
  if (Array.isArray(value))
    return value.map((element, index) => (index === step ? withLeaf(element, rest, leaf) : element));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, entry]) => [key, key === step ? withLeaf(entry, rest, leaf) : entry]),
  );
}

/** How complicated plain data is: simpler is smaller. Lengths weigh most, then fractions, then magnitudes. */
export function weightOf(value: unknown): number {
  if (typeof value === 'number') {
    const magnitude = Math.min(Math.abs(value), 1e12);
    return magnitude + (Number.isInteger(value) ? 0 : 10_000) + (value < 0 ? 0.5 : 0);
  }
  if (typeof value === 'string') return value.length / 1000;
  if (Array.isArray(value)) return value.reduce<number>((weight, element) => weight + 100 + weightOf(element), 0);
  return Object.values(value ?? {}).reduce<number>((weight, entry) => weight + 100 + weightOf(entry), 0);
}

/** Plain objects: neither arrays, nor columns, nor `null`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
