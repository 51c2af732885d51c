import { type Client, connect, type Made, type Making } from '@mechane/client';
import { Client as Model, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenPlayground } from './browser.ts';
import { type HouseProcess, startHouse } from './house-process.ts';
import { pressAt, tabTo, typeAt } from './keyboard.ts';
import { sound } from './looks.ts';

const adminToken = 'the token of the one who runs it all';
const agents = ['ann', 'bob', 'cat', 'model', 'program'];
/** What browsers say of a service that was killed, or a line that was cut. */
const cutOff = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED/;

/** Three people with phones, a language model and a program, all in the same sessions. */
interface Room {
  readonly house: HouseProcess;
  readonly admin: Client;
  /** Ann and cat use their fingers, bob the keyboard alone. */
  readonly ann: Page;
  readonly bob: Page;
  readonly cat: Page;
  /** Makes a session, to which the three go by their links. */
  hold(making: Omit<Making, 'agents'>): Promise<Made>;
}

async function openRoom(open: OpenPlayground): Promise<Room> {
  const house = await startHouse(open.site, adminToken);
  const admin = connect(house.url, { adminToken });
  const [ann, bob, cat] = await Promise.all([open.page(360), open.page(360), open.page(360)]);
  // A service that comes up on a busy machine, and those who wait ever longer for it, take their time.
  for (const page of [ann, bob, cat]) page.setDefaultTimeout(120_000);
  onTestFinished(async () => {
    await Promise.all([ann, bob, cat].map((page) => page.context().close()));
  });
  return {
    house,
    admin,
    ann,
    bob,
    cat,
    async hold(making) {
      const made = await admin.create({ ...making, agents });
      const people = { ann, bob, cat };
      await Promise.all(
        Object.entries(people).map(async ([name, page]) => {
          await page.goto(`${house.url}/#/live/${made.id}?token=${made.agents[name]?.token}`);
          await page.getByText(`You are ${name}`).waitFor();
        }),
      );
      return made;
    },
  };
}

function tokenOf(made: Made, agent: string): string {
  return made.agents[agent]?.token ?? '';
}

/** Says something as a model does, by its tools. */
async function sayAsModel(house: HouseProcess, made: Made, message: object | string): Promise<void> {
  const model = new Model({ name: 'a model', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${tokenOf(made, 'model')}` } };
  await model.connect(new StreamableHTTPClientTransport(new URL(`${house.url}/mcp`), { requestInit }));
  const asked = await model.callTool({ name: 'get_ask', arguments: { wait: 10 } });
  expect(asked.structuredContent).toMatchObject({ asked: true });
  const said = await model.callTool({ name: 'submit_message', arguments: { message } });
  expect(said.isError ?? false, JSON.stringify(said.structuredContent)).toBe(false);
  await model.close();
}

/** Drags something by a finger. */
async function dragByTouch(page: Page, from: string, to: string): Promise<void> {
  const middle = async (text: string): Promise<{ x: number; y: number }> => {
    const box = await page.locator('.handle', { hasText: text }).boundingBox();
    if (box === null) throw new Error(`${text} is not ranked`);
    return { x: box.x + 30, y: box.y + box.height / 2 };
  };
  await page.locator('.handle', { hasText: from }).scrollIntoViewIfNeeded();
  const [start, end] = [await middle(from), await middle(to)];
  const wire = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly { x: number; y: number }[]) =>
    wire.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
  const past = end.y + Math.sign(end.y - start.y) * 10;
  await touch('touchStart', [start]);
  for (const part of [0.3, 0.6, 1]) await touch('touchMove', [{ x: start.x, y: start.y + (past - start.y) * part }]);
  await touch('touchEnd', []);
  await wire.detach();
}

async function timedAuction({ house, admin, ann, bob, cat, hold }: Room, complaints: string[]): Promise<void> {
  const made = await hold({
    mechanism: 'auction-english/timed',
    settings: { duration: 600_000, startingPrice: 10 },
  });
  const program = connect(house.url).seat(tokenOf(made, 'program'));
  await program.submit({ max: 25 });
  await sayAsModel(house, made, { max: 30 });
  await ann.getByText('model leads, at 26').waitFor();
  await sound(ann, 'room-timed');
  await ann.getByRole('spinbutton', { name: 'Max' }).fill('40');
  await ann.getByRole('button', { name: 'Say it' }).tap();
  await ann.getByText('You said 40. It counts.').waitFor();
  await house.kill();
  await bob.getByRole('alert').getByText('cannot be reached').waitFor();
  await typeAt(bob, 'say-max', '35');
  await bob.keyboard.press('Enter');
  await cat.context().setOffline(true);
  await cat.getByRole('alert').getByText('cannot be reached').waitFor();
  await cat.getByRole('spinbutton', { name: 'Max' }).fill('50');
  await cat.getByRole('button', { name: 'Say it' }).tap();
  await house.start();
  await bob.getByText('You said 35. It counts.').waitFor();
  await cat.context().setOffline(false);
  await cat.getByText('You said 50. It counts.').waitFor();
  await ann.getByText('cat leads, at 41').waitFor();
  expect(complaints.splice(0).filter((said) => !cutOff.test(said))).toEqual([]);
  await admin.close(made.id);
  await cat.getByRole('heading', { name: 'You won, and pay 41.' }).waitFor();
  for (const page of [ann, bob]) await page.getByRole('heading', { name: 'cat won.' }).waitFor();
  await sound(cat, 'room-timed-over');
}

async function clock({ house, ann, bob, cat, hold }: Room): Promise<void> {
  const made = await hold({
    mechanism: 'auction-english/clock',
    settings: { startingPrice: 10, increment: 10 },
    disclosure: 'full',
  });
  const program = connect(house.url).play<{ readonly price: number }>(tokenOf(made, 'program'), ({ price }) =>
    price <= 10 ? 'in' : 'out',
  );
  for (const price of [10, 20]) {
    await sayAsModel(house, made, price === 10 ? 'in' : 'out');
    await ann.getByRole('button', { name: `In at ${price}` }).tap();
    await tabTo(bob, `In at ${price}`);
    await bob.keyboard.press('Space');
    await cat.getByRole('button', { name: price === 10 ? `In at ${price}` : 'Out' }).tap();
    if (price === 20) continue;
    await bob.getByText('The price is 20').waitFor();
  }
  await ann.getByText('The price is 30').waitFor();
  await sound(ann, 'room-clock');
  await ann.getByRole('button', { name: 'Out' }).tap();
  await pressAt(bob, 'In at 30');
  await bob.getByRole('heading', { name: 'You won, and pay 30.' }).waitFor();
  await ann.getByRole('heading', { name: 'bob won.' }).waitFor();
  expect((await program).outcome).toMatchObject({ winner: 'bob', payment: 30 });
}

async function orderBook({ house, admin, ann, bob, cat, hold }: Room): Promise<void> {
  const made = await hold({ mechanism: 'market/order-book', disclosure: 'full' });
  await ann.getByText('The book is empty').waitFor();
  await ann.getByLabel('How much').fill('4');
  await ann.getByRole('spinbutton', { name: 'Price' }).first().fill('101');
  await ann.getByRole('button', { name: 'Sell', exact: true }).tap();
  await ann.getByRole('button', { name: 'Take back: Sell 4 at 101' }).waitFor();
  await cat.getByRole('button', { name: 'Sell at 102', exact: true }).tap();
  await cat.getByRole('button', { name: 'Take back: Sell 1 at 102' }).waitFor();
  const program = connect(house.url).seat(tokenOf(made, 'program'));
  await program.submit({ type: 'limit', side: 'buy', price: 99, quantity: 2 });
  await bob.getByRole('button', { name: 'Sell at 101, beside 4' }).waitFor();
  await pressAt(bob, 'Buy at 101');
  await bob.getByRole('button', { name: 'Sell at 101, beside 3' }).waitFor();
  await sound(ann, 'room-book');
  await ann.getByRole('button', { name: 'Take back: Sell 3 at 101' }).tap();
  await cat.getByRole('button', { name: 'Sell at 101', exact: true }).waitFor();
  await sayAsModel(house, made, { type: 'market', side: 'buy', quantity: 1 });
  await cat.getByRole('button', { name: 'Take back: Sell 1 at 102' }).waitFor({ state: 'detached' });
  await admin.close(made.id);
  await bob.getByRole('heading', { name: 'You buy 1, and pay 101.' }).waitFor();
  await cat.getByRole('heading', { name: 'You sell 1, and get 102 paid.' }).waitFor();
  const { outcome } = await admin.session(made.id);
  expect(outcome?.trades).toEqual([
    { buyer: 'bob', seller: 'ann', price: 101, quantity: 1 },
    { buyer: 'model', seller: 'cat', price: 102, quantity: 1 },
  ]);
  await sound(cat, 'room-book-over');
}

async function matching({ house, ann, bob, cat, hold }: Room): Promise<void> {
  const made = await hold({ mechanism: 'matching/deferred-acceptance' });
  for (const page of [ann, cat]) {
    await page.getByLabel('Side').selectOption('proposing');
    for (const name of ['program', 'model']) {
      await page.getByRole('button', { name: `Rank ${name} next` }).tap();
    }
  }
  // Ann drags the model to the top; cat moves it there by a button, and leaves the program out.
  await dragByTouch(ann, 'model', 'program');
  await ann.locator('li:first-child .handle', { hasText: 'model' }).waitFor();
  await sound(ann, 'room-matching');
  // A touch right after a swift drag only ends what the browser takes for a fling.
  await ann.getByRole('heading', { name: 'Round 1' }).tap();
  await ann.getByRole('button', { name: 'Say it' }).tap();
  await ann.getByText('It counts').waitFor();
  await cat.getByRole('button', { name: 'model up' }).tap();
  await cat.getByRole('button', { name: 'Leave out program' }).tap();
  await cat.getByRole('button', { name: 'Say it' }).tap();
  await cat.getByText('It counts').waitFor();
  await tabTo(bob, 'say-side');
  await bob.keyboard.type('prop');
  await pressAt(bob, 'Rank model next');
  await pressAt(bob, 'Rank program next');
  await pressAt(bob, 'program up');
  await bob.locator('li:first-child .handle', { hasText: 'program' }).waitFor();
  await pressAt(bob, 'Say it');
  await bob.getByText('It counts').waitFor();
  await connect(house.url)
    .seat(tokenOf(made, 'program'))
    .submit({ side: 'receiving', ranking: ['ann', 'bob', 'cat'] });
  await sayAsModel(house, made, { side: 'receiving', ranking: ['ann', 'cat'] });
  // Each proposer has the best it can have (Gale and Shapley 1962): the model prefers ann to cat.
  await ann.getByRole('heading', { name: 'You are matched with model.' }).waitFor();
  await bob.getByRole('heading', { name: 'You are matched with program.' }).waitFor();
  await cat.getByRole('heading', { name: 'You are matched with nobody.' }).waitFor();
  const { outcome } = await connect(house.url, { adminToken }).session(made.id);
  expect(outcome?.matches).toEqual({ ann: ['model'], bob: ['program'], cat: [], model: ['ann'], program: ['bob'] });
  await sound(bob, 'room-matching-over');
}

/** Ann bids on packages by touch, bob by the keyboard; afterwards ann asks what another bid would have brought her. */
async function packages({ house, admin, ann, bob }: Room): Promise<void> {
  const made = await admin.create({
    mechanism: 'auction-combinatorial/vcg',
    settings: { goods: ['bed', 'desk', 'lamp'] },
    agents: ['ann', 'bob'],
    disclosure: 'full',
  });
  for (const [name, page] of [
    ['ann', ann],
    ['bob', bob],
  ] as const) {
    await page.goto(`${house.url}/#/live/${made.id}?token=${tokenOf(made, name)}`);
    await page.getByText(`You are ${name}`).waitFor();
  }
  const row = (number: number) => ann.getByRole('group', { name: `Package ${number}` });
  await row(1).getByText('bed').tap();
  await row(1).getByText('desk').tap();
  await row(1).getByLabel('Worth together').fill('10');
  await ann.getByRole('button', { name: 'Another package' }).tap();
  await row(2).getByText('lamp').tap();
  await row(2).getByLabel('Worth together').fill('3');
  await sound(ann, 'room-packages');
  await ann.getByRole('button', { name: 'Say it' }).tap();
  await ann.getByText('It counts').waitFor();
  await bob.getByRole('checkbox', { name: 'bed' }).waitFor();
  await tabTo(bob, 'say-xor-1-bed');
  await bob.keyboard.press('Space');
  await typeAt(bob, 'say-xor-1-worth', '6');
  await pressAt(bob, 'Say it');
  // Vickrey, Clarke, Groves: ann pays the 6 that bob would have had.
  await ann.getByRole('heading', { name: 'You get bed, desk and pay 6.' }).waitFor();
  await ann.getByRole('button', { name: 'Had I said something else …' }).tap();
  await row(1).getByText('bed').tap();
  await row(1).getByLabel('Worth together').fill('4');
  await ann.getByRole('button', { name: 'Had I said this' }).tap();
  await ann.getByText('Then: you get nothing.').waitFor();
  await sound(ann, 'room-packages-over');
}

/** A room of three people with phones, one model and one program, from auction to packages. */
export function roomCases(open: () => OpenPlayground): void {
  test('three people, a model and a program hold an auction, a clock, a book, a matching and packages, though the service is killed and a line is cut', {
    tags: ['long'],
    timeout: 300_000,
  }, async () => {
    const { complaints } = open();
    complaints.splice(0);
    const room = await openRoom(open());
    await timedAuction(room, complaints);
    await clock(room);
    await orderBook(room);
    await matching(room);
    await packages(room);
    expect(complaints).toEqual([]);
  });
}
