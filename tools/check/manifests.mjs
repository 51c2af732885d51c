import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { lineOf } from './finding.mjs';
import { hasNoScope, isPlugin } from './rooms.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */

/** @typedef {{ at: string, problem: string, fix: string }} Breach a convention broken, and the field where it shows */

/**
 * Published packages say the same things in the same way: see `docs/architecture.md`.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkManifests({ root, workspaces }) {
  return workspaces
    .filter(({ published }) => published)
    .flatMap((workspace) => {
      const breaches = [
        ...identity(workspace),
        ...exported(root, workspace),
        ...shipped(root, workspace),
        ...(isPlugin(workspace.room) ? pluginConventions(workspace) : libraryConventions(workspace)),
      ];
      return breaches.map(({ at, problem, fix }) => ({
        file: `${workspace.folder}/package.json`,
        line: lineOf(workspace.manifestText, `"${at}"`),
        problem,
        fix,
      }));
    });
}

/**
 * @param {Workspace} workspace
 * @returns {Breach[]}
 */
function identity({ folder, room, manifest, compiled }) {
  /** @type {[string, unknown, unknown][]} */
  const fields = [
    ['name', manifest.name, hasNoScope(room) ? room : `@mechane/${room}`],
    ['private', manifest.private, undefined],
    ['type', manifest.type, 'module'],
    ['license', manifest.license, 'MIT'],
    ['engines', manifest.engines, { node: '>=20.19' }],
    ['publishConfig', manifest.publishConfig, { access: 'public', directory: `../../dist/${room}` }],
    [
      'repository',
      manifest.repository,
      { type: 'git', url: 'git+https://github.com/mechane/mechane.git', directory: folder },
    ],
    ['build', manifest.scripts?.build, compiled ? 'tsc -b' : undefined],
    ['prepublishOnly', manifest.scripts?.prepublishOnly, 'node ../../tools/publish/refuse.mjs'],
  ];
  const breaches = fields
    .filter(([, actual, expected]) => !isDeepStrictEqual(actual, expected))
    .map(([at, , expected]) => ({
      at,
      problem: `${at} is not what packages here have`,
      fix:
        expected === undefined
          ? `remove ${at}`
          : `make ${['build', 'prepublishOnly'].includes(at) ? `scripts.${at}` : at} ${JSON.stringify(expected)}`,
    }));
  const version = /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(manifest.version ?? '');
  return version
    ? breaches
    : [...breaches, { at: 'version', problem: 'version is not one', fix: 'begin with "0.0.0"' }];
}

/**
 * @param {string} root
 * @param {Workspace} workspace
 * @returns {Breach[]}
 */
function exported(root, { manifest, folder }) {
  const { exports = {} } = manifest;
  const required = manifest.bin ? ['./package.json'] : ['.', './package.json'];
  const missing = required
    .filter((subpath) => !(subpath in exports))
    .map((subpath) => ({ at: 'exports', problem: `exports lacks ${subpath}`, fix: `add "${subpath}" to exports` }));
  const misshapen = Object.entries(exports).flatMap(([subpath, conditions]) => {
    if (subpath === './package.json') return [];
    const entries = subpath === '.' ? ['index'] : [subpath.slice(2), `${subpath.slice(2)}/index`];
    const said = entries.find((entry) => JSON.stringify(conditions) === JSON.stringify(conditionsOf(entry)));
    if (said !== undefined && existsSync(join(root, folder, 'src', `${said}.ts`))) return [];
    if (said !== undefined) return [{ at: subpath, problem: `src/${said}.ts does not exist`, fix: 'write it' }];
    const fix = `make it ${JSON.stringify(conditionsOf(entries[0] ?? ''))}, in this order`;
    return [{ at: subpath, problem: `exports["${subpath}"] is not as elsewhere`, fix }];
  });
  return [...missing, ...misshapen];
}

/**
 * Where an entry leads, in the order in which resolvers read it.
 *
 * @param {string} entry the file in `src`, without its ending
 */
function conditionsOf(entry) {
  return { '@mechane/source': `./src/${entry}.ts`, types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` };
}

/**
 * @param {string} root
 * @param {Workspace} workspace
 * @returns {Breach[]}
 */
function shipped(root, { folder, manifest, compiled }) {
  const documents = ['README.md', 'CHANGELOG.md', 'LICENSE'];
  const unlisted = [...(compiled ? ['dist'] : []), ...documents]
    .filter((file) => !manifest.files?.includes(file))
    .map((file) => ({ at: 'files', problem: `files lacks ${file}`, fix: `add "${file}" to files` }));
  const surplus = (manifest.files ?? [])
    .filter((file) => /^(!|src\b)/.test(file))
    .map((file) => ({
      at: 'files',
      problem: `files has ${file}`,
      fix: 'name only files and folders to publish; no sources',
    }));
  const unwritten = documents
    .filter((file) => !existsSync(join(root, folder, file)))
    .map((file) => ({ at: 'files', problem: `${file} does not exist`, fix: 'write it beside package.json' }));
  const undecided =
    manifest.sideEffects === undefined
      ? [{ at: 'name', problem: 'sideEffects is not said', fix: 'say false, or list the files that have them' }]
      : [];
  return [...unlisted, ...surplus, ...unwritten, ...undecided];
}

/**
 * @param {Workspace} workspace
 * @returns {Breach[]}
 */
function pluginConventions({ manifest }) {
  /** @type {[boolean, Breach][]} */
  const rules = [
    [
      manifest.keywords?.includes('mechane-plugin') === true,
      { at: 'keywords', problem: 'the command would not find this plugin', fix: 'add the keyword "mechane-plugin"' },
    ],
    [
      './conformance' in (manifest.exports ?? {}),
      { at: 'exports', problem: 'its claims cannot be checked', fix: 'export "./conformance" from src/conformance.ts' },
    ],
    [
      '@mechane/core' in (manifest.peerDependencies ?? {}) && !('@mechane/core' in (manifest.dependencies ?? {})),
      { at: 'peerDependencies', problem: 'core is not a peer', fix: 'declare @mechane/core in peerDependencies' },
    ],
    [
      manifest.devDependencies?.['@mechane/core'] === '*',
      { at: 'devDependencies', problem: 'core is not linked', fix: 'declare "@mechane/core": "*" in devDependencies' },
    ],
  ];
  return rules.filter(([kept]) => !kept).map(([, breach]) => breach);
}

/**
 * @param {Workspace} workspace
 * @returns {Breach[]}
 */
function libraryConventions({ manifest }) {
  if (!manifest.keywords?.includes('mechane-plugin')) return [];
  return [{ at: 'keywords', problem: 'this is no plugin', fix: 'remove the keyword "mechane-plugin"' }];
}
