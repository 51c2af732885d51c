import { isBuiltin } from 'node:module';
import { entryOf, packageOf } from './repository.mjs';
import { isForTheKit, loadsFromProject } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */
/** @typedef {import('./source-file.mjs').SourceFile} SourceFile */

/**
 * Every package that a file imports is declared where its user will look: a source's in its own package.json, a test's
 * there or in the root's development dependencies. What the command loads from the user's project it knows by its types,
 * and those it needs to be built only.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkDeclaredDependencies({ manifest, workspaces }) {
  const shared = [...Object.keys(manifest.devDependencies ?? {}), ...workspaces.map(({ name }) => name)];
  return workspaces.flatMap((workspace) => {
    const { dependencies, optionalDependencies, peerDependencies, devDependencies } = workspace.manifest;
    const own = [workspace.name, ...Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })];
    const developing = Object.keys(devDependencies ?? {});
    const types = loadsFromProject(workspace.room) ? developing : [];
    return [
      ...undeclared(workspace.sources, new Set(own), 'declare it in dependencies or peerDependencies', new Set(types)),
      ...undeclared(
        workspace.tests,
        new Set([...own, ...developing, ...shared]),
        "declare it in devDependencies, here or in the root's package.json",
      ),
      ...optionalEverywhere(workspace),
    ];
  });
}

/**
 * @param {SourceFile[]} files
 * @param {Set<string>} declared
 * @param {string} fix
 * @param {Set<string>} [types] packages of which types may be imported, and nothing else
 * @returns {Finding[]}
 */
function undeclared(files, declared, fix, types = new Set()) {
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line, typeOnly }) => {
      const name = packageOf(specifier);
      if (name === undefined || declared.has(name) || isBuiltin(specifier)) return [];
      if (typeOnly && types.has(name)) return [];
      return [{ file: path, line, problem: `${name} is not declared`, fix }];
    }),
  );
}

/**
 * A peer that users may leave out is imported only by an entry that they may leave out too.
 *
 * @param {Workspace} workspace
 * @returns {Finding[]}
 */
function optionalEverywhere(workspace) {
  const { exports = {}, peerDependenciesMeta = {} } = workspace.manifest;
  const optional = Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name]?.optional);
  const entries = Object.keys(exports)
    .filter((subpath) => subpath !== '.')
    .map((subpath) => entryOf(workspace, subpath));
  return workspace.sources
    .filter(({ path }) => !entries.includes(path) && !isForTheKit(path.slice(`${workspace.folder}/src/`.length)))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => optional.includes(packageOf(specifier) ?? ''))
        .map(({ specifier, line }) => ({
          file: path,
          line,
          problem: `${specifier} is an optional peer and may be absent`,
          fix: 'import it only in the source of an export of its own',
        })),
    );
}
