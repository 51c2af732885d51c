import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { demand } from './folder.mjs';
import { mutants } from './mutants.mjs';
import { fromTarballs, named } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** @typedef {import('./mutants.mjs').Mutant} Mutant */

/**
 * The packages that live a whole life, in a folder of their own.
 *
 * @type {readonly (Mutant & { name: string })[]}
 */
export const creations = [
  { name: 'my-auction', ...mutantOf('direct', 'single-item') },
  { name: '@acme/house-swap', ...mutantOf('rounds', 'housing') },
];

const needed = ['@mechane/cli', '@mechane/conformance', '@mechane/core', '@mechane/plots'];

/**
 * From an empty folder with only the tarballs: create, test, break, be refused, mend, verify, pack, and install what was packed.
 *
 * @param {(typeof creations)[number]} creation
 * @returns {(scratch: Folder, packages: readonly Packed[]) => Promise<Row[]>}
 */
export function created(creation) {
  return async (scratch, packages) => {
    const folder = scratch.folder(`created-${creation.kind}-${creation.domain}`);
    await folder.install({ private: true, dependencies: fromTarballs(named(packages, ['create-mechanism'])) });
    const alone = folder.installed().length;
    return [
      { check: 'create-mechanism arrives alone', measured: `${alone} package`, ok: alone === 1 },
      await lifeOf(creation, folder, packages),
    ];
  };
}

/**
 * @param {(typeof creations)[number]} creation
 * @param {Folder} folder
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row>}
 */
async function lifeOf({ name, kind, domain, sound, broken, law }, folder, packages) {
  await create(folder, name, { kind, domain });
  const short = name.slice(name.indexOf('/') + 1);
  const id = name.startsWith('@') ? name.slice(1) : `${name}/${name}`;
  const made = folder.folder(short);
  const manifest = JSON.parse(made.read('package.json'));
  const tarballs = fromTarballs(named(packages, needed));
  await made.install({ ...manifest, devDependencies: { ...manifest.devDependencies, ...tarballs } });
  demand('npm run check', await made.npm(['run', 'check']));
  const tests = demand('npm test', await made.npm(['test']));
  const [, passed = 'no'] = /Tests\s+(?:\S*\s)*?(\d+) passed/.exec(plain(tests)) ?? [];

  const file = `src/${short}.ts`;
  const source = made.read(file);
  made.write(file, mutated(source, sound, broken));
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
 * Every kind in every domain, side by side in one folder that has what each of them is developed with: created, compiled,
 * tested, then broken, each in its own way, and refused.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function everyCombination(scratch, packages) {
  const folder = scratch.folder('combinations');
  await folder.install({ private: true, dependencies: fromTarballs(named(packages, ['create-mechanism'])) });
  for (const { kind, domain } of mutants) await create(folder, `${kind}-${domain}`, { kind, domain });
  const [first] = mutants;
  const { devDependencies, dependencies } = JSON.parse(folder.read(`${first?.kind}-${first?.domain}/package.json`));
  const tarballs = fromTarballs(named(packages, needed));
  await folder.install({
    private: true,
    type: 'module',
    dependencies: { ...devDependencies, ...dependencies, ...tarballs },
  });
  const { compilerOptions } = JSON.parse(folder.read(`${first?.kind}-${first?.domain}/tsconfig.json`));
  folder.write('tsconfig.json', { compilerOptions, include: ['*/src', '*/test'] });
  demand('tsc of all combinations', await folder.npm(['exec', '--no', '--', 'tsc']));
  // One process for many packages loads what they share once; how much is examined of each, those that are created alone show.
  const vitest = ['exec', '--no', '--', 'vitest', 'run', '--no-isolate'];
  const tests = demand('npm test of all combinations', await folder.npm(vitest, { MECHANE_RUNS: '20' }));
  const [, passed = 'no'] = /Tests\s+(?:\S*\s)*?(\d+) passed/.exec(plain(tests)) ?? [];

  for (const { kind, domain, sound, broken } of mutants) {
    const file = `${kind}-${domain}/src/${kind}-${domain}.ts`;
    folder.write(file, mutated(folder.read(file), sound, broken));
  }
  const laws = [...new Set(mutants.map(({ law }) => law))].join('|');
  const refusing = ['conformance', '-t', laws, '--reporter=json', '--outputFile=refusals.json'];
  demand('npm test of all mutants', await folder.npm([...vitest, ...refusing]), 1);
  /** @type {{ testResults: { name: string, assertionResults: { failureMessages: string[] }[] }[] }} */
  const { testResults } = JSON.parse(folder.read('refusals.json'));
  const unrefused = mutants.filter(({ kind, domain, law }) => {
    const own = testResults.filter(({ name }) => name.includes(`/${kind}-${domain}/`));
    const said = own.flatMap(({ assertionResults }) => assertionResults.flatMap((result) => result.failureMessages));
    return !said.some((message) => plain(message).includes(`${law} is refuted`));
  });
  return [
    {
      check: `created: all ${mutants.length} combinations of kind and domain, tested, broken, refused`,
      measured: `${passed} tests, ${mutants.length - unrefused.length} mutants refused`,
      ok: unrefused.length === 0,
      note: unrefused.map(({ kind, domain, law }) => `${kind} ${domain} is not refused as ${law}`).join(', '),
    },
  ];
}

/**
 * Runs `create-mechanism` where it is installed.
 *
 * @param {Folder} folder
 * @param {string} name
 * @param {{ kind: string, domain: string }} choices
 */
async function create(folder, name, { kind, domain }) {
  const command = join(folder.path, 'node_modules/create-mechanism/bin/create-mechanism.js');
  const flags = ['--kind', kind, '--domain', domain, '--license', 'MIT'];
  demand('create-mechanism', await folder.node([command, name, ...flags]));
}

/**
 * @param {string} kind
 * @param {string} domain
 */
function mutantOf(kind, domain) {
  const found = mutants.find((mutant) => mutant.kind === kind && mutant.domain === domain);
  if (!found) throw new Error(`there is no mutant of a ${kind} mechanism for ${domain}`);
  return found;
}

/**
 * @param {string} source
 * @param {string} sound
 * @param {string} broken
 */
function mutated(source, sound, broken) {
  if (!source.includes(sound)) throw new Error(`no source says ${sound}`);
  return source.replace(sound, broken);
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
