/** A number as it is written in a picture: four digits that count, thousands apart. */
export function written(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2).replace('e+', 'e').replace('-', '−');
  const rounded = size >= 1000 ? Math.round(value * 100) / 100 : Number(value.toPrecision(4));
  return rounded.toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', '−');
}

/** Several things as a list in a sentence. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A count and what is counted. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
