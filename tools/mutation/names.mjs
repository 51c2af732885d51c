import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * @typedef {object} Named what a name stands for
 * @property {string} name
 * @property {string} room the package whose tests have to notice
 * @property {string[]} files the sources that are changed, from the root
 */

/** What is never changed: lists of exports, a generated version, and what only the kit's tests read. */
const left = new Set(['index.ts', 'host.ts', 'version.ts', 'conformance.ts']);

/** What has to hold besides the rule of every mechanism: names, and the mechanisms follow. */
const gatedParts = ['core', 'packing/recheck', 'auction-combinatorial/recheck', 'cli/journal'];

/**
 * The sources behind a name: a room, or a part of one: the file of that name, or all whose names begin or go on with it. So a mechanism's id is the
 * name of its rule.
 *
 * @param {string} root
 * @param {string} name
 * @returns {Named}
 */
export function named(root, name) {
  const [room = '', part] = name.split('/');
  const files = sourcesOf(root, room).filter((file) => !left.has(basename(file)));
  const exact = files.filter((file) => basename(file) === `${part}.ts`);
  const alike = files.filter((file) => basename(file, '.ts').split('-').includes(part ?? ''));
  const chosen = part === undefined ? files : exact.length > 0 ? exact : alike;
  if (chosen.length === 0) {
    throw new Error(`nothing is called ${name}: name a package, a mechanism, or a package/part whose files are called so`);
  }
  return { name, room, files: chosen };
}

/**
 * Every name that has to reach the gate.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function gated(root) {
  const rooms = readdirSync(join(root, 'packages')).sort();
  return [...gatedParts, ...rooms.flatMap((room) => mechanismsOf(root, room))];
}

/**
 * The ids of a room's mechanisms, by their definitions.
 *
 * @param {string} root
 * @param {string} room
 * @returns {string[]}
 */
function mechanismsOf(root, room) {
  const ids = sourcesOf(root, room).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ {2}id: '([a-z-]+\/[a-z-]+)'/gm)].map(([, id = '']) => id),
  );
  return [...new Set(ids)].filter((id) => id.startsWith(`${room}/`));
}

/**
 * @param {string} root
 * @param {string} room
 * @returns {string[]}
 */
function sourcesOf(root, room) {
  const folder = join('packages', room, 'src');
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => join(folder, file))
      .sort();
  } catch {
    return [];
  }
}
