import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isPublished } from '../check/rooms.mjs';
import { workspaceFolders } from '../workspace-folders.mjs';
import { publishedManifest } from './published-manifest.mjs';
import { reachedTypes } from './reached-types.mjs';
import { indentedByTwo, tidyTypes, withoutComments } from './without-comments.mjs';

/** @typedef {import('../check/repository.mjs').Manifest} Manifest */

/**
 * A package as it would be published, in a folder of its own.
 *
 * @typedef {{ room: string, folder: string, manifest: Manifest }} Staged
 */

/**
 * Writes every package that is published, as it is built, into a folder from which it can be published: without sources, maps and the
 * comments of code. The types keep theirs. The packages themselves are not touched.
 *
 * @param {string} root
 * @param {string} [into] emptied first
 * @returns {Staged[]}
 */
export function stagePackages(root, into = join(root, 'dist')) {
  rmSync(into, { recursive: true, force: true });
  return workspaceFolders(root)
    .filter((folder) => folder.startsWith('packages/') && isPublished(basename(folder)))
    .map((folder) => stagePackage(join(root, folder), join(into, basename(folder))));
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {Staged}
 */
function stagePackage(from, to) {
  /** @type {Manifest} */
  const manifest = publishedManifest(JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')));
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const entry of manifest.files ?? []) {
    if (entry === 'dist') stageBuild(from, to, typesIn(manifest));
    else if (entry === 'page') stagePage(from, join(to, entry));
    else cpSync(join(from, entry), join(to, entry), { recursive: true });
  }
  return { room: basename(to), folder: to, manifest };
}

/**
 * What the compiler made of the sources that there are; a build may also hold what it made of sources since removed. Of declarations, those that somebody who
 * imports the package can come to.
 *
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} entries the declarations that the package exports
 */
function stageBuild(from, to, entries) {
  const reached = reachedTypes(from, entries);
  const files = readdirSync(join(from, 'src'), { recursive: true, encoding: 'utf8' });
  for (const source of files.filter((file) => file.endsWith('.ts'))) {
    const code = join('dist', source.replace(/\.ts$/, '.js'));
    const types = join('dist', source.replace(/\.ts$/, '.d.ts'));
    mkdirSync(join(to, dirname(code)), { recursive: true });
    const module = withoutComments(code, readFileSync(join(from, code), 'utf8'));
    writeFileSync(join(to, code), indentedByTwo(code, module));
    if (reached.has(types)) writeFileSync(join(to, types), tidyTypes(types, readFileSync(join(from, types), 'utf8')));
  }
}

/**
 * @param {Manifest} manifest
 * @returns {string[]}
 */
function typesIn({ exports = {} }) {
  return Object.values(exports).flatMap((conditions) => {
    const { types } = /** @type {{ types?: string }} */ (conditions);
    return types === undefined ? [] : [join(types)];
  });
}

/**
 * The page that a service shows: the playground, as it was built.
 *
 * @param {string} from the package that ships it
 * @param {string} to
 */
function stagePage(from, to) {
  cpSync(join(dirname(from), 'playground', 'dist', 'site'), to, { recursive: true });
}
