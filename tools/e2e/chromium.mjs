import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, extname, join, normalize } from 'node:path';

/** @typedef {import('./folder.mjs').Folder} Folder */

const longest = 90_000;
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
/** @type {Record<string, string>} */
const mediaTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Where Chromium is on this machine: where `MECHANE_CHROMIUM` says, or on the path. Undefined where there is none.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function findChromium({ MECHANE_CHROMIUM: said = '', PATH = '' }) {
  if (said !== '' && said !== 'required') return said;
  const places = commands.flatMap((command) => PATH.split(delimiter).map((folder) => join(folder, command)));
  return places.find((place) => existsSync(place));
}

/**
 * What pages say when Chromium opens them, each as text that it sends to `/said/<page>`. One that says nothing in time is not
 * among the answers.
 *
 * @param {string} chromium
 * @param {Folder} profile a folder for what Chromium writes
 * @param {ReadonlyMap<string, string>} pages the folder of each page, which has an `index.html`
 * @param {(origin: string) => Promise<void>} [prepare] told of the pages' origin before any is opened
 * @returns {Promise<Map<string, string>>}
 */
export async function saidInChromium(chromium, profile, pages, prepare = async () => {}) {
  /** @type {Map<string, string>} */
  const said = new Map();
  /** @type {() => void} */
  let finish = () => {};
  const finished = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    finish = resolve;
  });
  const server = createServer((request, response) => {
    const [, first = '', ...rest] = decodeURIComponent(new URL(request.url ?? '', 'http://here').pathname).split('/');
    if (first === 'said') {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        said.set(rest.join('/'), text);
        response.end();
        if (said.size === pages.size) finish();
      });
      return;
    }
    const folder = pages.get(first);
    const file = normalize(rest.join('/')) || 'index.html';
    if (first === '') response.setHeader('content-type', 'text/html; charset=utf-8').end(frames([...pages.keys()]));
    else if (folder === undefined || file.startsWith('..') || !existsSync(join(folder, file))) {
      response.writeHead(404).end();
    } else {
      const type = mediaTypes[extname(file)] ?? 'application/octet-stream';
      response.setHeader('content-type', type).end(readFileSync(join(folder, file)));
    }
  });
  await new Promise((/** @type {(value?: undefined) => void} */ resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const origin = `http://127.0.0.1:${port}`;
  await prepare(origin);
  const args = [...flags, `--user-data-dir=${profile.path}`, '--remote-debugging-port=0', `${origin}/`];
  const browser = spawn(chromium, args, { stdio: 'ignore' });
  const gone = new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    browser.on('close', resolve);
    browser.on('error', resolve);
  });
  const timer = setTimeout(finish, longest);
  await Promise.race([finished, gone]);
  clearTimeout(timer);
  browser.kill();
  await gone;
  server.closeAllConnections();
  server.close();
  return said;
}

/** @param {readonly string[]} pages */
function frames(pages) {
  return `<!doctype html>${pages.map((page) => `<iframe src="/${page}/index.html"></iframe>`).join('')}`;
}
