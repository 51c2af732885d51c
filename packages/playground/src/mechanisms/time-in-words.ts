/** Units of time in milliseconds, the longest first. */
const units: readonly (readonly [name: string, length: number, written: RegExp])[] = [
  ['day', 86_400_000, /^d(ays?)?$/],
  ['hour', 3_600_000, /^h(ours?|rs?)?$/],
  ['minute', 60_000, /^m(in(ute)?s?)?$/],
  ['second', 1000, /^s(ec(ond)?s?)?$/],
  ['millisecond', 1, /^(ms|milliseconds?)?$/],
];

/**
 * The milliseconds in what somebody has typed: `10 minutes`, `1 h 30 min`, `1.5 hours`; a number without a unit is milliseconds already. `undefined`
 * where it is no time.
 */
export function millisecondsIn(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (!/^(\d+(\.\d+)?\s*[a-z]*[\s,]*)+$/.test(trimmed)) return undefined;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)];
  let sum = 0;
  for (const [, number, written = ''] of parts) {
    const unit = written === '' && parts.length > 1 ? undefined : units.find(([, , names]) => names.test(written));
    if (unit === undefined) return undefined;
    sum += Number(number) * unit[1];
  }
  // A tenth of a second has no whole sum in binary.
  return Math.round(sum * 1000) / 1000;
}

/** So many milliseconds in words: `1 hour 30 minutes`. */
export function timeInWords(milliseconds: number): string {
  const words: string[] = [];
  let left = milliseconds;
  for (const [name, length] of units) {
    const isLast = name === 'second' || length === 1;
    const count = isLast ? Number((left / length).toPrecision(10)) : Math.floor(left / length);
    if (count === 0 || (isLast && count < 1 && length > 1)) continue;
    words.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    left -= count * length;
    if (isLast) break;
  }
  return words.length === 0 ? 'no time' : words.join(' ');
}
