import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A page as `createService` takes it; `undefined` where it has nothing at an address. */
export type ServedPage = (request: Request) => Promise<Response | undefined>;

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What the page may do: run its own scripts, draw, and speak with the service that it comes from. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The place without an origin and without network in which rules that visitors write are run. */
const sandboxPage = 'sandbox.html';
const sandboxPolicy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; frame-ancestors 'self'; sandbox allow-scripts";

/** The playground as a page that `--open` writes results into. */
export const inOneFile = 'in-one-file.html';

/** The page finds by this that a service is where it comes from. */
const serviceHere = '<meta name="mechane-service" content="./" />';

/** Where the playground is built: beside the published command, or in its own room of a checkout. */
const places = ['../page/', '../../playground/dist/site/'];

/**
 * The playground, as a page for `createService`; `undefined` where it is not there, as in a checkout in which it was not built.
 *
 * @category Command
 */
export function playgroundPage(): ServedPage | undefined {
  const folder = playgroundFolder();
  return folder === undefined ? undefined : pageIn(folder);
}

/** The folder of the built playground; `undefined` where it was not built. */
export function playgroundFolder(): string | undefined {
  return places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(join(folder, 'index.html')));
}

/**
 * The files of a folder, as a page for `createService`: `index.html` is at `/`. Nothing but these files is ever read. `undefined` where the folder has
 * no `index.html`.
 *
 * @category Command
 */
export function pageIn(folder: string): ServedPage | undefined {
  // The page that needs no server is for files: here it could run nothing, by the policy.
  const files = new Set([...filesIn(folder)].filter((file) => file !== inOneFile));
  if (!files.has('index.html')) return undefined;
  const packed = new Map<string, Promise<Packed>>();
  return async ({ url, headers }) => {
    const file = fileAt(url);
    if (!files.has(file)) return undefined;
    const making = packed.get(file) ?? packedFile(folder, file);
    packed.set(file, making);
    const { plain, zipped } = await making;
    const takesGzip = /\bgzip\b/.test(headers.get('accept-encoding') ?? '');
    return new Response(takesGzip ? zipped : plain, {
      headers: { ...headersOf(file), ...(takesGzip ? { 'content-encoding': 'gzip' } : {}) },
    });
  };
}

interface Packed {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
}

async function packedFile(folder: string, file: string): Promise<Packed> {
  const bytes = await readFile(join(folder, file));
  const plain =
    file === 'index.html' ? Buffer.from(bytes.toString().replace('</head>', `${serviceHere}</head>`)) : bytes;
  return { plain: new Uint8Array(plain), zipped: new Uint8Array(await promisify(gzip)(plain, { level: 9 })) };
}

function headersOf(file: string): Readonly<Record<string, string>> {
  // The names of built files have a hash of what is in them.
  const caching = file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return {
    'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': caching,
    'content-security-policy': file === sandboxPage ? sandboxPolicy : policy,
    vary: 'accept-encoding',
    'x-frame-options': 'SAMEORIGIN',
  };
}

function fileAt(url: string): string {
  const { pathname } = new URL(url);
  return pathname === '/' ? 'index.html' : pathname.slice(1);
}

/** The paths of all files below a folder, with strokes. */
function filesIn(folder: string): ReadonlySet<string> {
  if (!existsSync(folder)) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(entries.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/')));
}
