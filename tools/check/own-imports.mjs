import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineAt } from './finding.mjs';

/** @typedef {{ file: string, line: number, name: string }} OwnImport a file that names a package of ours, and where */

/**
 * Where the files of a folder import packages of ours, by whatever form: `import('@mechane/x').Y` is one that Biome does not read.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {OwnImport[]}
 */
export function ownImports(root, folder) {
  return sourcesIn(root, folder).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const code = text.replace(/^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*)/gm, (comment) => comment.replace(/[^\n]/g, ' '));
    const found = code.matchAll(/\b(?:from|import|require)\s*\(?\s*['"](@mechane\/[^'"/]+)/g);
    return [...found].map(({ index, 1: name = '' }) => ({ file, line: lineAt(text, index), name }));
  });
}

/**
 * The sources below a folder, by their path from the root.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function sourcesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}
