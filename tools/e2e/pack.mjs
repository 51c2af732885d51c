import { join } from 'node:path';
import { stagePackages } from '../publish/stage.mjs';
import { root } from '../root.mjs';
import { demand } from './folder.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */

/**
 * A package as it would be published, and those that arrive with it (peers too, unless they are optional).
 *
 * @typedef {{
 *   name: string, version: string, tarball: string, subpaths: string[], dependencies: string[], peers: Record<string, string>,
 *   plugin: boolean, command: string | undefined, files: string[],
 * }} Packed
 */

/**
 * Packs every package of the repository, as it would be published.
 *
 * @param {Folder} scratch
 * @returns {Promise<Packed[]>}
 */
export async function packAll(scratch) {
  const into = scratch.folder('tarballs');
  const staged = stagePackages(root, join(scratch.path, 'staged'));
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', into.path];
  const { code, output } = await scratch.npm([...args, ...staged.map(({ folder }) => folder)]);
  const from = output.indexOf('[\n');
  /** @type {{ name: string, version: string, filename: string, files: { path: string }[] }[]} */
  const packed = JSON.parse(demand('npm pack', { code, output }).slice(from, output.lastIndexOf(']') + 1));
  return packed.map(({ name, version, filename, files }, index) => {
    const {
      exports = {},
      dependencies,
      peerDependencies,
      peerDependenciesMeta,
      keywords,
      bin,
    } = staged[index]?.manifest ?? {};
    const peers = peerDependencies ?? {};
    const needed = Object.keys(peers).filter((peer) => !peerDependenciesMeta?.[peer]?.optional);
    return {
      name,
      version,
      tarball: join(into.path, filename),
      subpaths: Object.keys(exports).filter((subpath) => subpath !== './package.json'),
      dependencies: [...Object.keys(dependencies ?? {}), ...needed],
      peers,
      plugin: keywords?.includes('mechane-plugin') ?? false,
      command: bin === undefined ? undefined : Object.keys(bin)[0],
      files: files.map(({ path }) => path),
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
