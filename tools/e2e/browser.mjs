import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { root } from '../root.mjs';
import { bundledModules, bundledScript, stowaways, sumOf } from './bundle.mjs';
import { findChromium, saidInChromium } from './chromium.mjs';
import { aloneIn, installAlone, kilobytes, light, roomOf } from './one-alone.mjs';
import { pagePrograms } from './page-programs.mjs';
import { partPrograms } from './part-programs.mjs';
import { statedSizes } from './stated-sizes.mjs';

/** @typedef {import('./bundle.mjs').Bundle} Bundle */
/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./pack.mjs').Packed} Packed */
/** @typedef {import('./part-programs.mjs').PartProgram} PartProgram */
/** @typedef {import('./page-programs.mjs').PageProgram} PageProgram */
/** @typedef {import('./stated-sizes.mjs').Size} Size */
/** @typedef {import('./table.mjs').Row} Row */

/** @typedef {{ page: string, bundle: Bundle, program: PageProgram | PartProgram }} Page */

const mostZipped = 80_000;

/**
 * Every package for browsers in a bundle of its own, with core, and parts of packages by themselves: how large each is, that it runs where
 * nothing is Node's, that it runs in Chromium, and that the READMEs say how large. Plugins are where each was installed alone.
 *
 * @param {Folder} scratch
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
export async function browserBundles(scratch, packages) {
  for (const { name } of pagePrograms.filter(
    (program) => !packages.find((some) => some.name === program.name)?.plugin,
  )) {
    await installAlone(scratch, packages, name);
  }
  /** @type {Page[]} */
  const whole = [];
  for (const program of pagePrograms) {
    const page = roomOf(program.name);
    const bundle = await (program.solver ? bundledModules : bundledScript)(
      aloneIn(scratch, program.name),
      page,
      program,
    );
    whole.push({ page, bundle, program });
  }
  /** @type {(Page & { program: PartProgram })[]} */
  const parts = [];
  for (const program of partPrograms) {
    const page = program.part;
    parts.push({ page, bundle: await bundledModules(aloneIn(scratch, program.name), page, program), program });
  }
  const pages = [...whole, ...parts];
  const sizes = [...whole.flatMap(sizesOf), ...parts.map(sizeOfPart)];
  return [
    ...whole.map(wholeRow),
    ...parts.map(partRow),
    statedSizes(join(root, 'packages'), sizes, process.argv.includes('--write')),
    ...(await Promise.all(pages.filter(({ program }) => !program.solver).map(runRow))),
    ...(await inChromium(scratch, pages)),
  ];
}

/**
 * @param {Page} page
 * @returns {Row}
 */
function wholeRow({ bundle, program: { name, solver = false } }) {
  const { atOnce, later } = bundle;
  const zipped = sumOf(atOnce, 'zipped');
  const wrong = [
    ...(light.includes(name) && zipped >= mostZipped ? [`more than ${kilobytes(mostZipped)} gzipped`] : []),
    ...(solver ? [] : stowaways(bundle).map(cameAlong)),
  ];
  return {
    check: `${name}${name === '@mechane/core' ? '' : ' and core'}, bundled`,
    measured: measuredIn(bundle),
    ok: wrong.length === 0,
    note: solver ? `and ${kilobytes(sumOf(later, 'zipped'))} when the solver is asked` : wrong.join(', '),
  };
}

/**
 * @param {Page & { program: PartProgram }} page
 * @returns {Row}
 */
function partRow({ bundle, program: { says } }) {
  const wrong = stowaways(bundle).map(cameAlong);
  return {
    check: `${says.replaceAll('`', '')}, bundled`,
    measured: measuredIn(bundle),
    ok: wrong.length === 0,
    note: wrong.length === 0 ? 'no solver, no other file' : wrong.join(', '),
  };
}

/** @param {string} stowaway */
function cameAlong(stowaway) {
  return `${stowaway} came along`;
}

/** @param {Bundle} bundle */
function measuredIn({ atOnce }) {
  return `${kilobytes(sumOf(atOnce, 'zipped'))} gzipped, ${kilobytes(sumOf(atOnce, 'minified'))} minified`;
}

/**
 * What the README of a whole package has to say.
 *
 * @param {Page} page
 * @returns {Size[]}
 */
function sizesOf({ bundle: { atOnce, later }, program: { name, solver = false } }) {
  const room = roomOf(name);
  /** @type {Size[]} */
  const sizes = [
    { room, sentence: 'bundled for a browser: about # kB gzipped', numbers: [sumOf(atOnce, 'zipped') / 1000] },
  ];
  if (!solver) return sizes;
  const binary = later.filter(({ file }) => file.endsWith('.wasm'));
  const megabytes = [sumOf(binary, 'minified') / 1e6, sumOf(binary, 'zipped') / 1e6];
  return [...sizes, { room, sentence: 'WebAssembly (# MB, # MB gzipped)', numbers: megabytes }];
}

/**
 * @param {Page & { program: PartProgram }} page
 * @returns {Size}
 */
function sizeOfPart({ bundle: { atOnce }, program: { name, says } }) {
  return { room: roomOf(name), sentence: `${says}: about # kB gzipped`, numbers: [sumOf(atOnce, 'zipped') / 1000] };
}

/**
 * Runs a bundle where there is only the language and what every browser adds to it that the packages use.
 *
 * @param {Page} page
 * @returns {Promise<Row>}
 */
async function runRow({ page, bundle: { place, atOnce }, program: { name, known, source } }) {
  const { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout } = globalThis;
  const { TextDecoder, TextEncoder, URL } = globalThis;
  const browserly = { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout };
  const context = vm.createContext({ ...browserly, TextDecoder, TextEncoder, URL });
  for (const { file } of atOnce) vm.runInContext(readFileSync(join(place, file), 'utf8'), context);
  const said = String(await vm.runInContext('globalThis.said', context));
  return { check: `${subject(page, name)} where nothing is Node's`, measured: said, ok: said === known, note: source };
}

/**
 * @param {Folder} scratch
 * @param {readonly Page[]} pages
 * @returns {Promise<Row[]>}
 */
async function inChromium(scratch, pages) {
  const chromium = findChromium(process.env);
  const places = new Map(pages.map(({ page, bundle }) => [page, bundle.place]));
  const said = chromium === undefined ? undefined : await saidInChromium(chromium, scratch.folder('profile'), places);
  return pages.map(({ page, program: { name, known, source } }) => {
    const check = `${subject(page, name)} in headless Chromium`;
    if (said === undefined) {
      const skipped = process.env.MECHANE_CHROMIUM !== 'required';
      return { check, measured: '', ok: false, skipped, note: 'there is no chromium on this machine' };
    }
    const measured = said.get(page) ?? 'it said nothing';
    return { check, measured, ok: measured === known, note: source };
  });
}

/**
 * @param {string} page
 * @param {string} name
 */
function subject(page, name) {
  return page === roomOf(name) ? name : page;
}
