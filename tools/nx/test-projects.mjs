// A plugin of nx: tests are projects of their own, as they are for the compiler, since they may use any package.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspaceFolders } from '../workspace-folders.mjs';

/** @typedef {NonNullable<import('nx/src/config/workspace-json-project-json').TargetConfiguration['inputs']>} Inputs */

export const name = 'test-projects';

/** @type {import('nx/src/project-graph/plugins/public-api').CreateNodes} */
export const createNodes = [
  '{{packages/*,examples,bench}/test,tools}/tsconfig.json',
  (files, _, { workspaceRoot }) => {
    const packages = new Set(workspaceFolders(workspaceRoot).map((folder) => nameIn(join(workspaceRoot, folder))));
    return files.map((file) => {
      const folder = dirname(file);
      const project = folder === 'tools' ? ofTools() : ofPackage(workspaceRoot, folder, packages);
      return [file, { projects: { [folder]: project } }];
    });
  },
];

/** The tests of the repository look at all of it. */
function ofTools() {
  const inputs = ['{workspaceRoot}/**/*', 'runner'];
  return { name: 'tools', implicitDependencies: ['*'], targets: { test: target('tools/test', inputs) } };
}

/**
 * The tests of a package: they depend on it and on every package of ours that they name, in whatever way.
 *
 * @param {string} root
 * @param {string} folder
 * @param {ReadonlySet<string>} packages the names of all there are
 */
function ofPackage(root, folder, packages) {
  const owner = dirname(folder);
  const own = nameIn(join(root, owner));
  const room = basename(owner);
  const inputs = ['default', { input: 'default', projects: [own] }, '^sources', 'runner', 'golden'];
  return {
    name: `${room}-test`,
    implicitDependencies: [...new Set([own, ...namedIn(join(root, folder))])].filter((each) => packages.has(each)),
    targets: { test: target(folder, inputs) },
  };
}

/**
 * @param {string} folder
 * @param {Inputs} inputs
 */
function target(folder, inputs) {
  return {
    command: `vitest run ${folder}/ --reporter=default`,
    options: { cwd: '{workspaceRoot}' },
    dependsOn: ['^build'],
    inputs,
    cache: true,
  };
}

/**
 * @param {string} folder
 * @returns {string}
 */
function nameIn(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function namedIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/@mechane\/[a-z-]+/g) ?? []);
}
