import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumHere, type OpenPlayground, openPlayground } from './browser.ts';
import { homeCases } from './home-cases.ts';

const chromium = chromiumHere();
if (chromium === undefined) console.warn('The playground is not tried: there is no Chromium on this machine.');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures of the pages are written, to be looked at; nowhere unless it is asked for. */
const pictures = process.env.MECHANE_SCREENSHOTS;

const rooms: Readonly<Record<string, string>> = {
  home: '#/',
  mechanisms: '#/mechanism',
  'second-price': '#/mechanism/auction-sealed/second-price',
  packages: '#/mechanism/auction-combinatorial/core-selecting',
  break: '#/break',
  games: '#/games',
  markets: '#/markets',
  simulation: '#/simulation',
};

const looks = [
  [360, 'light'],
  [768, 'dark'],
  [1400, 'dark'],
  [1400, 'light'],
] as const;
/** The sizes and papers of which nothing but pictures is taken. */
const others = [
  [360, 'dark'],
  [768, 'light'],
] as const;

/** What axe finds against WCAG 2.2 AA. */
function complaintsOfAxe(page: Page): Promise<string[]> {
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

/** Writes a picture of a page, where pictures are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  // Figures are drawn anew for another width.
  await page.waitForTimeout(150);
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Turns a page to a size and a paper. */
async function turn(page: Page, width: number, paper: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 760 : 900 });
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme;
  }, paper);
}

/** Writes pictures of a page in every size and on both papers, where pictures are asked for. */
async function everyLook(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  for (const [width, paper] of [...looks, ...others]) {
    await turn(page, width, paper);
    await picture(page, `${name}-${width}-${paper}`);
  }
}

/** Waits until something is drawn on a page. */
function drawn(page: Page): Promise<void> {
  return page.locator('main svg.mechane-plot, main .list, main form, main .error').first().waitFor();
}

describe.skipIf(chromium === undefined)('the rooms of the playground', () => {
  let playground: OpenPlayground;
  beforeAll(async () => {
    playground = await openPlayground(chromium as string);
  }, 180_000);
  afterAll(() => playground?.close());

  const go = async (address: string, width?: number, paper?: 'light' | 'dark'): Promise<Page> => {
    const page = await playground.page(width, paper);
    await page.goto(playground.url + address);
    return page;
  };

  describe('the home', () => homeCases(() => playground));

  describe.each(Object.entries(rooms))('%s', (name, address) => {
    test('fits 360, 768 and 1,400 pixels on light and dark paper, and can be used by all (WCAG 2.2 AA, as far as axe sees)', async () => {
      const page = await go(address);
      await page.locator('main h1').waitFor();
      if (name !== 'mechanisms' && name !== 'simulation') await drawn(page);
      await page.evaluate(axe);
      for (const [width, paper] of looks) {
        await turn(page, width, paper);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await complaintsOfAxe(page), `${width} ${paper}`).toEqual([]);
      }
      await everyLook(page, name);
      await page.context().close();
    });
  });

  test('a form is there for every mechanism, and what one types is played', { timeout: 120_000 }, async () => {
    const page = await go('#/mechanism');
    const links = await page
      .locator('main .list a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(40);
    for (const id of links.map((link) => link.replace('#/mechanism/', ''))) {
      await page.goto(`${playground.url}#/mechanism/${id}`);
      await page.getByText(id, { exact: true }).first().waitFor();
      await page.locator('main svg.mechane-plot').first().waitFor();
      expect(await page.locator('main .error').count(), id).toBe(0);
      expect(await page.locator('main input, main textarea').count(), id).toBeGreaterThan(0);
    }
  });

  test('a link holds what was typed', async () => {
    const page = await go('#/mechanism/auction-sealed/second-price');
    await page.getByRole('spinbutton', { name: 'ann bid' }).fill('14');
    await page.locator('svg text', { hasText: 'bob wins and pays 14' }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.waitForFunction(() => location.hash.includes('?s='));
    const other = await go(`#${new URL(page.url()).hash.slice(1)}`);
    await other.locator('svg text', { hasText: 'bob wins and pays 14' }).waitFor();
  });

  test('two rules are compared on the same bids, down to the smallest case on which they differ', async () => {
    const page = await go('#/mechanism/auction-sealed/second-price');
    await page.getByLabel('Compare with').selectOption('auction-sealed/first-price');
    await page.getByText('The smallest case found on which they differ').waitFor();
    await everyLook(page, 'compared');
    // One bidder who bids 1 pays 1 by one rule and the reserve of 0 or nothing by the other.
    expect(
      await page
        .locator('section[aria-labelledby=compare] > p code, section[aria-labelledby=compare] p code')
        .last()
        .textContent(),
    ).toMatch(/^\{"\w+":\{"bid":\d+\}\}$/);
  });

  test('a mechanism is verified in a worker', { timeout: 60_000 }, async () => {
    const page = await go('#/mechanism/public-choice/median');
    await page.getByRole('button', { name: 'Verify here' }).click();
    await page.locator('svg text', { hasText: 'public-choice/median: ' }).waitFor({ timeout: 50_000 });
    await everyLook(page, 'verified');
  });

  describe('the sandbox', () => {
    const type = async (code: string): Promise<Page> => {
      const page = await go('#/break');
      const editor = page.locator('.cm-content');
      await editor.waitFor();
      await editor.fill(code);
      return page;
    };
    const says = (page: Page, words: RegExp): Promise<void> =>
      page.locator('main .error', { hasText: words }).waitFor({ timeout: 15_000 });

    test('finds that the winner of a first-price auction shades its bid', async () => {
      const page = await go('#/break');
      await page.getByText('1 of 3 promises broken').waitFor();
      await page.locator('svg text', { hasText: 'by a lie: strategy-proof is broken' }).waitFor();
    });

    test('ends a rule that loops', async () => {
      await says(await type('rule({ decide() { for (;;); } });'), /did not end within 5 seconds/);
    });

    test('has no network', async () => {
      const page = await type("rule({ decide() { fetch('https://example.org'); return {}; } });");
      await says(page, /there is no fetch in the sandbox/);
    });

    test('has no network for one who digs for it either', async () => {
      const heard: string[] = [];
      const elsewhere = createServer((request, response) => {
        heard.push(request.url ?? '');
        response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('1');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      const { port } = elsewhere.address() as { readonly port: number };
      const page = await type(`for (let owner = globalThis; owner; owner = Object.getPrototypeOf(owner)) {
  try { owner.fetch.call(globalThis, 'http://127.0.0.1:${port}/fetched').catch(() => {}); } catch {}
}
import('http://127.0.0.1:${port}/imported').catch(() => {});
rule({ claims: [], decide() { return {}; } });`);
      await page.getByText('All 0 promises kept').waitFor();
      // The page itself can be heard there.
      await page.evaluate((to) => fetch(`http://127.0.0.1:${to}/page`), port);
      expect(heard).toEqual(['/page']);
      elsewhere.closeAllConnections();
      elsewhere.close();
    });

    test('says what a rule throws, and what is no program', async () => {
      await says(await type("rule({ decide() { throw new Error('no such luck'); } });"), /no such luck/);
      await says(await type('rule({ decide( { ]'), /Unexpected token/);
    });

    test('breaks every famous rule, and finds nothing against a second price', { timeout: 120_000 }, async () => {
      const page = await go('#/break');
      for (const place of [1, 2, 3, 4, 5]) {
        await page.getByLabel('Start from').selectOption({ index: place });
        // What was found of the rule before is gone by then.
        await page.getByText('The kit is looking').waitFor();
        await page.getByText(/[1-9] of \d promises broken/).waitFor();
      }
      await page.getByLabel('Start from').selectOption({ index: 6 });
      await page.getByText('All 4 promises kept').waitFor();
    });
  });

  test('a tree is solved and drawn with its equilibrium', async () => {
    const page = await go('#/games');
    await page.getByLabel('A published game').selectOption('Chain store, one market');
    await page.locator('svg text', { hasText: 'A game of 2 players with 5 nodes' }).waitFor();
    await page.getByText(/results? by/).waitFor();
    await everyLook(page, 'tree');
  });

  test('what follows a node is folded away where one presses it, and opened again by the keyboard', async () => {
    const page = await go('#/games');
    await page.getByLabel('A published game').selectOption('Chain store, one market');
    await page.locator('.foldable [data-key="1"]').first().click();
    await page.locator('svg text', { hasText: '+ 2 more' }).waitFor();
    await page.getByRole('combobox', { name: 'Node' }).selectOption('1');
    await page.getByRole('button', { name: 'Fold or open' }).press('Enter');
    await page.locator('svg text', { hasText: '+ 2 more' }).waitFor({ state: 'detached' });
  });

  test('an order placed by the mouse trades with what rests in the book', async () => {
    const page = await go('#/markets');
    const picture = page.locator('.pressable svg').first();
    await page.locator('svg text', { hasText: '0 trades; best bid 99, ask 101' }).waitFor();
    const tick = await picture.locator('text', { hasText: /^102$/ }).first().boundingBox();
    if (tick === null) throw new Error('the axis has no tick at 102');
    await page.mouse.click(tick.x + tick.width / 2, tick.y - 60);
    await page.locator('svg text', { hasText: '1 trade; best bid 99, ask 101' }).waitFor();
  });

  test('bidders learn while one watches', { timeout: 60_000 }, async () => {
    const page = await go('#/simulation');
    await page.getByLabel('Rounds:').fill('4000');
    await page.getByRole('button', { name: 'Watch them learn' }).click();
    await page.locator('svg text', { hasText: 'What they bid after 4,000 rounds' }).waitFor({ timeout: 50_000 });
    await everyLook(page, 'learnt');
  });

  test('nothing was complained of but what the sandbox refuses', () => {
    expect(playground.complaints.filter((said) => !/Content Security Policy|example\.org/.test(said))).toEqual([]);
  });
});
