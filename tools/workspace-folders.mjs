import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folders of all workspaces that the root package.json names, relative to the root, sorted.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function workspaceFolders(root) {
  /** @type {{ workspaces?: string[] }} */
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return workspaces
    .flatMap((pattern) => (pattern.endsWith('/*') ? foldersIn(root, pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

/**
 * @param {string} root
 * @param {string} parent
 */
function foldersIn(root, parent) {
  const folder = join(root, parent);
  return existsSync(folder) ? readdirSync(folder).map((name) => `${parent}/${name}`) : [];
}
