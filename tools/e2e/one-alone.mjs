import { bytesOf } from './folder.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** The packages whose share is limited. */
export const light = ['auction-dutch', 'auction-english', 'auction-sealed', 'matching', 'public-choice'].map(
  (room) => `@mechane/${room}`,
);
/** The packages that plugins depend on and that work without them. */
export const libraries = ['@mechane/numerics', '@mechane/optimization', '@mechane/packing'];
/** What core itself depends on. */
const foundations = ['@opentelemetry/api', 'reflect-metadata', 'tslib', 'tsyringe', 'zod'];
const mostBytes = 500_000;

/**
 * Each plugin and core: nothing else arrives but what the plugin itself depends on, and our own share of a light one is small.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function oneAlone(scratch, packages) {
  /** @type {Row[]} */
  const rows = [];
  for (const { name } of packages.filter(({ plugin }) => plugin)) {
    const asked = await installAlone(scratch, packages, name);
    const folder = aloneIn(scratch, name);
    rows.push(arrived(folder, name, asked), share(folder, name));
  }
  return rows;
}

/**
 * Where a package is alone with core and what it depends on.
 *
 * @param {Folder} scratch
 * @param {string} name
 */
export function aloneIn(scratch, name) {
  return scratch.folder(`alone-${roomOf(name)}`);
}

/**
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @param {string} name
 * @returns {Promise<Packed[]>} which of ours were asked for
 */
export async function installAlone(scratch, packages, name) {
  const asked = withOurs(packages, [...new Set([name, '@mechane/core'])]);
  await aloneIn(scratch, name).install({ private: true, type: 'module', dependencies: fromTarballs(asked) });
  return asked;
}

/**
 * Packages and those of ours that they depend on, which come from their tarballs too.
 *
 * @param {readonly Packed[]} packages
 * @param {readonly string[]} names
 * @returns {Packed[]}
 */
export function withOurs(packages, names) {
  const asked = named(packages, names);
  const further = asked.flatMap(({ dependencies }) => dependencies).filter((name) => isOurs(name));
  const missing = further.filter((name) => !names.includes(name));
  return missing.length === 0 ? asked : withOurs(packages, [...names, ...new Set(missing)]);
}

/**
 * @param {Folder} folder
 * @param {string} name
 * @param {readonly Packed[]} asked
 * @returns {Row}
 */
function arrived(folder, name, asked) {
  const installed = folder.installed();
  const names = [...new Set(installed.map((some) => some.name))];
  const expected = new Set([...foundations, ...asked.flatMap((some) => [some.name, ...some.dependencies])]);
  const surplus = names.filter((some) => !expected.has(some)).map((some) => `${some} is too many`);
  const missing = [...expected].filter((some) => !names.includes(some)).map((some) => `${some} is missing`);
  const more = names.filter((some) => some !== name && some !== '@mechane/core' && !foundations.includes(some));
  const ok = surplus.length === 0 && missing.length === 0;
  return {
    check: `${name} alone: what arrives`,
    measured: `${names.length} packages, ${installed.length} folders`,
    ok,
    note: ok
      ? `it, core and what core depends on${more.map((some) => `, ${some}`).join('')}`
      : [...surplus, ...missing].join(', '),
  };
}

/**
 * @param {Folder} folder
 * @param {string} name
 * @returns {Row}
 */
function share(folder, name) {
  const bytes = (/** @type {boolean} */ ours, /** @type {(path: string) => boolean} */ counts = () => true) =>
    folder
      .installed()
      .filter((some) => isOurs(some.name) === ours)
      .reduce((total, { path }) => total + bytesOf(path, counts), 0);
  const own = bytes(true);
  const ok = !light.includes(name) || own < mostBytes;
  const code = bytes(true, (path) => path.endsWith('.js'));
  const types = bytes(true, (path) => path.endsWith('.d.ts'));
  const made = `${kilobytes(code)} code, ${kilobytes(types)} types`;
  return {
    check: `${name} alone: our bytes`,
    measured: `${kilobytes(own)} of ours, ${kilobytes(bytes(false))} of others`,
    ok,
    note: ok ? made : `more than ${kilobytes(mostBytes)}: ${made}`,
  };
}

/** @param {string} name */
function isOurs(name) {
  return name.startsWith('@mechane/');
}

/**
 * The last part of a package's name.
 *
 * @param {string} name
 */
export function roomOf(name) {
  return name.slice(name.indexOf('/') + 1);
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
