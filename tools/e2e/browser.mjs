import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { findChromium, saidInChromium } from './chromium.mjs';
import { auctions, kilobytes, libraries, roomOf } from './one-alone.mjs';
import { plays } from './plays.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./plays.mjs').Play} Play */
/** @typedef {import('./table.mjs').Row} Row */

const mostZipped = 60_000;

/**
 * Every package for browsers in a bundle of its own, with core: how large it is, that it runs where nothing is Node's, and
 * that it runs in Chromium. The folders are those where each was installed alone.
 *
 * @param {Folder} scratch
 * @returns {Promise<Row[]>}
 */
export async function browserBundles(scratch) {
  /** @type {Row[]} */
  const rows = [];
  for (const play of plays) rows.push(...(await bundled(scratch, play)));
  return [...rows, ...(await inChromium(scratch))];
}

/**
 * Where the bundle of a play is.
 *
 * @param {Folder} scratch
 * @param {Play} play
 */
function folderOf(scratch, { name }) {
  // A library is there where a plugin that needs it is.
  return scratch.folder(`alone-${roomOf(libraries.includes(name) ? '@mechane/market' : name)}`);
}

/**
 * @param {Folder} scratch
 * @param {Play} play
 * @returns {Promise<Row[]>}
 */
async function bundled(scratch, play) {
  const { name, known, source, solver = false } = play;
  const folder = folderOf(scratch, play);
  const out = `bundle-${roomOf(name)}`;
  const place = join(folder.path, out);
  folder.write(`page-${roomOf(name)}/entry.js`, script(play));
  folder.write(`page-${roomOf(name)}/index.html`, page('./entry.js', 'type="module"'));
  if (solver) await bundleModules(folder, name, place);
  else await bundleScript(folder, name, place);
  const check = libraries.includes(name) ? `${name}, bundled` : `${name} and core, bundled`;
  const limited = auctions.includes(name);
  const { zipped, minified, later } = sizesOf(place);
  const fits = !limited || zipped < mostZipped;
  /** @type {Row[]} */
  const rows = [
    {
      check,
      measured: `${kilobytes(zipped)} gzipped, ${kilobytes(minified)} minified`,
      ok: fits,
      note: fits ? later : `more than ${kilobytes(mostZipped)} gzipped`,
    },
  ];
  if (!solver) {
    const bare = await withoutNode(readFileSync(join(place, 'page.js'), 'utf8'));
    rows.push({ check: `${name} where nothing is Node's`, measured: bare, ok: bare === known, note: source });
  }
  return rows;
}

/**
 * The program of a page: it says what came of it to whoever serves it.
 *
 * @param {Play} play
 */
function script({ name, imports, body }) {
  return `${imports}
async function play() {
${body}
}
globalThis.said = play().catch((thrown) => String(thrown));
globalThis.said.then((body) => {
  if (typeof fetch === 'function') fetch('/said/${roomOf(name)}', { method: 'POST', body });
});
`;
}

/**
 * @param {string} file
 * @param {string} [attributes]
 */
function page(file, attributes = '') {
  return `<!doctype html><meta charset="utf-8"><title>Mechane</title><script ${attributes} src="${file}"></script>`;
}

/**
 * One script, as a page without modules would have it.
 *
 * @param {Folder} folder
 * @param {string} name
 * @param {string} outDir
 */
async function bundleScript(folder, name, outDir) {
  const entry = join(folder.path, `page-${roomOf(name)}`, 'entry.js');
  await build({
    root: folder.path,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      target: 'es2022',
      minify: true,
      lib: { entry, formats: ['iife'], name: 'page', fileName: () => 'page.js' },
    },
  });
  folder.write(`bundle-${roomOf(name)}/index.html`, page('./page.js'));
}

/**
 * Modules that are loaded when they are needed, and the solver's binary beside them.
 *
 * @param {Folder} folder
 * @param {string} name
 * @param {string} outDir
 */
async function bundleModules(folder, name, outDir) {
  await build({
    root: join(folder.path, `page-${roomOf(name)}`),
    base: './',
    configFile: false,
    logLevel: 'error',
    // The solver's loader looks for Node's modules where it runs in Node; bundlers leave those out for browsers.
    build: { outDir, emptyOutDir: true, target: 'es2022', minify: true, rolldownOptions: { onwarn() {} } },
  });
}

/**
 * What a page loads at once, and what it loads if the solver is asked.
 *
 * @param {string} place
 */
function sizesOf(place) {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => extname(file) !== '');
  const html = readFileSync(join(place, 'index.html'), 'utf8');
  const scripts = files.filter((file) => file.endsWith('.js'));
  const atOnce = scripts.filter((file) => html.includes(`./${file}`));
  const later = files.filter((file) => file !== 'index.html' && !atOnce.includes(file));
  const bytes = (/** @type {readonly string[]} */ some) => some.map((file) => readFileSync(join(place, file)));
  const sum = (/** @type {readonly number[]} */ numbers) => numbers.reduce((total, number) => total + number, 0);
  const zip = (/** @type {Buffer} */ content) => gzipSync(content, { level: 9 }).length;
  return {
    zipped: sum(bytes(atOnce).map(zip)),
    minified: sum(bytes(atOnce).map(({ length }) => length)),
    later: later.length === 0 ? '' : `and ${kilobytes(sum(bytes(later).map(zip)))} when the solver is asked`,
  };
}

/**
 * Runs a bundle where there is only the language and what every browser adds to it that the packages use.
 *
 * @param {string} code
 */
async function withoutNode(code) {
  const { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout } = globalThis;
  const { TextDecoder, TextEncoder, URL } = globalThis;
  const browserly = { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout };
  const context = vm.createContext({ ...browserly, TextDecoder, TextEncoder, URL });
  vm.runInContext(code, context);
  return String(await vm.runInContext('globalThis.said', context));
}

/**
 * @param {Folder} scratch
 * @returns {Promise<Row[]>}
 */
async function inChromium(scratch) {
  const chromium = findChromium(process.env);
  const pages = new Map(
    plays.map((play) => [roomOf(play.name), join(folderOf(scratch, play).path, `bundle-${roomOf(play.name)}`)]),
  );
  const said = chromium === undefined ? undefined : await saidInChromium(chromium, scratch.folder('profile'), pages);
  return plays.map(({ name, known, source }) => {
    const check = `${name} in headless Chromium`;
    if (said === undefined) {
      const skipped = process.env.MECHANE_CHROMIUM !== 'required';
      return { check, measured: '', ok: false, skipped, note: 'there is no chromium on this machine' };
    }
    const measured = said.get(roomOf(name)) ?? 'it said nothing';
    return { check, measured, ok: measured === known, note: source };
  });
}
