import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from '../workspace-folders.mjs';
import { isPublished } from './rooms.mjs';

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
 *   manifest: Manifest, manifestText: string, compiled: boolean, tested: boolean,
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
    const room = folder.slice(folder.lastIndexOf('/') + 1);
    return {
      folder,
      room,
      published: folder.startsWith('packages/') && isPublished(room),
      name: manifest.name ?? '',
      manifest,
      manifestText,
      compiled: existsSync(join(root, folder, 'src')),
      tested: existsSync(join(root, folder, 'test')),
    };
  });
  return { root, manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), workspaces };
}
