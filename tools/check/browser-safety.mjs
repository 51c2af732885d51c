import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { lineOf } from './finding.mjs';
import { packageOf } from './repository.mjs';
import { isBrowserSafe } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./source-file.mjs').SourceFile} SourceFile */

const nodeGlobals = new Set([
  'process',
  'Buffer',
  'require',
  'global',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
]);

/**
 * Packages that promise to run unchanged in a browser use nothing that only Node has.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkBrowserSafety({ root, workspaces }) {
  return workspaces
    .filter(({ published, room }) => published && isBrowserSafe(room))
    .flatMap(({ folder, sources }) => [...sources.flatMap(inSource), ...inProject(root, `${folder}/tsconfig.json`)]);
}

/**
 * @param {SourceFile} file
 * @returns {Finding[]}
 */
function inSource({ path, imports, typeReferences, globals }) {
  const modules = imports
    .filter(({ specifier }) => isBuiltin(specifier) || isBuiltin(packageOf(specifier) ?? ''))
    .map(({ specifier, line }) => ({
      line,
      problem: `no browser has ${specifier}`,
      fix: 'take it as a service or a value',
    }));
  const types = typeReferences
    .filter(({ specifier }) => specifier === 'node')
    .map(({ line }) => ({ line, problem: 'it asks for the types of Node', fix: 'remove the reference' }));
  const names = globals
    .filter(({ name }) => nodeGlobals.has(name))
    .map(({ name, line }) => ({
      line,
      problem: `no browser has ${name}`,
      fix: 'take it as a service or a value, or read it from globalThis where it may be absent',
    }));
  return [...modules, ...types, ...names].map((finding) => ({ file: path, ...finding }));
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {Finding[]}
 */
function inProject(root, file) {
  if (!existsSync(join(root, file))) return [];
  const text = readFileSync(join(root, file), 'utf8');
  if (JSON.parse(text).compilerOptions?.types === undefined) return [];
  const problem = 'it widens the types that the sources see';
  return [{ file, line: lineOf(text, '"types"'), problem, fix: 'remove compilerOptions.types' }];
}
