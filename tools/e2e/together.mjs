import { toolScript } from '../command.mjs';
import { demand } from './folder.mjs';
import { fromTarballs } from './pack.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./table.mjs').Row} Row */

/** The entry that needs a test runner beside it; the packages that users create try it. */
const needsRunner = '@mechane/conformance/vitest';

/**
 * Installs all packages into one folder and uses them in every way that users do.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function allTogether(scratch, packages) {
  const folder = scratch.folder('together');
  await folder.install(
    {
      private: true,
      type: 'module',
      dependencies: fromTarballs(packages),
      devDependencies: { '@types/node': '^20.19.0' },
    },
    ['--strict-peer-deps'],
  );
  const ours = folder.installed().filter(({ name }) => packages.some((packed) => packed.name === name));
  /** @type {Row[]} */
  const rows = [
    {
      check: 'all together: one copy of each',
      measured: `${ours.length} of ours, ${folder.installed().length} folders`,
      ok: ours.length === packages.length,
    },
    onlyWhatIsUsed(packages),
  ];
  for (const [moduleResolution, module] of /** @type {const} */ ([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])) {
    rows.push(await typesUnder(folder, packages, moduleResolution, module));
  }
  folder.write('use.mjs', esmProgram(packages));
  rows.push(await program('plain JavaScript, import', folder, 'use.mjs'));
  folder.write('use.cjs', commonJsProgram(packages));
  rows.push(await program('CommonJS, require', folder, 'use.cjs'));
  rows.push(await command(folder, packages));
  rows.push(await page(folder));
  return rows;
}

/**
 * What is published is code, types, documents and the page of the command.
 *
 * @param {readonly Packed[]} packages
 * @returns {Row}
 */
function onlyWhatIsUsed(packages) {
  const files = packages.flatMap((packed) => packed.files.map((file) => `${packed.name}/${file}`));
  const published =
    /^(@mechane\/)?[a-z-]+\/((bin|dist)\/.+(\.js|\.d\.ts)|(templates|page)\/.+|package\.json|[A-Z]+(\.md)?)$/;
  const surplus = files.filter((file) => !published.test(file));
  return {
    check: 'what is published: code, types, documents',
    measured: `${files.length} files`,
    ok: surplus.length === 0,
    note: surplus.join(', '),
  };
}

/**
 * The command, from its tarball: it finds the plugins that the folder depends on, plays, and verifies.
 *
 * @param {Folder} folder
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row>}
 */
async function command(folder, packages) {
  const mechane = async (/** @type {readonly string[]} */ ...args) => {
    const said = demand(`mechane ${args[0]}`, await folder.npm(['exec', '--no', '--', 'mechane', ...args, '--json']));
    return JSON.parse(said.split('\n', 1)[0] ?? '');
  };
  /** @type {{ package: string, claims: object[] }[]} */
  const listed = await mechane('list');
  const owners = new Set(listed.map((entry) => entry.package));
  const plugins = packages.filter(({ plugin }) => plugin);
  folder.write('scenario.json', {
    mechanism: 'auction-sealed/second-price',
    reports: { ann: { bid: 3 }, bob: { bid: 7 } },
  });
  const played = await mechane('run', 'scenario.json');
  // Both packages that have a command of this name are here, and npm links one of them.
  const version = demand('mechane --version', await folder.node(['node_modules/mechane/bin/mechane.js', '--version']));
  const cli = packages.find(({ name }) => name === '@mechane/cli');
  const report = await mechane('verify', 'auction-sealed/second-price', '--runs', '20');
  return {
    check: 'the command, by both of its names: list, run, verify',
    measured: `${listed.length} mechanisms of ${owners.size} plugins, pays ${played.outcome.payment}, ${report.laws.length} laws`,
    ok:
      plugins.every(({ name }) => owners.has(name)) &&
      played.outcome.payment === 3 &&
      report.laws.length > 0 &&
      version.trim() === cli?.version,
  };
}

/**
 * The page of the command: it is in the tarball with what it is made of, and says that it comes from a service.
 *
 * @param {Folder} folder
 * @returns {Promise<Row>}
 */
async function page(folder) {
  folder.write('page.mjs', pageProgram);
  const said = demand('page.mjs', await folder.node(['page.mjs'])).trim();
  return {
    check: 'the page that a service shows',
    measured: said,
    ok: /^[1-9]\d* of its files, a service is found$/.test(said),
  };
}

const pageProgram = `import { playgroundPage } from '@mechane/cli/page';
const page = playgroundPage();
const ask = (path) => page(new Request('http://house.example' + path));
const html = await (await ask('/')).text();
const paths = [...html.matchAll(/(?:src|href)="\\.(\\/[^"]+)"/g)].map(([, path]) => path);
const found = await Promise.all(paths.map(ask));
if (found.some((answer) => answer?.status !== 200)) throw new Error('a file of the page is missing: ' + paths);
console.log(found.length + ' of its files, ' + (html.includes('mechane-service') ? 'a service is found' : 'no service'));
`;

/**
 * @param {Folder} folder
 * @param {readonly Packed[]} packages
 * @param {string} moduleResolution
 * @param {string} module
 * @returns {Promise<Row>}
 */
async function typesUnder(folder, packages, moduleResolution, module) {
  const project = `tsconfig.${moduleResolution}.json`;
  const files = ['consumer.ts'];
  folder.write('consumer.ts', consumer(packages));
  if (moduleResolution === 'nodenext') {
    files.push('consumer.cts');
    folder.write('consumer.cts', commonJsConsumer(packages));
  }
  folder.write(project, {
    compilerOptions: {
      target: 'es2023',
      lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
      types: ['node'],
      module,
      moduleResolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      noEmit: true,
    },
    files,
  });
  const { code, output } = await folder.node([toolScript('typescript', 'tsc'), '-p', project, '--pretty', 'false']);
  const errors = output.split('\n').filter((line) => line.includes('error TS'));
  return {
    check: `TypeScript, ${moduleResolution}, strict, no skipLibCheck${files.length > 1 ? ', ES module and CommonJS' : ''}`,
    measured: `${errors.length} errors in ${entries(packages).length} entries`,
    ok: code === 0,
    note: output.trim(),
  };
}

/**
 * @param {string} check
 * @param {Folder} folder
 * @param {string} file
 * @returns {Promise<Row>}
 */
async function program(check, folder, file) {
  const said = demand(file, await folder.node([file])).trim();
  return { check, measured: said.split('\n').at(-1) ?? '', ok: /^\d+ entries, \d+ mechanisms, bob wins$/m.test(said) };
}

/** @param {readonly Packed[]} packages */
function entries(packages) {
  return packages
    .flatMap(({ name, subpaths }) => subpaths.map((subpath) => name + subpath.slice(1)))
    .filter((entry) => entry !== needsRunner);
}

/** @param {readonly Packed[]} packages */
function consumer(packages) {
  return `${entries(packages)
    .map((entry, index) => `import * as entry${index} from '${entry}';`)
    .join('\n')}
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';

export const entries: readonly object[] = [${entries(packages)
    .map((_, index) => `entry${index}`)
    .join(', ')}];
const mechane = createMechane().use(sealedAuctions);
const { outcome } = mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 1 } } });
export const winner: string | null = outcome.winner;
// @ts-expect-error There is no such mechanism.
mechane.run('auction-sealed/third-price', { reports: {} });
// @ts-expect-error A bid is a number.
mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 'one' } } });
`;
}

/** @param {readonly Packed[]} packages */
function commonJsConsumer(packages) {
  return `${entries(packages)
    .map((entry, index) => `import entry${index} = require('${entry}');`)
    .join('\n')}
import core = require('@mechane/core');
import sealed = require('@mechane/auction-sealed');

const entries: readonly object[] = [${entries(packages)
    .map((_, index) => `entry${index}`)
    .join(', ')}];
const mechane = core.createMechane().use(sealed.sealedAuctions);
const { outcome } = mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 1 } } });
const winner: string | null = outcome.winner;
export = { entries, winner };
`;
}

const use = `
const { createMechane } = core;
const { isPlugin } = host;
const mechane = createMechane();
for (const plugin of new Set(entries.flatMap((entry) => Object.values(entry)).filter(isPlugin))) mechane.use(plugin);
const { outcome } = mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 1 }, bob: { bid: 2 } } });
console.log(entries.length + ' entries, ' + mechane.mechanisms.length + ' mechanisms, ' + outcome.winner + ' wins');
`;

/** @param {readonly Packed[]} packages */
function esmProgram(packages) {
  const imported = entries(packages).map((entry) => `await import('${entry}')`);
  return `import * as core from '@mechane/core';\nimport * as host from '@mechane/core/host';\nconst entries = [${imported.join(', ')}];${use}`;
}

/** @param {readonly Packed[]} packages */
function commonJsProgram(packages) {
  const required = entries(packages).map((entry) => `require('${entry}')`);
  return `const core = require('@mechane/core');\nconst host = require('@mechane/core/host');\nconst entries = [${required.join(', ')}];${use}`;
}
