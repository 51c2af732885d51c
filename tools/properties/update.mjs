import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { examine, examinedByTests, mechanismsOf, registered } from './examine.mjs';
import { badgePath, generatedFiles, readmePath } from './generated-files.mjs';
import { overviewPath } from './overview.mjs';

/** @typedef {import('./findings.mjs').Examined} Examined */
/** @typedef {import('./package-tables.mjs').MechanismEntry} MechanismEntry */

/**
 * Examines mechanisms, or takes what the tests found, and writes what follows from it, or says what is stale.
 *
 * @param {{ check: boolean, tested: boolean, ids: readonly string[] }} options all mechanisms where no id is given
 * @returns {Promise<string[]>} what is wrong: nothing, if all is well
 */
export async function updateProperties({ check, tested, ids }) {
  const listed = await registered();
  const unknown = ids.filter((id) => !listed.some((mechanism) => mechanism.id === id));
  if (unknown.length > 0) {
    return unknown.map((id) => `${id} is no mechanism of the repository. Fix: one of npx mechane list`);
  }
  const chosen = ids.length === 0 ? listed : listed.filter(({ id }) => ids.includes(id));
  const examined = await (tested ? examinedByTests(chosen) : examine(chosen));
  return updateFrom(examined, await mechanismsByPackage(listed), { check });
}

/**
 * All mechanisms there are, by the folder of their package.
 *
 * @param {readonly import('./examine.mjs').Registered[]} listed
 * @returns {Promise<ReadonlyMap<string, readonly MechanismEntry[]>>}
 */
export async function mechanismsByPackage(listed) {
  const packages = [...new Set(listed.map((mechanism) => mechanism.package))];
  const told = packages.map(
    async (name) => /** @type {const} */ ([name.replace('@mechane/', ''), await mechanismsOf(name)]),
  );
  return new Map(await Promise.all(told));
}

/**
 * Writes what follows from findings, or says what is stale.
 *
 * @param {readonly Examined[]} examined
 * @param {ReadonlyMap<string, readonly MechanismEntry[]>} told all mechanisms there are, by the folder of their package
 * @param {{ check: boolean, folder?: string }} options
 * @returns {string[]} what is wrong
 */
export function updateFrom(examined, told, { check, folder = root }) {
  const { files, problems } = generatedFiles(examined, told, {
    properties: read(folder, 'docs/properties.md') ?? '',
    overview: read(folder, overviewPath) ?? '',
    pages: pagesIn(folder),
    readmes: new Map([...told.keys()].map((room) => [room, read(folder, readmePath(room)) ?? ''])),
  });
  const wrong = [...problems, ...refutedClaims(examined)];
  for (const [path, text] of files) {
    if (read(folder, path) === text) continue;
    if (check) wrong.push(`${path} does not say what the kit finds. Fix: npm run properties`);
    else write(folder, path, text);
  }
  const badges = new Set([...told.values()].flat().map(({ id }) => badgePath(id)));
  for (const path of filesIn(folder, 'docs/badges').filter((path) => !badges.has(path))) {
    if (check) wrong.push(`${path} is about no mechanism there is. Fix: npm run properties`);
    else rmSync(join(folder, path));
  }
  return wrong;
}

/** @param {readonly Examined[]} examined */
function refutedClaims(examined) {
  return examined.flatMap(({ mechanism, claims }) =>
    claims
      .filter(({ verdict }) => verdict === 'refuted')
      .map(({ law, reasons: [reason] }) => `${mechanism} does not keep what it claims about ${law}: ${reason}`),
  );
}

/**
 * The mechanisms' pages by path from the root.
 *
 * @param {string} folder the root
 * @returns {Map<string, string>}
 */
export function pagesIn(folder) {
  const paths = filesIn(folder, 'docs/mechanisms').filter((path) => path.split('/').length === 4);
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/**
 * @param {string} folder
 * @param {string} within
 * @returns {string[]}
 */
function filesIn(folder, within) {
  if (!existsSync(join(folder, within))) return [];
  return readdirSync(join(folder, within), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''))
    .sort();
}

/**
 * @param {string} folder
 * @param {string} path
 */
function read(folder, path) {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {string} text
 */
function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
