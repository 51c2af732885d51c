import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lineOf } from './finding.mjs';
import { ownImports } from './own-imports.mjs';
import { loadsFromProject } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */
/** @typedef {import('./own-imports.mjs').OwnImport} OwnImport */

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
  /** @param {readonly OwnImport[]} imports */
  const namesOf = (imports) => imports.map(({ name }) => name);

  /** @type {Finding[]} */
  const undeclared = [];
  const expected = workspaces.flatMap((workspace) => {
    const { name: itself, folder, room, compiled, tested } = workspace;
    const declared = dependencies(workspace);
    const developing = Object.keys(workspace.manifest.devDependencies ?? {});
    const inSources = ownImports(root, `${folder}/src`);
    const typed = loadsFromProject(room) ? developing.filter((name) => namesOf(inSources).includes(name)) : [];
    const known = new Set([itself, ...declared, ...typed]);
    for (const { file, line, name } of inSources.filter(({ name }) => !known.has(name))) {
      const fix = 'declare it in dependencies or peerDependencies';
      undeclared.push({ file, line, problem: `${name} is not declared`, fix });
    }
    const sources = compiled ? [{ folder, expected: foldersOf([...declared, ...typed]) }] : [];
    if (!tested) return sources;
    const forTests = [...declared, ...developing, ...namesOf(ownImports(root, `${folder}/test`))];
    const own = sources.map((project) => project.folder);
    return [...sources, { folder: `${folder}/test`, expected: [...own, ...foldersOf(forTests)] }];
  });
  const tools = existsSync(join(root, 'tools/tsconfig.json')) ? ['tools'] : [];
  const all = [...expected.map(({ folder }) => folder), ...tools];
  return [...undeclared, ...[...expected, { folder: '.', expected: all }].flatMap((project) => compare(root, project))];
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
