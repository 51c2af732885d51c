import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { workspaceFolders } from '../workspace-folders.mjs';
import { demand, Folder } from './folder.mjs';

/**
 * A package as it would be published.
 *
 * @typedef {{
 *   name: string, version: string, tarball: string, bytes: number, packedBytes: number,
 *   subpaths: string[], plugin: boolean, browser: boolean,
 * }} Packed
 */

/**
 * Packs every package of the repository.
 *
 * @param {Folder} into
 * @returns {Promise<Packed[]>}
 */
export async function packAll(into) {
  const folders = workspaceFolders(root).filter((folder) => folder.startsWith('packages/'));
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', into.path];
  const { code, output } = await new Folder(root).npm([...args, ...folders.map((folder) => `./${folder}`)]);
  const from = output.indexOf('[\n');
  /** @type {{ name: string, version: string, filename: string, size: number, unpackedSize: number }[]} */
  const packed = JSON.parse(demand('npm pack', { code, output }).slice(from, output.lastIndexOf(']') + 1));
  return packed.map(({ name, version, filename, size, unpackedSize }, index) => {
    const manifest = JSON.parse(readFileSync(join(root, folders[index] ?? '', 'package.json'), 'utf8'));
    return {
      name,
      version,
      tarball: join(into.path, filename),
      bytes: unpackedSize,
      packedBytes: size,
      subpaths: Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json'),
      plugin: manifest.keywords.includes('mechane-plugin'),
      browser: manifest.bin === undefined,
    };
  });
}

/**
 * Dependencies on tarballs instead of versions, by name.
 *
 * @param {readonly Packed[]} packages
 * @returns {Record<string, string>}
 */
export function fromTarballs(packages) {
  return Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
}

/**
 * The packages of these names.
 *
 * @param {readonly Packed[]} packages
 * @param {readonly string[]} names
 */
export function named(packages, names) {
  return names.map((name) => {
    const found = packages.find((packed) => packed.name === name);
    if (!found) throw new Error(`there is no package ${name}`);
    return found;
  });
}
