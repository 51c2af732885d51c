import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { root } from '../root.mjs';
import { demand } from './folder.mjs';
import { libraries } from './one-alone.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** The core of this repository, which no registry has yet. */
const packed = 'packed';

/**
 * The cores on which a plugin is tried: the oldest published one that its range admits, and the one packed here. Until there is a
 * release before this one, that is one core.
 *
 * @param {string} changelog core's
 * @param {string} version of the core packed here
 * @param {string} range the plugin's
 */
export function coresFor(changelog, version, range) {
  const published = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)$/gm)].map(([, release = '']) => release);
  const oldest = published.findLast((release) => release !== version && satisfies(release, range));
  return oldest === undefined ? [packed] : [oldest, packed];
}

/**
 * Every plugin on the oldest core and on the newest: npm accepts the pair, and core registers the plugin.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function pluginsOnCores(scratch, packages) {
  const [core] = named(packages, ['@mechane/core']);
  const changelog = readFileSync(join(root, 'packages/core/CHANGELOG.md'), 'utf8');
  /** @type {Map<string, Packed[]>} */
  const onCore = new Map();
  for (const plugin of packages.filter((some) => some.plugin)) {
    for (const version of coresFor(changelog, core?.version ?? '', plugin.peers['@mechane/core'] ?? '')) {
      onCore.set(version, [...(onCore.get(version) ?? []), plugin]);
    }
  }
  const beside = named(packages, libraries);
  /** @type {Row[]} */
  const rows = [];
  for (const [version, plugins] of onCore) {
    const folder = scratch.folder(`core-${version}`);
    const tarballs = fromTarballs([...plugins, ...beside]);
    const dependencies = { ...tarballs, '@mechane/core': version === packed ? `file:${core?.tarball}` : version };
    await folder.install({ private: true, type: 'module', dependencies }, ['--strict-peer-deps']);
    folder.write('register.mjs', registration(plugins.map(({ name }) => name)));
    const said = demand('registering plugins', await folder.node(['register.mjs'])).trim();
    const which =
      version !== packed
        ? `core ${version}, the oldest`
        : onCore.size > 1
          ? 'the newest core'
          : 'oldest and newest core';
    for (const line of said.split('\n')) {
      const [name, measured = ''] = line.split(': ');
      rows.push({ check: `${name} on ${which}`, measured, ok: /^[1-9]\d* mechanisms?/.test(measured) });
    }
  }
  return rows;
}

/** @param {readonly string[]} names */
function registration(names) {
  return `import { apiVersion, createMechane } from '@mechane/core';
import { isPlugin } from '@mechane/core/host';
for (const name of ${JSON.stringify(names)}) {
  const mechane = createMechane();
  try {
    for (const plugin of new Set(Object.values(await import(name)).filter(isPlugin))) mechane.use(plugin);
    const { length } = mechane.mechanisms;
    console.log(name + ': ' + length + (length === 1 ? ' mechanism' : ' mechanisms') + ', apiVersion ' + apiVersion);
  } catch (thrown) {
    console.log(name + ': ' + thrown.message.split('\\n', 1)[0]);
  }
}
`;
}
