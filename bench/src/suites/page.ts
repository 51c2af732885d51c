// npm run bench -- page: what the playground costs whoever opens it, and how soon a picture follows what is typed, in Chromium.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import type { Table } from '../table.ts';
import { drawnAfter, tenBidders } from '../typed-and-drawn.ts';

const room = fileURLToPath(new URL('../../../packages/playground/', import.meta.url));
const strokes = 60;

export async function* run(): AsyncGenerator<Table> {
  const site = mkdtempSync(join(tmpdir(), 'mechane-page-'));
  await build({ configFile: join(room, 'vite.config.ts'), logLevel: 'error', build: { outDir: site } });
  const served = await preview({ configFile: false, root: site, build: { outDir: site }, preview: { port: 0 } });
  const browser = await chromium.launch({
    executablePath: process.env.MECHANE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    yield firstPaint(site);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    yield await typedToDrawn(page, served.resolvedUrls?.local[0] ?? '');
  } finally {
    await browser.close();
    await served.close();
    rmSync(site, { recursive: true, force: true });
  }
}

/** What is loaded before anybody does anything. */
function firstPaint(site: string): Table {
  const html = readFileSync(join(site, 'index.html'), 'utf8');
  const files = ['index.html', ...[...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = '']) => file)];
  const rows = files.map((file) => {
    const bytes = readFileSync(join(site, file));
    return [
      file.replace(/-[\w-]{8}(?=\.)/, ''),
      bytes.length / 1e3,
      gzipSync(bytes, { level: 9 }).length / 1e3,
    ] as const;
  });
  const all = rows.reduce((sum, [, , packed]) => sum + packed, 0);
  return {
    title: 'The home of the playground, up to its first picture',
    columns: ['file', 'kB', 'kB gzipped'],
    rows: [...rows, ['all', rows.reduce((sum, [, plain]) => sum + plain, 0), all]],
    goals: [{ what: 'kB gzipped of the home', measured: all, atMost: 150 }],
  };
}

/** From the event of a key to the frame after the picture has changed. */
async function typedToDrawn(page: Page, url: string): Promise<Table> {
  const rows: (readonly [string, number, number, number])[] = [];
  for (const mechanism of ['auction-sealed/second-price', 'auction-english/clock', 'market/call']) {
    await page.goto('about:blank');
    await page.goto(`${url}#/mechanism/${mechanism}?s=${tenBidders(mechanism)}`);
    const field = page.locator('main table input[type=number], main table input').first();
    await page.locator('main svg.mechane-plot').first().waitFor();
    const times = (await drawnAfter(page, field, strokes)).sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
    rows.push([mechanism, at(0.5), at(0.95), at(1)]);
  }
  return {
    title: `A key typed to the picture changed, ten bidders, ${strokes} keys each`,
    columns: ['mechanism', 'median ms', '95 % ms', 'longest ms'],
    rows,
    goals: [{ what: 'longest median', measured: Math.max(...rows.map(([, median]) => median)), atMost: 50 }],
  };
}
