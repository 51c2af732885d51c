// node tools/social-picture.mjs: draws docs/public/social.png, which others show of a link to the site, from the mark and from our own figure.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './root.mjs';

const docs = join(root, 'docs');
const [width, height] = [1200, 630];
const figure = readFileSync(join(docs, 'figures/auction-sealed/second-price.svg'), 'utf8');
const mark = readFileSync(join(docs, 'public/mark.svg'), 'utf8');
const page = `<!doctype html>
<style>
  body { margin: 0; width: ${width}px; height: ${height}px; box-sizing: border-box; padding: 56px 72px; background: #fff; color: #1b1f24;
    font-family: system-ui, 'DejaVu Sans', sans-serif; display: flex; flex-direction: column; justify-content: space-between; border-bottom: 18px solid #0069a6; }
  header { display: flex; align-items: center; gap: 24px; font-size: 60px; font-weight: 700; }
  header svg { width: 72px; height: 72px; }
  p { margin: 18px 0 0; font-size: 31px; line-height: 1.35; color: #57606a; }
  figure { margin: 0; zoom: 1.62; }
  figure svg { display: block; }
</style>
<div><header>${mark} Mechane</header><p>Auctions, markets and games that keep their promises:<br>a TypeScript framework, and a kit that checks it</p></div>
<figure>${figure}</figure>`;

const browser = await chromium.launch({
  executablePath: process.env.MECHANE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const sheet = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
await sheet.setContent(page);
await sheet.screenshot({ path: join(docs, 'public', 'social.png') });
await browser.close();
