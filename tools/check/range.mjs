/** @typedef {readonly [number, number, number]} Version */
/** @typedef {{ from: Version, below: Version | undefined }} Interval versions from one on, below another if there is one */

/**
 * Whether every version of one range lies in another. Undefined where one of them is written in a way that is not read here:
 * `^`, `~`, `>=`, exact versions and `*`, joined by `||`, are.
 *
 * @param {string} wider
 * @param {string} narrower
 * @returns {boolean | undefined}
 */
export function covers(wider, narrower) {
  const outer = intervals(wider);
  const inner = intervals(narrower);
  if (outer === undefined || inner === undefined) return undefined;
  const joined = union(outer);
  return inner.every(({ from, below }) =>
    joined.some(
      (some) =>
        compare(some.from, from) <= 0 &&
        (some.below === undefined || (below !== undefined && compare(below, some.below) <= 0)),
    ),
  );
}

/**
 * @param {string} range
 * @returns {Interval[] | undefined}
 */
function intervals(range) {
  const read = range.split('||').map((part) => interval(part.trim()));
  return read.every((some) => some !== undefined) ? read : undefined;
}

/**
 * @param {string} part
 * @returns {Interval | undefined}
 */
function interval(part) {
  if (part === '*' || part === '') return { from: [0, 0, 0], below: undefined };
  const [, sign = '', major = '', minor, patch] = /^(\^|~|>=|)(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(part) ?? [];
  if (major === '') return undefined;
  const [a, b, c] = [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
  const from = /** @type {Version} */ ([a, b, c]);
  if (sign === '>=') return { from, below: undefined };
  // A caret keeps the first number that is not zero; a tilde the second; a version only itself; and what is not written is free.
  if (minor === undefined || (sign === '^' && a > 0)) return { from, below: [a + 1, 0, 0] };
  if (patch === undefined || sign === '~' || (sign === '^' && b > 0)) return { from, below: [a, b + 1, 0] };
  return { from, below: [a, b, c + 1] };
}

/**
 * The same versions in intervals that do not touch.
 *
 * @param {readonly Interval[]} all
 * @returns {Interval[]}
 */
function union(all) {
  /** @type {Interval[]} */
  const joined = [];
  for (const next of [...all].sort((one, other) => compare(one.from, other.from))) {
    const last = joined.at(-1);
    if (last === undefined || (last.below !== undefined && compare(last.below, next.from) < 0))
      joined.push({ ...next });
    else if (last.below !== undefined && (next.below === undefined || compare(next.below, last.below) > 0)) {
      last.below = next.below;
    }
  }
  return joined;
}

/**
 * @param {Version} one
 * @param {Version} other
 */
function compare(one, other) {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
