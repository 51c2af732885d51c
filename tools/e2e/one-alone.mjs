import { join } from 'node:path';
import { bytesOf } from './folder.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** The packages of auctions that need core and nothing else. */
export const auctions = ['@mechane/auction-dutch', '@mechane/auction-english', '@mechane/auction-sealed'];
/** What core itself depends on. */
const foundations = ['@opentelemetry/api', 'reflect-metadata', 'tslib', 'tsyringe', 'zod'];
const mostBytes = 300_000;

/**
 * One auction and core: nothing else arrives, and our own share is small.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function oneAlone(scratch, packages) {
  /** @type {Row[]} */
  const rows = [];
  for (const auction of auctions) {
    const folder = scratch.folder(`alone-${auction.slice(auction.indexOf('/') + 1)}`);
    const own = named(packages, ['@mechane/core', auction]);
    await folder.install({ private: true, type: 'module', dependencies: fromTarballs(own) });
    const installed = folder.installed();
    const names = [...new Set(installed.map(({ name }) => name))].sort();
    const expected = [...own.map(({ name }) => name), ...foundations].sort();
    const surplus = names.filter((name) => !expected.includes(name));
    const missing = expected.filter((name) => !names.includes(name));
    rows.push({
      check: `${auction} alone: what arrives`,
      measured: `${names.length} packages, ${installed.length} folders`,
      ok: surplus.length === 0 && missing.length === 0,
      note: [...surplus.map((name) => `${name} is too many`), ...missing.map((name) => `${name} is missing`)].join(
        ', ',
      ),
    });
    const bytes = (/** @type {boolean} */ ours) =>
      installed
        .filter(({ name }) => name.startsWith('@mechane/') === ours)
        .reduce((total, { path }) => total + bytesOf(path), 0);
    const share = bytes(true);
    const ours = installed.filter(({ name }) => name.startsWith('@mechane/')).map(({ path }) => path);
    rows.push({
      check: `${auction} alone: our bytes`,
      measured: `${kilobytes(share)} of ours, ${kilobytes(bytes(false))} of others`,
      ok: share < mostBytes,
      note: share < mostBytes ? '' : `more than ${kilobytes(mostBytes)}: ${madeOf(ours)}`,
    });
  }
  return rows;
}

/**
 * What our bytes are: code and types, maps from them to sources, and the sources.
 *
 * @param {readonly string[]} folders
 */
function madeOf(folders) {
  const all = sum(folders.map((folder) => bytesOf(folder)));
  const maps = sum(folders.map((folder) => bytesOf(folder, (path) => path.endsWith('.map'))));
  const sources = sum(folders.map((folder) => bytesOf(join(folder, 'src'))));
  return `${kilobytes(maps)} of it maps, ${kilobytes(sources)} sources, ${kilobytes(all - maps - sources)} the rest`;
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
