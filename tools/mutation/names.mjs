import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * @typedef {object} Named what a name stands for
 * @property {string} name
 * @property {string} room the package whose tests have to notice
 * @property {string[]} files the sources that are changed, from the root
 */

/** What is never changed: lists of exports, a generated version, and what only the kit's tests read. */
const left = new Set(['index.ts', 'host.ts', 'version.ts', 'conformance.ts']);

/** What has to hold besides the rule of every mechanism. */
const gatedParts = ['core', 'packing/recheck', 'packing/open-case', 'auction-combinatorial/recheck', 'cli/journal'];

/**
 * The sources behind a name. That of a mechanism is the file of its rule.
 *
 * @param {string} root
 * @param {string} name a path, or a room, or a room and what a file is called, or begins with, or has among its words
 * @returns {Named}
 */
export function named(root, name) {
  const path = name.split(/[\\/]/).filter((step) => step !== '');
  const isPath = path[0] === 'packages';
  const [room = '', part] = isPath ? path.slice(1) : path;
  const files = sourcesOf(root, room).filter((file) => !left.has(basename(file)));
  const chosen = isPath ? files.filter((file) => `${file}/`.startsWith(`${path.join('/')}/`)) : called(files, part);
  if (chosen.length > 0) return { name, room, files: chosen };
  throw new Error(`nothing is called ${name}: name a source file, a package, a mechanism, or a package/part`);
}

/**
 * @param {string[]} files
 * @param {string | undefined} part
 */
function called(files, part) {
  if (part === undefined) return files;
  const exact = files.filter((file) => basename(file) === `${part}.ts`);
  return exact.length > 0 ? exact : files.filter((file) => basename(file, '.ts').split('-').includes(part));
}

/**
 * Every name that has to reach the gate.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function gated(root) {
  const rooms = readdirSync(join(root, 'packages')).sort();
  return [...gatedParts, ...rooms.flatMap((room) => rulesOf(root, room))];
}

/**
 * What has to reach the gate in some packages.
 *
 * @param {string} root
 * @param {readonly string[]} rooms
 * @returns {string[]}
 */
export function gatedIn(root, rooms) {
  const all = gated(root).map((name) => ({ name, room: named(root, name).room }));
  for (const room of rooms)
    if (!all.some((each) => each.room === room))
      throw new Error(`nothing in ${room} has to reach the gate: name a package`);
  return all.filter(({ room }) => rooms.includes(room)).map(({ name }) => name);
}

/**
 * The files in which a room defines mechanisms.
 *
 * @param {string} root
 * @param {string} room
 * @returns {string[]}
 */
function rulesOf(root, room) {
  const definition = new RegExp(`^ {2}id: '${room}/[a-z-]+'`, 'm');
  return sourcesOf(root, room).filter((file) => definition.test(readFileSync(join(root, file), 'utf8')));
}

/**
 * @param {string} root
 * @param {string} room
 * @returns {string[]} from the root, with slashes
 */
function sourcesOf(root, room) {
  const folder = `packages/${room}/src`;
  if (room === '' || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}
