import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { examineAll } from './examine.mjs';
import { generatedFiles } from './generated-files.mjs';

/**
 * Examines every mechanism and writes what follows from it, or says what is stale.
 *
 * @param {{ check: boolean }} options
 * @returns {Promise<string[]>} what is wrong: nothing, if all is well
 */
export async function updateProperties({ check }) {
  return updateFrom(await examineAll(), { check });
}

/**
 * Writes what follows from findings, or says what is stale.
 *
 * @param {readonly import('./findings.mjs').Examined[]} examined
 * @param {{ check: boolean, folder?: string }} options
 * @returns {string[]} what is wrong
 */
export function updateFrom(examined, { check, folder = root }) {
  const { files, problems } = generatedFiles(examined, pagesIn(folder));
  const wrong = [...problems, ...refutedClaims(examined)];
  for (const [path, text] of files) {
    if (read(folder, path) === text) continue;
    if (check) wrong.push(`${path} does not say what the kit finds. Fix: npm run properties`);
    else write(folder, path, text);
  }
  for (const path of filesIn(folder, 'docs/badges').filter((path) => !files.has(path))) {
    if (check) wrong.push(`${path} is about no mechanism there is. Fix: npm run properties`);
    else rmSync(join(folder, path));
  }
  return wrong;
}

/** @param {readonly import('./findings.mjs').Examined[]} examined */
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
