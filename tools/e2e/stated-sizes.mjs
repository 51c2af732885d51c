import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./table.mjs').Row} Row */

/**
 * A size as a README states it, with a # for every number, and the numbers as they were measured.
 *
 * @typedef {{ room: string, sentence: string, numbers: readonly number[] }} Size
 */

const anySize = /about [\d.]+ kB gzipped|\([\d.]+ MB, [\d.]+ MB gzipped\)/g;

/**
 * Whether the READMEs of all packages state what was measured, and nothing that was not; on request, after writing it into them.
 *
 * @param {string} packages their folder
 * @param {readonly Size[]} sizes
 * @param {boolean} write
 * @returns {Row}
 */
export function statedSizes(packages, sizes, write) {
  const rooms = readdirSync(packages)
    .filter((room) => existsSync(join(packages, room, 'README.md')))
    .sort();
  const wrong = rooms.flatMap((room) => {
    const readme = join(packages, room, 'README.md');
    const own = sizes.filter((size) => size.room === room);
    if (write) writeFileSync(readme, withSizes(readFileSync(readme, 'utf8'), own));
    return misstatements(readFileSync(readme, 'utf8'), own).map((problem) => `the README of ${room} ${problem}`);
  });
  return {
    check: 'sizes in the READMEs',
    measured: `${sizes.length} sizes`,
    ok: wrong.length === 0,
    note: wrong.length === 0 ? '' : `npm run e2e:publish -- --write mends most of it\n${wrong.join('\n')}`,
  };
}

/**
 * What is wrong with the sizes in a README. A number is right where it is no further from the measured one than another version of
 * the compressor may be.
 *
 * @param {string} text
 * @param {readonly Size[]} sizes those of its package
 * @returns {string[]}
 */
export function misstatements(text, sizes) {
  const wrong = sizes.flatMap(({ sentence, numbers }) => {
    const found = [...text.matchAll(patternOf(sentence))];
    const right = filled(sentence, numbers);
    if (found.length === 0) return [`does not say "${right}"`];
    return found
      .filter(([, ...said]) => !numbers.every((number, at) => isNear(Number(said[at]), number)))
      .map(([all]) => `says "${all}", and it is "${right}"`);
  });
  const measured = sizes.flatMap(({ sentence }) => [...text.matchAll(patternOf(sentence))].map(endOf));
  const surplus = [...text.matchAll(anySize)].filter((size) => !measured.includes(endOf(size)));
  return [...wrong, ...surplus.map(([size]) => `says "${size}" of something that is not measured`)];
}

/**
 * A README with the sizes that were measured, where it states them.
 *
 * @param {string} text
 * @param {readonly Size[]} sizes
 */
export function withSizes(text, sizes) {
  return sizes.reduce(
    (current, { sentence, numbers }) => current.replace(patternOf(sentence), () => filled(sentence, numbers)),
    text,
  );
}

/**
 * @param {string} sentence
 * @param {readonly number[]} numbers
 */
function filled(sentence, numbers) {
  let at = 0;
  return sentence.replaceAll('#', () => rounded(numbers[at++] ?? Number.NaN));
}

/** @param {number} number */
function rounded(number) {
  return number.toFixed(number < 10 ? 1 : 0);
}

/**
 * @param {number} said
 * @param {number} measured
 */
function isNear(said, measured) {
  return Math.abs(said - measured) <= Math.max(measured / 100, measured < 10 ? 0.1 : 1);
}

/** @param {string} sentence */
function patternOf(sentence) {
  const literal = sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(literal.replaceAll('#', String.raw`([\d.]+)`), 'g');
}

/** @param {RegExpExecArray} found */
function endOf({ index, 0: text }) {
  return index + text.length;
}
