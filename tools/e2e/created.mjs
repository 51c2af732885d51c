import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { demand } from './folder.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/**
 * A package that `npm create mechanism` makes, and a change that breaks what it claims.
 *
 * @typedef {{ name: string, kind: string, domain: string, mechanism: string, sound: string, broken: string, law: string }} Creation
 */

/** @type {Creation[]} */
const creations = [
  {
    name: 'my-auction',
    kind: 'direct',
    domain: 'single-item',
    mechanism: 'second-price',
    sound: 'bidOf(second))',
    broken: 'bidOf(winner))',
    law: 'strategy-proof',
  },
  {
    name: '@acme/house-swap',
    kind: 'rounds',
    domain: 'housing',
    mechanism: 'serial-dictatorship',
    sound: 'ranked.find((item) => left.includes(item))',
    broken: 'ranked.findLast((item) => left.includes(item))',
    law: 'pareto-efficient',
  },
  {
    name: 'town-hall',
    kind: 'direct',
    domain: 'single-peaked',
    mechanism: 'median',
    sound: '(peaks.length - 1) >> 1',
    broken: 'peaks.length - 1',
    law: 'efficient',
  },
];

const needed = ['@mechane/cli', '@mechane/conformance', '@mechane/core'];

/**
 * From an empty folder with only the tarballs: create, test, break, be refused, mend, verify, pack, and install what was packed.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function createdPackages(scratch, packages) {
  const folder = scratch.folder('created');
  await folder.install({ private: true, dependencies: fromTarballs(named(packages, ['create-mechanism'])) });
  const alone = folder.installed().length;
  /** @type {Row[]} */
  const rows = [{ check: 'create-mechanism arrives alone', measured: `${alone} package`, ok: alone === 1 }];
  for (const creation of creations) rows.push(await lifeOf(creation, folder, packages));
  return rows;
}

/**
 * @param {Creation} creation
 * @param {Folder} folder
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row>}
 */
async function lifeOf({ name, kind, domain, mechanism, sound, broken, law }, folder, packages) {
  const command = join(folder.path, 'node_modules/create-mechanism/bin/create-mechanism.js');
  demand(
    'create-mechanism',
    await folder.node([command, name, '--kind', kind, '--domain', domain, '--license', 'MIT']),
  );
  const short = name.slice(name.indexOf('/') + 1);
  const id = `${short}/${mechanism}`;
  const made = folder.folder(short);
  const manifest = JSON.parse(made.read('package.json'));
  const tarballs = fromTarballs(named(packages, needed));
  await made.install({ ...manifest, devDependencies: { ...manifest.devDependencies, ...tarballs } });
  demand('npm run check', await made.npm(['run', 'check']));
  const tests = demand('npm test', await made.npm(['test']));
  const [, passed = 'no'] = /Tests\s+(?:\S*\s)*?(\d+) passed/.exec(plain(tests)) ?? [];

  const file = `src/${mechanism}.ts`;
  const source = made.read(file);
  if (!source.includes(sound)) throw new Error(`${file} does not say ${sound}`);
  made.write(file, source.replace(sound, broken));
  const refusal = demand('npm test of the broken mechanism', await made.npm(['test']), 1);
  if (!refusal.includes(`${law} is refuted`)) throw new Error(`the kit does not refute ${law}:\n${plain(refusal)}`);
  demand('npm run build', await made.npm(['run', 'build']));
  demand('mechane verify of the broken mechanism', await made.npm(['exec', '--no', '--', 'mechane', 'verify', id]), 1);

  made.write(file, source);
  const report = demand('npm run verify', await made.npm(['run', 'verify']));
  demand('mechane run', await made.npm(['exec', '--no', '--', 'mechane', 'run', 'scenario.json']));
  demand('npm pack', await made.npm(['pack', '--loglevel=error']));
  const tarball = readdirSync(made.path).find((entry) => entry.endsWith('.tgz')) ?? '';

  const user = folder.folder(`${short}-user`);
  const dependencies = {
    ...fromTarballs(named(packages, ['@mechane/core'])),
    [name]: `file:${join(made.path, tarball)}`,
  };
  await user.install({ private: true, type: 'module', dependencies }, ['--strict-peer-deps']);
  user.write('use.mjs', program(name, made.read('scenario.json')));
  demand('a program of its user', await user.node(['use.mjs']));
  return {
    check: `created: ${kind} ${domain}, tested, broken, refused, mended, packed, used`,
    measured: `${passed} tests, ${report.match(/✓/g)?.length ?? 0} verdicts hold, refused as ${law}`,
    ok: true,
  };
}

/**
 * @param {string} name
 * @param {string} scenario
 */
function program(name, scenario) {
  return `import { createMechane } from '@mechane/core';
import { plugin } from '${name}';
const { mechanism, ...play } = ${scenario};
console.log(JSON.stringify(createMechane().use(plugin).run(mechanism, play).outcome));
`;
}

/** @param {string} text */
function plain(text) {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}
