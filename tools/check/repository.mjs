import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from '../workspace-folders.mjs';
import { readSourceFile } from './source-file.mjs';

/** @typedef {import('./source-file.mjs').SourceFile} SourceFile */
/** @typedef {Record<string, string>} Dependencies */

/**
 * The fields of a package.json that the checks look at.
 *
 * @typedef {{
 *   name?: string, version?: string, private?: boolean, type?: string, license?: string,
 *   keywords?: string[], files?: string[], sideEffects?: boolean | string[], bin?: Record<string, string>,
 *   exports?: Record<string, unknown>, engines?: Record<string, string>, scripts?: Record<string, string>,
 *   repository?: { type?: string, url?: string, directory?: string }, publishConfig?: { access?: string, directory?: string },
 *   dependencies?: Dependencies, devDependencies?: Dependencies, optionalDependencies?: Dependencies,
 *   peerDependencies?: Dependencies, peerDependenciesMeta?: Record<string, { optional?: boolean }>,
 * }} Manifest
 */

/**
 * One workspace: a published package below `packages/`, or a private one such as `examples`.
 *
 * @typedef {{
 *   folder: string, room: string, published: boolean, name: string,
 *   manifest: Manifest, manifestText: string, sources: SourceFile[], tests: SourceFile[],
 * }} Workspace
 */

/** @typedef {{ root: string, manifest: Manifest, workspaces: Workspace[] }} Repository */

/**
 * Reads everything that the checks need to know about a tree, once.
 *
 * @param {string} root
 * @returns {Repository}
 */
export function readRepository(root) {
  const workspaces = workspaceFolders(root).map((folder) => {
    const manifestText = readFileSync(join(root, folder, 'package.json'), 'utf8');
    /** @type {Manifest} */
    const manifest = JSON.parse(manifestText);
    return {
      folder,
      room: folder.slice(folder.lastIndexOf('/') + 1),
      published: folder.startsWith('packages/'),
      name: manifest.name ?? '',
      manifest,
      manifestText,
      sources: readSources(root, `${folder}/src`),
      tests: readSources(root, `${folder}/test`),
    };
  });
  return { root, manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), workspaces };
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {SourceFile[]}
 */
function readSources(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !/\/(node_modules|dist)\//.test(path))
    .sort()
    .map((path) => readSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

/**
 * The package that an import names, without the path inside it: `@mechane/core` for `@mechane/core/x`. Undefined for a
 * relative import.
 *
 * @param {string} specifier
 */
export function packageOf(specifier) {
  if (/^[./#]/.test(specifier)) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/**
 * The source file behind one of a package's exports, relative to the root: `packages/core/src/index.ts`.
 *
 * @param {Workspace} workspace
 * @param {string} subpath
 */
export function entryOf({ folder, manifest }, subpath) {
  const conditions = manifest.exports?.[subpath];
  const source = conditions && typeof conditions === 'object' ? Reflect.get(conditions, '@mechane/source') : undefined;
  return typeof source === 'string' ? `${folder}/${source.replace(/^\.\//, '')}` : undefined;
}
