import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumHere, filesOf, type OpenPlayground, openPlayground } from './browser.ts';
import { classroomCases } from './classroom-cases.ts';
import { homeCases } from './home-cases.ts';
import { liveCases } from './live-cases.ts';
import { complaintsOfAxe, everyLook, looks, sound, turn } from './looks.ts';
import { receiptCases } from './receipt-cases.ts';
import { roomCases } from './room-cases.ts';

const chromium = chromiumHere();
if (chromium === undefined) console.warn('The playground is not tried: there is no Chromium on this machine.');

const rooms: Readonly<Record<string, string>> = {
  home: '#/',
  mechanisms: '#/mechanism',
  'second-price': '#/mechanism/auction-sealed/second-price',
  packages: '#/mechanism/auction-combinatorial/core-selecting',
  break: '#/break',
  games: '#/games',
  markets: '#/markets',
  simulation: '#/simulation',
  live: '#/live',
  receipts: '#/receipt',
  classroom: '#/classroom',
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

  describe('the home', () => homeCases(() => playground));

  describe('the live room', () => liveCases(() => playground));

  describe('a room of people, a model and a program', () => roomCases(() => playground));

  describe('receipts', () => receiptCases(() => playground));

  describe('the classroom', () => classroomCases(() => playground));

  describe.each(Object.entries(rooms))('%s', (name, address) => {
    test('fits 360, 768 and 1,400 pixels on light and dark paper, and can be used by all (WCAG 2.2 AA, as far as axe sees)', async () => {
      const page = await go(address);
      await page.locator('main h1').waitFor();
      if (!['mechanisms', 'simulation', 'live', 'receipts', 'classroom'].includes(name)) await drawn(page);
      for (const [width, paper] of looks) {
        await turn(page, width, paper);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await complaintsOfAxe(page), `${width} ${paper}`).toEqual([]);
      }
      await everyLook(page, name);
      await page.context().close();
    });
  });

  test('the auction stands alone in the frame of another page, on the paper of that page', async () => {
    const page = await go('#/auction');
    await page.evaluate(() => {
      document.documentElement.classList.add('dark');
      const frame = document.createElement('iframe');
      frame.src = `${location.pathname}?framed#/auction`;
      document.body.replaceChildren(frame);
    });
    const frame = page.frameLocator('iframe');
    await frame.locator('html[data-theme=dark] .live svg').waitFor();
    expect(await frame.locator('header').count()).toBe(0);
    await page.evaluate(() => document.documentElement.classList.remove('dark'));
    await frame.locator('html[data-theme=light] .live svg').waitFor();
  });

  test('a form is there for every mechanism, and what one types is played', async () => {
    const page = await go('#/mechanism');
    await page.locator('main .list a').first().waitFor();
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

  test('rules of two packages are compared on the same bids, at settings that can be changed', async () => {
    const page = await go('#/mechanism/auction-sealed/second-price');
    await page.getByLabel('Compare with').selectOption('auction-english/clock');
    const compared = page.locator('section[aria-labelledby=compare]');
    // Sealed or called out, the price is where the last rival leaves (Vickrey 1961).
    await compared.getByText('On these reports both give the same.').waitFor();
    await compared.getByText('Settings of').click();
    await compared.locator('#setting-increment').fill('5');
    // From 6 by steps of 5, the two who are left at 11 both leave before 16.
    await compared.getByText('The smallest case found on which they differ').waitFor();
    await everyLook(page, 'compared-across');
    expect(await compared.locator('tr.parted', { hasText: 'bob' }).locator('td').allTextContents()).toEqual([
      'gets 1, pays 12',
      'gets 1, pays 11',
    ]);
  });

  test('a mechanism is verified in a worker', async () => {
    const page = await go('#/mechanism/public-choice/median');
    await page.getByRole('button', { name: 'Verify here' }).click();
    await page.locator('svg text', { hasText: 'public-choice/median: ' }).waitFor();
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
    /** Starts from another rule; what was found of the one before is known apart from what comes. */
    const otherRule = async (page: Page, place: number): Promise<void> => {
      await page.getByText(/promises? (broken|kept)/).waitFor();
      await page.evaluate(() => {
        for (const card of document.querySelectorAll('.card')) card.classList.add('earlier');
      });
      await page.getByLabel('Start from').selectOption({ index: place });
    };
    const says = (page: Page, words: RegExp): Promise<void> =>
      page.locator('main .error', { hasText: words }).waitFor();

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

    test('breaks every famous rule, and finds nothing against a second price', { tags: ['long'] }, async () => {
      const page = await go('#/break');
      for (const place of [1, 2, 3, 4, 5]) {
        await otherRule(page, place);
        await page.locator('.card:not(.earlier)', { hasText: /[1-9] of \d promises broken/ }).waitFor();
      }
      await otherRule(page, 6);
      await page.locator('.card:not(.earlier)', { hasText: 'All 4 promises kept' }).waitFor();
    });
  });

  test('a tree is solved and drawn with its equilibrium', async () => {
    const page = await go('#/games');
    await page.getByLabel('A published game').selectOption('Chain store, one market');
    await page.locator('svg text', { hasText: 'A game of 2 players with 5 nodes' }).waitFor();
    await page.getByText(/results? by/).waitFor();
    await everyLook(page, 'tree');
  });

  test('the end of a path of quantal responses is drawn as the equilibrium that it is', async () => {
    const page = await go('#/games');
    await page.getByLabel('Method').selectOption('logit');
    await page.getByText('1 result by logit').waitFor();
    await page.locator('svg text', { hasText: '1 equilibrium: 1 pure, 0 mixed' }).waitFor();
    await sound(page, 'logit');
    await page.close();
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

  test('bidders learn while one watches', async () => {
    const page = await go('#/simulation');
    await page.getByLabel('Rounds:').fill('4000');
    await page.getByRole('button', { name: 'Watch them learn' }).click();
    await page.locator('svg text', { hasText: 'What they bid after 4,000 rounds' }).waitFor();
    await everyLook(page, 'learnt');
  });

  describe('in one file, without a server', () => {
    const openedAt = async (address: string): Promise<Page> => {
      const wasm = filesOf(playground.site).find((name) => name.endsWith('.wasm')) ?? '';
      const highs = readFileSync(join(playground.site, wasm), 'base64');
      const shown = `<meta id="mechane-shown" data-at="${address}" /><script>globalThis.highsWasm="data:application/wasm;base64,${highs}"</script>`;
      const file = join(playground.site, 'shown.html');
      const whole = readFileSync(join(playground.site, 'in-one-file.html'), 'utf8');
      writeFileSync(
        file,
        whole.replace('<!--shown-->', () => shown),
      );
      const page = await playground.page();
      await page.goto(pathToFileURL(file).href);
      return page;
    };
    const packed = (given: unknown): string => deflateRawSync(JSON.stringify(given)).toString('base64url');

    test('a market that needs the optimizer is cleared, and its claims are verified in a worker', {
      timeout: 90_000,
    }, async () => {
      const reports = {
        ann: { budget: 3, utility: { kind: 'linear', weights: { x: 1, y: 2 } } },
        bob: { budget: 1, utility: { kind: 'linear', weights: { x: 2, y: 1 } } },
      };
      const given = packed({ settings: { goods: { x: 1, y: 1 } }, reports });
      const page = await openedAt(`#/mechanism/market/fisher?s=${given}`);
      // All money is spent: the prices of two single goods add up to the budgets.
      await page.locator('svg text', { hasText: '2 goods among 2 agents' }).first().waitFor();
      expect(await page.locator('main .error').count()).toBe(0);
      await page.goto(page.url().replace(/#.*/, '#/mechanism/public-choice/median'));
      await page.getByRole('button', { name: 'Verify here' }).click();
      await page.locator('svg text', { hasText: 'public-choice/median: ' }).waitFor({ timeout: 60_000 });
      expect(await page.locator('header nav a').allTextContents()).toEqual([
        'Mechanisms',
        'Games',
        'Markets',
        'Simulation',
      ]);
    });

    test('a game is solved', async () => {
      const chicken = '{"players":["ann","bob"],"payoffs":[[[0,7],[2,6]],[[0,2],[7,6]]]}';
      const page = await openedAt(`#/games?s=${packed(chicken)}`);
      await page.getByText('3 results').waitFor();
    });
  });

  test('nothing was complained of but what the sandbox refuses', () => {
    expect(playground.complaints.filter((said) => !/Content Security Policy|example\.org/.test(said))).toEqual([]);
  });
});
