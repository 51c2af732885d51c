import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures of the pages are written, to be looked at; nowhere unless it is asked for. */
const pictures = process.env.MECHANE_SCREENSHOTS;

type Look = readonly [width: number, paper: 'light' | 'dark'];

export const looks: readonly Look[] = [
  [360, 'light'],
  [768, 'dark'],
  [1400, 'dark'],
  [1400, 'light'],
];
/** The sizes and papers of which nothing but pictures is taken. */
const others: readonly Look[] = [
  [360, 'dark'],
  [768, 'light'],
];

/** What axe finds against WCAG 2.2 AA. */
export async function complaintsOfAxe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(
    async (values) => {
      interface Checker {
        run(where: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
      const { axe: checker } = window as unknown as { axe: Checker };
      const { violations } = await checker.run(document, { runOnly: { type: 'tag', values } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
    },
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  );
}

const found = new Set<string>();

/** Demands that a page as it is fits its width and can be used by all, as far as axe sees, and writes its pictures; once for each name. */
export async function sound(page: Page, name: string): Promise<void> {
  if (found.has(name)) return;
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
  expect(await complaintsOfAxe(page), name).toEqual([]);
  const { width = 1400, height = 900 } = page.viewportSize() ?? {};
  await everyLook(page, name);
  await page.setViewportSize({ width, height });
  found.add(name);
}

/** Turns a page to a size and a paper. */
export async function turn(page: Page, width: number, paper: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 760 : 900 });
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme;
  }, paper);
}

/** Writes pictures of a page in every size and on both papers, where pictures are asked for. */
export async function everyLook(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const [width, paper] of [...looks, ...others]) {
    await turn(page, width, paper);
    // Figures are drawn anew for another width.
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(pictures, `${name}-${width}-${paper}.png`), fullPage: true });
  }
}
