import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./page-programs.mjs').PageProgram} PageProgram */

/**
 * A page that plays: its folder, the files that it loads at once, those it loads if it ever needs them, and what of a solver is among
 * the code. Sizes are in bytes.
 *
 * @typedef {{ file: string, minified: number, zipped: number }} Sized
 * @typedef {{ place: string, atOnce: Sized[], later: Sized[], solver: string[] }} Bundle
 */

/** What is never in a bundle that does not ask for it. */
const solverModules = /\/node_modules\/(highs\/|@mechane\/optimization\/dist\/highs-)/;

/** @type {import('vite').BuildOptions} */
const forBrowsers = { target: 'es2022', minify: true, emptyOutDir: true };

/**
 * One script, as a page without modules would have it.
 *
 * @param {Folder} folder where what it imports is installed
 * @param {string} page a name for it
 * @param {PageProgram} program
 * @returns {Promise<Bundle>}
 */
export async function bundledScript(folder, page, program) {
  const entry = join(folder.path, `page-${page}`, 'entry.js');
  folder.write(`page-${page}/entry.js`, entryOf(page, program));
  const place = join(folder.path, `bundle-${page}`);
  const made = await build({
    root: folder.path,
    configFile: false,
    logLevel: 'error',
    build: {
      ...forBrowsers,
      outDir: place,
      lib: { entry, formats: ['iife'], name: 'page', fileName: () => 'page.js' },
    },
  });
  folder.write(`bundle-${page}/index.html`, document('./page.js'));
  return measured(place, made);
}

/**
 * Modules that are loaded when they are needed, and files beside them.
 *
 * @param {Folder} folder
 * @param {string} page
 * @param {PageProgram} program
 * @returns {Promise<Bundle>}
 */
export async function bundledModules(folder, page, program) {
  folder.write(`page-${page}/entry.js`, entryOf(page, program));
  folder.write(`page-${page}/index.html`, document('./entry.js', 'type="module"'));
  const place = join(folder.path, `bundle-${page}`);
  const made = await build({
    root: join(folder.path, `page-${page}`),
    base: './',
    configFile: false,
    logLevel: 'error',
    // The solver's loader looks for Node's modules where it runs in Node; bundlers leave those out for browsers.
    build: { ...forBrowsers, outDir: place, modulePreload: false, rolldownOptions: { onwarn() {} } },
  });
  return measured(place, made);
}

/**
 * What came along that has no business in a bundle that asks for no solver: its code, and any file beside the one script.
 *
 * @param {Pick<Bundle, 'later' | 'solver'>} bundle
 */
export function stowaways({ later, solver }) {
  return [...solver, ...later.map(({ file }) => file)];
}

/**
 * @param {readonly Sized[]} files
 * @param {'minified' | 'zipped'} how
 */
export function sumOf(files, how) {
  return files.reduce((sum, file) => sum + file[how], 0);
}

/**
 * The program of a page: it says what came of it to whoever serves it.
 *
 * @param {string} page
 * @param {PageProgram} program
 */
function entryOf(page, { imports, body }) {
  return `${imports}
async function play() {
${body}
}
globalThis.said = play().catch((thrown) => String(thrown));
globalThis.said.then((body) => {
  if (typeof fetch === 'function') fetch('/said/${page}', { method: 'POST', body });
});
`;
}

/**
 * @param {string} file
 * @param {string} [attributes]
 */
function document(file, attributes = '') {
  return `<!doctype html><meta charset="utf-8"><title>Mechane</title><script ${attributes} src="${file}"></script>`;
}

/**
 * @param {string} place
 * @param {Awaited<ReturnType<typeof build>>} made
 * @returns {Bundle}
 */
function measured(place, made) {
  const html = readFileSync(join(place, 'index.html'), 'utf8');
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => extname(file) !== '' && file !== 'index.html')
    .map((file) => sized(place, file));
  const isAtOnce = (/** @type {Sized} */ { file }) => file.endsWith('.js') && html.includes(`./${file}`);
  return {
    place,
    atOnce: files.filter(isAtOnce),
    later: files.filter((file) => !isAtOnce(file)),
    solver: modulesOf(made).filter((id) => solverModules.test(id)),
  };
}

/**
 * @param {string} place
 * @param {string} file
 * @returns {Sized}
 */
function sized(place, file) {
  const content = readFileSync(join(place, file));
  return { file, minified: content.length, zipped: gzipSync(content, { level: 9 }).length };
}

/**
 * The modules of which something is in the code.
 *
 * @param {Awaited<ReturnType<typeof build>>} made
 */
function modulesOf(made) {
  const outputs = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
  return outputs
    .flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id);
}
