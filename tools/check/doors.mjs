import { posix } from 'node:path';
import { packageOf } from './repository.mjs';
import { doorsOf, isForTheKit, isPlugin } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */
/** @typedef {import('./source-file.mjs').SourceFile} SourceFile */
/** @typedef {import('./source-file.mjs').Import} Import */

/**
 * The doors between packages open one way, and nobody climbs in by the window.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkDoors({ workspaces }) {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  return workspaces.flatMap((workspace) => {
    const inSources = imports(workspace.sources).flatMap((place) =>
      workspace.published ? [...closedDoor(workspace, byName, place), ...testKitInside(workspace, place)] : [],
    );
    const anywhere = imports([...workspace.sources, ...workspace.tests]).flatMap((place) => [
      ...leavesPackage(workspace, place),
      ...entersByWindow(byName, place),
    ]);
    return [...inSources, ...anywhere];
  });
}

/** @typedef {{ file: SourceFile, imported: Import }} Place */

/**
 * @param {SourceFile[]} files
 * @returns {Place[]}
 */
function imports(files) {
  return files.flatMap((file) => file.imports.map((imported) => ({ file, imported })));
}

/**
 * @param {Workspace} workspace
 * @param {Map<string, Workspace>} byName
 * @param {Place} place
 * @returns {Finding[]}
 */
function closedDoor({ folder, room, name }, byName, { file, imported }) {
  const target = byName.get(packageOf(imported.specifier) ?? '');
  if (!target || target.name === name) return [];
  const within = file.path.slice(`${folder}/src/`.length);
  if (target.published && doorsOf(room, within)(target.room)) return [];
  const fix =
    target.room === 'conformance' && isPlugin(room)
      ? 'import it in src/conformance.ts or in a test only'
      : 'move what both need into core, or into a package of its own';
  return [at(file, imported, `${room} may not import ${target.name}`, fix)];
}

/**
 * A plugin's subjects for the kit stand behind an entry of their own, so that nobody loads the kit at run time.
 *
 * @param {Workspace} workspace
 * @param {Place} place
 * @returns {Finding[]}
 */
function testKitInside({ folder, room }, { file, imported }) {
  if (!isPlugin(room) || !imported.specifier.startsWith('.')) return [];
  /** @param {string} path */
  const inside = (path) => posix.relative(`${folder}/src`, path);
  const target = inside(posix.join(posix.dirname(file.path), imported.specifier)).replace(/\.js$/, '.ts');
  if (!isForTheKit(target) || isForTheKit(inside(file.path))) return [];
  return [at(file, imported, `${target} would be loaded at run time`, 'import it in a test only')];
}

/**
 * @param {Workspace} workspace
 * @param {Place} place
 * @returns {Finding[]}
 */
function leavesPackage({ folder }, { file, imported }) {
  if (!imported.specifier.startsWith('.')) return [];
  const target = posix.join(posix.dirname(file.path), imported.specifier);
  if (target.startsWith(`${folder}/`)) return [];
  return [at(file, imported, `${imported.specifier} leaves the package`, 'import the other package by its name')];
}

/**
 * @param {Map<string, Workspace>} byName
 * @param {Place} place
 * @returns {Finding[]}
 */
function entersByWindow(byName, { file, imported }) {
  const target = byName.get(packageOf(imported.specifier) ?? '');
  if (!target?.manifest.exports) return [];
  const subpath = `.${imported.specifier.slice(target.name.length)}`;
  if (subpath in target.manifest.exports) return [];
  const known = Object.keys(target.manifest.exports).map((key) => target.name + key.slice(1));
  return [at(file, imported, `${imported.specifier} is not exported`, `import one of ${known.join(', ')}`)];
}

/**
 * @param {SourceFile} file
 * @param {Import} imported
 * @param {string} problem
 * @param {string} fix
 * @returns {Finding}
 */
function at(file, imported, problem, fix) {
  return { file: file.path, line: imported.line, problem, fix };
}
