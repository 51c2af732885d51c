import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { lineOf } from './finding.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Manifest} Manifest */

const lockFile = 'package-lock.json';
/** What the lock file repeats of a package.json. */
const repeated = /** @type {const} */ ([
  'version',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
]);

/**
 * The lock file says of every workspace what its package.json says, so that a version or a range that changes does not leave
 * it behind.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkLockFile({ root, manifest, workspaces }) {
  const fix = 'npm install --package-lock-only --ignore-scripts';
  if (!existsSync(join(root, lockFile))) return [{ file: lockFile, line: 1, problem: 'there is no lock file', fix }];
  const text = readFileSync(join(root, lockFile), 'utf8');
  /** @type {{ packages?: Record<string, Manifest> }} */
  const { packages = {} } = JSON.parse(text);
  const manifests = [{ folder: '', manifest }, ...workspaces];
  return manifests.flatMap(({ folder, manifest: said }) => {
    const line = lineOf(text, `"${folder}": {`);
    const locked = packages[folder];
    const path = folder === '' ? 'package.json' : `${folder}/package.json`;
    if (locked === undefined) return [{ file: lockFile, line, problem: `it does not know ${path}`, fix }];
    return repeated
      .filter((field) => !isDeepStrictEqual(said[field] ?? undefined, locked[field] ?? undefined))
      .map((field) => ({ file: lockFile, line, problem: `its ${field} are not those of ${path}`, fix }));
  });
}
