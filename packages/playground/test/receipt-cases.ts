import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { OpenPlayground } from './browser.ts';
import { adminToken, openClassHouse } from './class-house.ts';
import { sound } from './looks.ts';

/** What whoever has a receipt does with it, on a page without a service and on that of one. */
export function receiptCases(open: () => OpenPlayground): void {
  const finding = (page: Page, verdict: 'holds' | 'fails' | 'open', words: string | RegExp) =>
    page.locator(`.findings .${verdict}`, { hasText: words });

  test('anybody checks a receipt without a service: what is true holds, what is false is named', async () => {
    const page = await open().page(768);
    await page.goto(`${open().url}#/receipt`);
    await page.getByRole('heading', { name: 'Nothing to check yet' }).waitFor();
    await page.getByRole('button', { name: 'An example' }).click();
    await page.getByRole('heading', { name: 'All of it holds' }).waitFor();
    await finding(page, 'holds', 'bob said 420').waitFor();
    await sound(page, 'receipt-holds');
    const receipt = page.getByRole('textbox', { name: 'The receipt' });
    const journal = page.getByRole('textbox', { name: 'The journal of the session' });
    const key = page.getByRole('textbox', { name: 'The public key' });
    const [given, written, published] = [
      await receipt.inputValue(),
      await journal.inputValue(),
      await key.inputValue(),
    ];

    await receipt.fill(given.replace('"seq": 3', '"seq": 4'));
    await page.getByRole('heading', { name: 'This does not hold' }).waitFor();
    await finding(page, 'fails', 'not of this house').waitFor();
    await finding(page, 'fails', 'does not stand in the journal').waitFor();
    await sound(page, 'receipt-false');

    await receipt.fill(given);
    await journal.fill(written.replace('"bid":310', '"bid":110'));
    await finding(page, 'fails', /invalid-journal .*line 3: this line, or the one before it, was changed/).waitFor();
    await finding(page, 'holds', 'word for word').waitFor();

    await journal.fill(written);
    // The example of RFC 8037, appendix A, with which no house here signs.
    await key.fill('{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}');
    await finding(page, 'fails', 'not of this house').waitFor();
    await finding(page, 'fails', 'did not write this journal').waitFor();
    await finding(page, 'holds', 'stands in the journal').waitFor();

    await key.fill(published);
    await receipt.fill('my receipt');
    await finding(page, 'fails', /invalid-receipt .*no JSON.*Fix: copy the whole of it/).waitFor();
    await page.getByLabel('Open a file: The receipt').setInputFiles({
      name: 'receipt.json',
      mimeType: 'application/json',
      buffer: Buffer.from(given),
    });
    await page.getByRole('heading', { name: 'All of it holds' }).waitFor();
    await page.context().close();
  });

  test('whoever took part goes from the room to the check, and has the service prove the message while the session is open, and show the journal afterwards', async () => {
    const url = await openClassHouse(open().site);
    const { connect } = await import('@mechane/client');
    const admin = connect(url, { adminToken });
    const made = await admin.create({
      mechanism: 'auction-sealed/second-price',
      agents: ['ann', 'bob'],
      disclosure: 'full',
    });
    const ann = await open().page(360);
    await ann.goto(`${url}/#/live/${made.id}?token=${made.agents.ann?.token}`);
    await ann.getByLabel('Bid').fill('7');
    await ann.getByRole('button', { name: 'Say it' }).tap();
    await ann.getByText('It counts').waitFor();
    await sound(ann, 'receipt-in-room');
    await ann.getByRole('link', { name: /^Check in full: receipt/ }).tap();
    await ann.getByText('It claims: entry').waitFor();
    const ask = ann.getByRole('button', { name: 'Ask the service of this page' });
    await ask.tap();
    await finding(ann, 'holds', 'ann said 7').waitFor();
    await finding(ann, 'holds', 'word for word').waitFor();
    await connect(url)
      .seat(made.agents.bob?.token ?? '')
      .submit({ bid: 9 });
    await ask.tap();
    await finding(ann, 'holds', 'The outcome follows from what was said').waitFor();
    await ann.getByRole('heading', { name: 'All of it holds' }).waitFor();

    // Whoever finds the link has no place in the session, and needs none.
    const stranger = await open().page(1400);
    await stranger.goto(`${url}/${new URL(ann.url()).hash}`);
    await stranger.getByText('It claims: entry').waitFor();
    await stranger.getByRole('button', { name: 'Ask the service of this page' }).click();
    await stranger.getByRole('heading', { name: 'All of it holds' }).waitFor();
    expect(await stranger.evaluate(() => sessionStorage.length)).toBe(0);
    await sound(stranger, 'receipt-asked');
    for (const page of [ann, stranger]) await page.context().close();
  });
}
