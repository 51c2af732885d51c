import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { demand } from './folder.mjs';
import { auctions, kilobytes } from './one-alone.mjs';

/** @typedef {import('./folder.mjs').Folder} Folder */
/** @typedef {import('./table.mjs').Row} Row */

const mostZipped = 60_000;

/** What each auction plays in the page, and who has to win. */
const plays = [
  { auction: 'auction-dutch', id: 'auction-dutch/clock', settings: { startingPrice: 9 }, report: 'threshold' },
  { auction: 'auction-english', id: 'auction-english/clock', settings: { startingPrice: 0 }, report: 'value' },
  { auction: 'auction-sealed', id: 'auction-sealed/second-price', settings: {}, report: 'bid' },
];

/**
 * Core and one auction in a bundle for browsers: how large it is, and that it runs. The folders are those where each auction
 * was installed alone.
 *
 * @param {Folder} scratch
 * @returns {Promise<Row[]>}
 */
export async function browserBundles(scratch) {
  const { code, output } = await scratch.command('which', ['chromium']);
  const chromium = code === 0 ? output.trim() : undefined;
  /** @type {Row[]} */
  const rows = [];
  for (const auction of auctions) {
    const play = plays.find((some) => auction.endsWith(some.auction));
    if (!play) throw new Error(`nothing is played with ${auction}`);
    const folder = scratch.folder(`alone-${play.auction}`);
    folder.write('entry.js', page(auction, play));
    const script = await bundle(folder);
    const zipped = gzipSync(script, { level: 9 }).length;
    rows.push({
      check: `${auction} and core, bundled`,
      measured: `${kilobytes(zipped)} gzipped, ${kilobytes(Buffer.byteLength(script))} minified`,
      ok: zipped < mostZipped,
      note: zipped < mostZipped ? '' : `more than ${kilobytes(mostZipped)} gzipped`,
    });
    const bare = withoutNode(script);
    rows.push({ check: `${auction} where nothing is Node's`, measured: bare, ok: bare === 'bob wins' });
    rows.push(await inChromium(chromium, folder, auction, script));
  }
  return rows;
}

/**
 * @param {string} auction
 * @param {(typeof plays)[number]} play
 */
function page(auction, { id, settings, report }) {
  const reports = { ann: { [report]: 3 }, bob: { [report]: 7 } };
  return `import { createMechane, isPlugin } from '@mechane/core';
import * as auctions from '${auction}';
const mechane = createMechane();
for (const plugin of Object.values(auctions).filter(isPlugin)) mechane.use(plugin);
const { outcome } = mechane.run('${id}', ${JSON.stringify({ settings, reports })});
globalThis.said = outcome.winner + ' wins';
if (typeof document !== 'undefined') document.title = globalThis.said;
`;
}

/** @param {Folder} folder */
async function bundle(folder) {
  await build({
    root: folder.path,
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'es2022',
      minify: true,
      lib: { entry: 'entry.js', formats: ['iife'], name: 'page', fileName: () => 'page.js' },
    },
  });
  return readFileSync(join(folder.path, 'dist/page.js'), 'utf8');
}

/**
 * Runs a bundle where there is only the language and what every browser adds to it that the packages use.
 *
 * @param {string} script
 */
function withoutNode(script) {
  const { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout } = globalThis;
  const { TextDecoder, TextEncoder, URL } = globalThis;
  const browserly = { AbortController, AbortSignal, clearTimeout, crypto, performance, queueMicrotask, setTimeout };
  const context = vm.createContext({ ...browserly, TextDecoder, TextEncoder, URL });
  vm.runInContext(script, context);
  return String(vm.runInContext('globalThis.said', context));
}

/**
 * @param {string | undefined} chromium
 * @param {Folder} folder
 * @param {string} auction
 * @param {string} script
 * @returns {Promise<Row>}
 */
async function inChromium(chromium, folder, auction, script) {
  const check = `${auction} in headless Chromium`;
  if (chromium === undefined) {
    return { check, measured: '', ok: false, skipped: true, note: 'there is no chromium on this machine' };
  }
  const safe = script.replaceAll('</script', '<\\/script');
  folder.write('page.html', `<!doctype html><title>nothing</title><meta charset="utf-8"><script>${safe}</script>`);
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=profile', '--dump-dom'];
  const dom = demand('chromium', await folder.command(chromium, [...args, `file://${join(folder.path, 'page.html')}`]));
  const [, title = ''] = /<title>(.*?)<\/title>/.exec(dom) ?? [];
  return { check, measured: title, ok: title === 'bob wins' };
}
