import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lineOf } from './finding.mjs';
import { packageOf } from './repository.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */

/**
 * Every tsconfig.json refers to exactly the projects that its package.json depends on: sources to the packages they
 * depend on or take types from, tests also to their own sources, to development dependencies and to what they import, the
 * root to all.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkProjectReferences({ root, workspaces }) {
  const folders = new Map(workspaces.map(({ name, folder }) => [name, folder]));
  /** @param {readonly string[]} names */
  const foldersOf = (names) => names.flatMap((name) => folders.get(name) ?? []);

  const expected = workspaces.flatMap((workspace) => {
    const declared = foldersOf(dependencies(workspace));
    const developing = Object.keys(workspace.manifest.devDependencies ?? {});
    const typed = importedBy(workspace.sources).filter((name) => developing.includes(name));
    const sources = { folder: workspace.folder, expected: [...declared, ...foldersOf(typed)] };
    if (workspace.tests.length === 0) return [sources];
    const forTests = [...developing, ...importedBy(workspace.tests)];
    const tests = {
      folder: `${workspace.folder}/test`,
      expected: [workspace.folder, ...declared, ...foldersOf(forTests)],
    };
    return [sources, tests];
  });
  const tools = existsSync(join(root, 'tools/tsconfig.json')) ? ['tools'] : [];
  const all = [...expected.map(({ folder }) => folder), ...tools];
  return [...expected, { folder: '.', expected: all }].flatMap((project) => compare(root, project));
}

/**
 * The packages that files import.
 *
 * @param {Workspace['sources']} files
 */
function importedBy(files) {
  return files.flatMap(({ imports }) => imports.map(({ specifier }) => packageOf(specifier) ?? ''));
}

/** @param {Workspace} workspace */
function dependencies({ manifest }) {
  return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies });
}

/**
 * @param {string} root
 * @param {{ folder: string, expected: readonly string[] }} project
 * @returns {Finding[]}
 */
function compare(root, { folder, expected }) {
  const file = posix.join(folder, 'tsconfig.json');
  const path = join(root, file);
  if (!existsSync(path)) {
    return [{ file, line: 1, problem: 'there is no such project', fix: 'copy the tsconfig.json of another package' }];
  }
  const text = readFileSync(path, 'utf8');
  /** @type {{ references?: { path: string }[] }} */
  const { references = [] } = JSON.parse(text);
  const actual = references.map((reference) => ({ said: reference.path, folder: posix.join(folder, reference.path) }));
  const missing = [...new Set(expected)]
    .filter((wanted) => !actual.some((reference) => reference.folder === wanted))
    .map((wanted) => ({
      file,
      line: lineOf(text, '"references"'),
      problem: `the reference to ${wanted} is missing`,
      fix: `add { "path": "${posix.relative(folder, wanted)}" } to references`,
    }));
  const unfounded = actual
    .filter((reference) => !expected.includes(reference.folder))
    .map(({ said }) => ({
      file,
      line: lineOf(text, `"${said}"`),
      problem: `it refers to ${said}, on which package.json does not depend`,
      fix: 'remove the reference, or declare the dependency',
    }));
  return [...missing, ...unfounded];
}
