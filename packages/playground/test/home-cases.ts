import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { firstPaintBytes, type OpenPlayground } from './browser.ts';

/** Waits until a picture says so. */
function seen(page: Page, words: string): Promise<void> {
  return page.locator('svg text', { hasText: words }).first().waitFor();
}

/** What the home of the playground has to do. */
export function homeCases(open: () => OpenPlayground): void {
  test('is painted from less than 150 kB', () => {
    expect(firstPaintBytes(open().site)).toBeLessThan(150_000);
  });

  test('moves the price as a bid is dragged', async () => {
    const page = await open().page();
    await page.goto(open().url);
    await seen(page, 'bob wins and pays 12');
    const bar = await page.locator('rect[data-key="eve"]').boundingBox();
    const ann = await page.locator('rect[data-key="ann"]').boundingBox();
    if (bar === null || ann === null) throw new Error('there are no bars');
    // A unit of money is a tenth of ann's bar.
    const unit = ann.width / 10;
    await page.mouse.move(bar.x + bar.width - 2, bar.y + bar.height / 2);
    await page.mouse.down();
    await page.mouse.move(bar.x + 14 * unit, bar.y + bar.height / 2, { steps: 4 });
    await page.mouse.up();
    await seen(page, 'bob wins and pays 14');
    expect(await page.locator('.why').textContent()).toContain('the highest bid of the others, eve’s');
  });

  test('moves it by the keyboard too', async () => {
    const page = await open().page();
    await page.goto(open().url);
    await page.locator('.sliders input').nth(2).focus();
    await page.keyboard.press('ArrowRight');
    await seen(page, 'bob wins and pays 13');
  });

  test('starts no worker before it is asked', async () => {
    const page = await open().page();
    await page.goto(open().url);
    await page.locator('.live svg').waitFor();
    expect(page.workers()).toHaveLength(0);
  });

  test('finds no lie that helps where the price is the second highest bid (Vickrey 1961)', async () => {
    const page = await open().page();
    await page.goto(open().url);
    await page.getByRole('button', { name: 'Can anybody gain by lying?' }).click();
    expect(await page.locator('.answer').textContent()).toMatch(
      /^No\. Second price: no lie helps in any of [\d,]+ cases/,
    );
  });

  test('shows the lie that helps where the winner pays its bid', async () => {
    const page = await open().page();
    await page.goto(open().url);
    await page.getByLabel('First price').check();
    await page.getByRole('button', { name: 'Can anybody gain by lying?' }).click();
    await seen(page, 'by a lie: strategy-proof is broken');
    expect(await page.locator('.answer .bad').textContent()).toMatch(
      /^Yes\. ann, worth 1, gains 1 by bidding 0 instead of 1/,
    );
  });
}
