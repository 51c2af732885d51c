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
  return rows;
}

/**
 * @param {Folder} folder
 * @param {readonly Packed[]} packages
 * @param {string} moduleResolution
 * @param {string} module
 * @returns {Promise<Row>}
 */
async function typesUnder(folder, packages, moduleResolution, module) {
  const project = `tsconfig.${moduleResolution}.json`;
  folder.write('consumer.ts', consumer(packages));
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
    files: ['consumer.ts'],
  });
  const { code, output } = await folder.node([toolScript('typescript', 'tsc'), '-p', project, '--pretty', 'false']);
  const errors = output.split('\n').filter((line) => line.includes('error TS'));
  return {
    check: `TypeScript, ${moduleResolution}, strict, no skipLibCheck`,
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

const use = `
const { createMechane, isPlugin } = core;
const mechane = createMechane();
for (const plugin of new Set(entries.flatMap((entry) => Object.values(entry)).filter(isPlugin))) mechane.use(plugin);
const { outcome } = mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 1 }, bob: { bid: 2 } } });
console.log(entries.length + ' entries, ' + mechane.mechanisms.length + ' mechanisms, ' + outcome.winner + ' wins');
`;

/** @param {readonly Packed[]} packages */
function esmProgram(packages) {
  const imported = entries(packages).map((entry) => `await import('${entry}')`);
  return `import * as core from '@mechane/core';\nconst entries = [${imported.join(', ')}];${use}`;
}

/** @param {readonly Packed[]} packages */
function commonJsProgram(packages) {
  const required = entries(packages).map((entry) => `require('${entry}')`);
  return `const core = require('@mechane/core');\nconst entries = [${required.join(', ')}];${use}`;
}
