import { demand } from './folder.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/**
 * The oldest published core that plugins promise to run on, and the newest, as npm writes versions; `packed` is the one in
 * this repository. Until there is a release, it is both.
 *
 * @type {{ oldest: string, newest: string }}
 */
export const cores = { oldest: 'packed', newest: 'packed' };

/**
 * Every plugin on the oldest core and on the newest: npm accepts the pair, and core registers the plugin.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function pluginsOnCores(scratch, packages) {
  const [packed] = named(packages, ['@mechane/core']);
  const plugins = packages.filter(({ plugin }) => plugin);
  const beside = packages.filter(({ name, plugin }) => !plugin && name === '@mechane/optimization');
  /** @type {Row[]} */
  const rows = [];
  for (const version of new Set([cores.oldest, cores.newest])) {
    const folder = scratch.folder(`core-${version}`);
    const core = version === 'packed' ? `file:${packed?.tarball}` : version;
    const dependencies = { ...fromTarballs([...plugins, ...beside]), '@mechane/core': core };
    await folder.install({ private: true, type: 'module', dependencies }, ['--strict-peer-deps']);
    folder.write('register.mjs', registration(plugins.map(({ name }) => name)));
    const said = demand('registering plugins', await folder.node(['register.mjs'])).trim();
    const which = cores.oldest === cores.newest ? 'oldest and newest core' : `core ${version}`;
    for (const line of said.split('\n')) {
      const [name, measured = ''] = line.split(': ');
      rows.push({ check: `${name} on ${which}`, measured, ok: /^[1-9]\d* mechanisms/.test(measured) });
    }
  }
  return rows;
}

/** @param {readonly string[]} names */
function registration(names) {
  return `import { apiVersion, createMechane, isPlugin } from '@mechane/core';
for (const name of ${JSON.stringify(names)}) {
  const mechane = createMechane();
  try {
    for (const plugin of new Set(Object.values(await import(name)).filter(isPlugin))) mechane.use(plugin);
    console.log(name + ': ' + mechane.mechanisms.length + ' mechanisms, apiVersion ' + apiVersion);
  } catch (thrown) {
    console.log(name + ': ' + thrown.message.split('\\n', 1)[0]);
  }
}
`;
}
