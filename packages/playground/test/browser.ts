import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';

const room = fileURLToPath(new URL('..', import.meta.url));
const cache = join(room, '..', '..', '.cache');
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** Where Chromium is: where `MECHANE_CHROMIUM` says, or on the path; undefined where there is none. */
export function chromiumHere(): string | undefined {
  const { MECHANE_CHROMIUM: said = '', PATH = '' } = process.env;
  if (said !== '' && said !== 'required') return said;
  const found = commands
    .flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((place) => existsSync(place));
  if (found === undefined && said === 'required')
    throw new Error('there is no chromium on this machine, and MECHANE_CHROMIUM says that it is required');
  return found;
}

/** The built playground, open in a browser. */
export interface OpenPlayground {
  readonly url: string;
  /** Where its files are. */
  readonly site: string;
  /** A page of its own; what it complains of is told to {@link complaints}. */
  page(width?: number, paper?: 'light' | 'dark'): Promise<Page>;
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Builds the playground from the sources as they are, serves it and opens a browser. */
export async function openPlayground(executablePath: string): Promise<OpenPlayground> {
  mkdirSync(cache, { recursive: true });
  const site = mkdtempSync(join(cache, 'playground-'));
  await build({ configFile: join(room, 'vite.config.ts'), logLevel: 'error', build: { outDir: site } });
  const server = await preview({
    configFile: false,
    root: site,
    logLevel: 'error',
    build: { outDir: site },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0] ?? '';
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  const complaints: string[] = [];
  return {
    url,
    site,
    complaints,
    async page(width = 1400, paper = 'light') {
      const context = await browser.newContext({
        viewport: { width, height: width < 500 ? 760 : 900 },
        colorScheme: paper,
        hasTouch: width < 500,
      });
      // On a busy machine things come late; only what never comes should fail by the clock.
      context.setDefaultTimeout(200_000);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

/** How many bytes, gzipped, the files are that the page at the root loads before anybody does anything. */
export function firstPaintBytes(site: string): number {
  const html = readFileSync(join(site, 'index.html'), 'utf8');
  const files = ['index.html', ...[...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = '']) => file)];
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(site, file)), { level: 9 }).length, 0);
}

/** The names of all files of the built page. */
export function filesOf(site: string): readonly string[] {
  return readdirSync(site, { recursive: true, encoding: 'utf8' });
}
