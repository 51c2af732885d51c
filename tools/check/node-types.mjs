import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineOf } from './finding.mjs';
import { sourcesIn } from './own-imports.mjs';
import { isBrowserSafe } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */

/**
 * Sources of packages that run in a browser do not see the types of Node. Biome refuses its modules and its globals, but knows nothing of types.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkNodeTypes({ root, workspaces }) {
  const safe = workspaces.filter(({ published, room }) => published && isBrowserSafe(room));
  return safe.flatMap(({ folder }) => [
    ...inSources(root, `${folder}/src`),
    ...inProject(root, `${folder}/tsconfig.json`),
  ]);
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Finding[]}
 */
function inSources(root, folder) {
  return sourcesIn(root, folder).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const [said] = /^\/\/\/\s*<reference\s+types=.*/m.exec(text) ?? [];
    if (said === undefined) return [];
    return [{ file, line: lineOf(text, said), problem: 'it asks for types by itself', fix: 'remove the reference' }];
  });
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {Finding[]}
 */
function inProject(root, file) {
  if (!existsSync(join(root, file))) return [];
  const text = readFileSync(join(root, file), 'utf8');
  if (JSON.parse(text).compilerOptions?.types === undefined) return [];
  const problem = 'it widens the types that the sources see';
  return [{ file, line: lineOf(text, '"types"'), problem, fix: 'remove compilerOptions.types' }];
}
