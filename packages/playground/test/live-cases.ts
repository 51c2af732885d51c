import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { pageIn } from '@mechane/cli/page';
import { connect } from '@mechane/client';
import { createService, listen, openStore, type Places, type Service } from '@mechane/server';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenPlayground } from './browser.ts';
import { tabTo } from './keyboard.ts';
import { sound } from './looks.ts';

const adminToken = 'the token of the one who runs it all';

interface House {
  readonly url: string;
  /** Goes down, and comes up again at the same address, on the same store. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A service that shows the playground, as `mechane serve` does. */
async function openHouse(site: string, seen?: Places['seen']): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-room-'));
  const page = pageIn(site);
  if (page === undefined) throw new Error('the playground is not built');
  let stop = async (): Promise<void> => {};
  let url = '';
  const start = async (): Promise<void> => {
    const store = await openStore(`sqlite:${join(folder, 'house.db')}`);
    const places: Places | undefined = seen && { ask: (_, request) => service.here(request), seen };
    const service: Service = createService({
      plugins: [sealedAuctions, englishAuctions],
      store,
      adminToken,
      page,
      ...(places === undefined ? {} : { places }),
    });
    const listening = await listen(service, { port: url === '' ? 0 : Number(new URL(url).port) });
    ({ url } = listening);
    stop = async () => {
      stop = async () => {};
      await listening.close();
      await store.close();
    };
  };
  await start();
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url, start, stop: () => stop() };
}

/** What an operator makes of a form, by the labels of its fields. */
async function openSession(
  operator: Page,
  mechanism: string,
  fields: Readonly<Record<string, string>>,
  checks: readonly RegExp[] = [],
): Promise<void> {
  await operator.getByRole('link', { name: 'New session' }).click();
  await operator.getByLabel('Mechanism', { exact: true }).selectOption(mechanism);
  await operator.locator('code', { hasText: mechanism }).waitFor();
  for (const [label, value] of Object.entries(fields)) await operator.getByLabel(label).fill(value);
  for (const label of checks) await operator.getByLabel(label).check();
  await sound(operator, `live-new-${mechanism.replace('/', '-')}`);
  await operator.getByRole('button', { name: 'Open the session' }).click();
  await operator.getByRole('heading', { name: 'Links to hand out' }).waitFor();
}

/** What sessions have to do, from the operator's form to the end, each of those who take part on a phone. */
export function liveCases(open: () => OpenPlayground): void {
  const asOperator = async (url: string): Promise<Page> => {
    const operator = await open().page(1400);
    await operator.goto(url);
    await operator.getByRole('link', { name: 'Live', exact: true }).click();
    await operator.getByRole('heading', { name: 'Live' }).waitFor();
    await sound(operator, 'live-entrance');
    await operator.getByRole('link', { name: 'Hold a session' }).click();
    await operator.getByLabel('The admin token').fill(adminToken);
    await sound(operator, 'live-admin');
    await operator.getByRole('button', { name: 'Go on' }).click();
    await operator.getByText('There is none yet.').waitFor();
    return operator;
  };
  const onPhone = async (link: string): Promise<Page> => {
    const phone = await open().page(360);
    await phone.goto(link);
    return phone;
  };
  const linkOf = async (operator: Page, who: string): Promise<string> => {
    const link = await operator.getByRole('link', { name: who, exact: true }).getAttribute('href');
    if (link === null) throw new Error(`${who} has no link`);
    return link;
  };

  test('the home speaks with no service before it is asked to', async () => {
    const { url } = await openHouse(open().site);
    const page = await open().page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url);
    await page.locator('.live svg').waitFor();
    expect(asked.filter((path) => !/^\/($|assets\/|mark\.svg|theme\.js|favicon)/.test(path))).toEqual([]);
    expect(page.workers()).toHaveLength(0);
    await page.context().close();
  });

  test('whoever runs several services sees them, and what they work on', async () => {
    const node = { isUp: true, holdsSessions: true, works: false };
    const seen = {
      nodes: [
        { ...node, address: '10.0.0.1:4701' },
        { ...node, address: '10.0.0.2:4701', isUp: false },
        { ...node, address: '10.0.0.3:4701', holdsSessions: false, works: true },
      ],
      jobs: [
        { name: 'verify-3fa2c1', begun: '2026-11-30T08:00:00.000Z', pieces: 64, done: 48 },
        { name: 'run-77b0e9', begun: '2026-11-30T08:05:00.000Z', pieces: null, done: 12 },
      ],
    };
    const { url } = await openHouse(open().site, async () => seen);
    const operator = await asOperator(url);
    const machines = operator.getByRole('region', { name: '2 of 3 nodes are up' });
    await machines.waitFor();
    expect(await machines.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/10\.0\.0\.1:4701\s+holds sessions\s+up/),
      expect.stringMatching(/10\.0\.0\.2:4701\s+holds sessions\s+down/),
      expect.stringMatching(/10\.0\.0\.3:4701\s+works\s+up/),
      expect.stringMatching(/verify-3fa2c1\s+48 of 64 pieces done/),
      expect.stringMatching(/run-77b0e9\s+12 pieces done, more to come/),
    ]);
    await sound(operator, 'live-machines');
    await operator.context().close();
  });

  test('what the page does elsewhere, it does where a service shows it, too: workers, WebAssembly, and the sandbox', async () => {
    const { url } = await openHouse(open().site);
    const page = await open().page();
    await page.goto(`${url}/#/break`);
    await page.getByText('1 of 3 promises broken').waitFor();
    await page.goto(`${url}/#/mechanism/auction-combinatorial/vcg`);
    await page.locator('main svg.mechane-plot').first().waitFor();
    await page.goto(`${url}/#/mechanism/public-choice/median`);
    await page.getByRole('button', { name: 'Verify here' }).click();
    await page.locator('svg text', { hasText: 'public-choice/median: ' }).waitFor();
    await page.context().close();
  });

  test('two people play a clock by buttons, one of them by the keyboard alone: who stays pays the price at which the other left', async () => {
    const { url } = await openHouse(open().site);
    const operator = await asOperator(url);
    await openSession(operator, 'auction-english/clock', {
      startingPrice: '10',
      increment: '1',
      Names: 'ann, bob',
    });
    await sound(operator, 'live-links');
    const ann = await onPhone(await linkOf(operator, 'ann'));
    const bob = await onPhone(await linkOf(operator, 'bob'));
    for (const price of [10, 11]) {
      await ann.getByRole('button', { name: `In at ${price}` }).waitFor();
      await tabTo(ann, `In at ${price}`);
      await ann.keyboard.press('Enter');
      await ann.getByText(`You said in at ${price}. It counts`).waitFor();
      if (price === 11) await sound(ann, 'live-clock-said');
      await bob.getByRole('button', { name: `In at ${price}` }).tap();
    }
    await bob.getByRole('button', { name: 'In at 12' }).waitFor();
    await sound(bob, 'live-clock');
    await bob.getByRole('button', { name: 'Out' }).tap();
    await ann.getByRole('button', { name: 'In at 12' }).waitFor();
    await ann.keyboard.press('Enter');
    await ann.getByRole('heading', { name: 'You won, and pay 12.' }).waitFor();
    await bob.getByRole('heading', { name: 'ann won.' }).waitFor();
    await ann
      .getByRole('button', { name: /^Check receipt/ })
      .first()
      .focus();
    await ann.keyboard.press('Enter');
    await ann.getByText(/It stands in the journal, whose head is [0-9a-f]{12}…/).waitFor();
    await sound(ann, 'live-clock-over');
    await operator.locator('.badge', { hasText: 'closed' }).waitFor();
    await operator.locator('svg text', { hasText: 'ann' }).first().waitFor();
    await sound(operator, 'live-watched');
    for (const page of [ann, bob, operator]) await page.context().close();
  });

  test('two come in by one link and bid under seal, while the service goes down and comes back: the higher bid wins and pays the lower', async () => {
    const house = await openHouse(open().site);
    const operator = await asOperator(house.url);
    await openSession(operator, 'auction-sealed/second-price', { Names: '', reserve: '' }, [
      /one link for all/,
      /a class/,
    ]);
    await operator.locator('svg.qr').waitFor();
    const join = await linkOf(operator, 'everybody');
    const [ann, bob] = await Promise.all([onPhone(join), onPhone(join)]);
    await sound(ann, 'live-come-in');
    for (const [phone, name] of [
      [ann, 'ann'],
      [bob, 'bob'],
    ] as const) {
      await phone.getByLabel(/^Your name/).fill(name);
      await phone.getByRole('button', { name: 'Take part' }).tap();
      await phone.getByText(`You are ${name}`).waitFor();
    }
    await ann.getByLabel('Bid').fill('7');
    await sound(ann, 'live-sealed');
    await ann.getByRole('button', { name: 'Say it' }).tap();
    await ann.getByText('You said 7. It counts').waitFor();
    await ann.reload();
    await ann.getByText('You said 7. It counts').waitFor();
    await ann.getByRole('button', { name: 'Say this instead' }).waitFor();
    await house.stop();
    await bob.getByRole('alert').getByText('cannot be reached').waitFor();
    await bob.getByLabel('Bid').fill('9');
    await bob.getByRole('button', { name: 'Say it' }).tap();
    await sound(bob, 'live-lost');
    const lost = open().complaints.splice(0);
    expect(
      lost.filter((said) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY|ERR_CONNECTION_RESET/.test(said)),
    ).toEqual([]);
    await house.start();
    await bob.getByText('You said 9. It counts').waitFor();
    open().complaints.splice(0);
    await operator.getByRole('button', { name: 'Close it now' }).click();
    await bob.getByRole('heading', { name: 'You won, and pay 7.' }).waitFor();
    await ann.getByRole('heading', { name: 'bob won.' }).waitFor();
    await ann.locator('svg text', { hasText: 'bob wins and pays 7' }).waitFor();
    await ann.getByRole('button', { name: 'Had I said something else …' }).tap();
    await ann.getByRole('slider').fill('12');
    await ann.getByText('You would have won, and paid 9.').waitFor();
    await sound(ann, 'live-what-if');
    await sound(bob, 'live-sealed-over');
    await operator.getByRole('link', { name: 'All sessions' }).click();
    await operator.locator('.sessions .badge', { hasText: 'closed' }).waitFor();
    await sound(operator, 'live-sessions');
    for (const page of [ann, bob, operator]) await page.context().close();
  });

  test('bids that are sealed are bound before anybody can read them, the house included, and shown by the pages themselves', async () => {
    const { url } = await openHouse(open().site);
    const admin = connect(url, { adminToken });
    const { id, agents } = await admin.create({
      mechanism: 'auction-sealed/second-price',
      settings: { sealing: { commit: true, deposit: 5 } },
      agents: ['ann', 'bob'],
      disclosure: 'full',
    });
    const [ann, bob] = await Promise.all(
      ['ann', 'bob'].map((name) => onPhone(`${url}/#/live/${id}?token=${agents[name]?.token}`)),
    );
    if (ann === undefined || bob === undefined) throw new Error('there are two phones');
    await ann.getByLabel('Bid').fill('7');
    await sound(ann, 'live-commit');
    await ann.getByRole('button', { name: 'Seal it' }).tap();
    await ann.getByText('You are bound to 7. Nobody else can read it yet.').waitFor();
    expect(await admin.journal(id)).toMatch(/"commitment":"[0-9a-f]{64}"/);
    expect(await admin.journal(id)).not.toContain('"bid"');
    await ann.reload();
    await ann.getByText('You are bound to 7.').waitFor();
    await bob.getByLabel('Bid').fill('9');
    await bob.getByRole('button', { name: 'Seal it' }).tap();
    await bob.getByRole('heading', { name: 'You won, and pay 7.' }).waitFor();
    await ann.getByRole('heading', { name: 'bob won.' }).waitFor();
    await ann.locator('svg text', { hasText: 'bob wins and pays 7' }).waitFor();
    await sound(ann, 'live-revealed');
    for (const page of [ann, bob]) await page.context().close();
  });

  test('in an auction of a while, anybody bids at any time, and sees how much of it is left', async () => {
    const { url } = await openHouse(open().site);
    const operator = await asOperator(url);
    await openSession(operator, 'auction-english/timed', { duration: '10 minutes', startingPrice: '10', reserve: '' });
    const ann = await onPhone(await linkOf(operator, 'ann'));
    const bob = await onPhone(await linkOf(operator, 'bob'));
    await ann
      .getByRole('timer')
      .getByText(/^(10:00|9:\d\d) left$/)
      .waitFor();
    await ann.getByRole('spinbutton', { name: 'Max' }).fill('30');
    await ann.getByRole('button', { name: 'Say it' }).tap();
    await bob.getByText('ann leads, at 10').waitFor();
    await bob.getByRole('spinbutton', { name: 'Max' }).fill('20');
    await bob.getByRole('button', { name: 'Say it' }).tap();
    await bob.getByText('You said 20. It counts.').waitFor();
    await ann.getByText(/^You lead, at 2\d$/).waitFor();
    await sound(ann, 'live-timed');
    await operator
      .getByRole('timer')
      .getByText(/^(10:00|[89]:\d\d) left$/)
      .waitFor();
    const again = await operator.context().newPage();
    await again.goto(operator.url());
    await again.getByLabel('The admin token').fill(adminToken);
    await again.getByRole('button', { name: 'Go on' }).click();
    // Another tab has none of the links, and is told them again.
    expect(await linkOf(again, 'bob')).toBe(await linkOf(operator, 'bob'));
    await again.getByRole('link', { name: 'All sessions' }).click();
    await again.getByText('messages a second').waitFor();
    await sound(again, 'live-measured');
    await again.close();
    await operator.getByRole('button', { name: 'Close it now' }).click();
    await ann.getByRole('heading', { name: /^You won, and pay 2\d\.$/ }).waitFor();
    await bob.getByRole('heading', { name: 'ann won.' }).waitFor();
    for (const page of [ann, bob, operator]) await page.context().close();
  });
}
