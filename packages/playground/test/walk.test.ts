import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples } from '../src/mechanisms/examples.ts';
import { chromiumHere, type OpenPlayground, openPlayground } from './browser.ts';

const chromium = chromiumHere();
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

/** Waits until something is drawn on a page. */
function drawn(page: Page): Promise<void> {
  return page.locator('main svg.mechane-plot, main .list, main form, main .error').first().waitFor();
}

describe.skipIf(chromium === undefined)('the rooms of the playground', () => {
  let playground: OpenPlayground;
  beforeAll(async () => {
    playground = await openPlayground(chromium as string);
  });
  afterAll(() => playground?.close());

  const go = async (address: string, width?: number, paper?: 'light' | 'dark'): Promise<Page> => {
    const page = await playground.page(width, paper);
    await page.goto(playground.url + address);
    return page;
  };

  describe.each(Object.entries(rooms))('%s', (name, address) => {
    test.each([
      [360, 'light'],
      [768, 'dark'],
      [1400, 'light'],
    ] as const)(
      'fits %i pixels on %s paper and can be used by all (WCAG 2.2 AA, as far as axe sees)',
      async (width, paper) => {
        const page = await go(address, width, paper);
        await page.locator('main h1').waitFor();
        if (name !== 'mechanisms' && name !== 'simulation') await drawn(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.evaluate(axe);
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const found = await page.evaluate(async (values) => {
          const { axe: checker } = window as unknown as {
            axe: {
              run(
                where: Document,
                options: object,
              ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
            };
          };
          const { violations } = await checker.run(document, { runOnly: { type: 'tag', values } });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
        }, tags);
        expect(found).toEqual([]);
        if (pictures !== undefined) {
          mkdirSync(pictures, { recursive: true });
          await page.screenshot({ path: join(pictures, `${name}-${width}-${paper}.png`), fullPage: true });
        }
        await page.context().close();
      },
    );
  });

  test('a form is there for every mechanism, and what one types is played', { timeout: 120_000 }, async () => {
    const page = await go('#/mechanism');
    for (const id of Object.keys(examples)) {
      await page.goto(`${playground.url}#/mechanism/${id}`);
      await page.getByText(id, { exact: true }).first().waitFor();
      await page.locator('main svg.mechane-plot').first().waitFor();
      expect(await page.locator('main .error').count(), id).toBe(0);
      expect(await page.locator('main input, main textarea').count(), id).toBeGreaterThan(0);
    }
  });

  test('a link holds what was typed', async () => {
    const page = await go('#/mechanism/auction-sealed/second-price');
    await page.getByLabel('ann bid').fill('14');
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
      const asked: string[] = [];
      const page = await type(
        "const real = Object.getPrototypeOf(globalThis); rule({ decide() { (real.fetch ?? (() => { throw new Error('nothing left') }))('https://example.org/secret'); return {}; } });",
      );
      page.on('request', (request) => asked.push(request.url()));
      await page.waitForTimeout(1500);
      expect(asked.filter((url) => url.includes('example.org'))).toEqual([]);
    });

    test('says what a rule throws, and what is no program', async () => {
      await says(await type("rule({ decide() { throw new Error('no such luck'); } });"), /no such luck/);
      await says(await type('rule({ decide( { ]'), /Unexpected token/);
    });

    test.each([1, 2, 3, 4, 5])('breaks famous rule %i too', async (place) => {
      const page = await go('#/break');
      await page.getByLabel('Start from').selectOption({ index: place });
      await page.getByText(/[1-9] of \d promises broken/).waitFor();
      await page.context().close();
    });

    test('finds nothing against a second price', async () => {
      const page = await go('#/break');
      await page.getByLabel('Start from').selectOption({ index: 6 });
      await page.getByText('All 5 promises kept').waitFor();
    });
  });

  test('a tree is solved and drawn with its equilibrium', async () => {
    const page = await go('#/games');
    await page.getByLabel('A published game').selectOption('Chain store, one market');
    await page.locator('svg text', { hasText: 'A game of 2 players with 5 nodes' }).waitFor();
    await page.getByText(/results? by/).waitFor();
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
  });

  test('nothing was complained of but what the sandbox refuses', () => {
    expect(playground.complaints.filter((said) => !/Content Security Policy|example\.org/.test(said))).toEqual([]);
  });
});
