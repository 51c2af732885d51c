import { createServer } from 'node:http';
import { connect, type SessionEvent } from '@mechane/client';
import { expect, onTestFinished, test } from 'vitest';
import { type Fault, listening, openBadWay } from './houses.ts';

const vickrey = 'auction-sealed/second-price';
const messages = /^POST .*\/messages/;

/** The journal's entries in which somebody says something. */
async function saidIn(events: AsyncIterable<SessionEvent>): Promise<readonly string[]> {
  const said: string[] = [];
  for await (const event of events) if (event.kind === 'replied') said.push(event.agent);
  return said;
}

const passing: readonly (readonly [string, readonly Fault[]])[] = [
  ['is lost on its way', ['lost before it arrives', 'lost before it arrives']],
  ['is heard, and the answer is lost', ['lost once it is done', 'lost once it is done']],
  ['is heard, and the answer is cut', ['cut in the middle of the answer']],
  ['is never answered', ['never answered']],
  ['does not come whole in time', [{ status: 408 }]],
  [
    'comes too often',
    [{ status: 429, headers: { 'retry-after': '0' }, body: '{"code":"too-many-requests","message":"m"}' }],
  ],
  [
    'comes while the service is down',
    [{ status: 503 }, { status: 502, body: '<h1>Bad gateway</h1>' }, { status: 504 }],
  ],
];

test.each(passing)('a message that %s is sent again, and counts once', async (_, faults) => {
  const way = await openBadWay({ timeout: 500 });
  const { id, agents } = await way.client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  way.next(messages, ...faults);
  const ann = way.client.seat(agents.ann?.token ?? '');
  const receipt = await ann.submit({ bid: 7 });
  // On a busy machine an answer may come too late, too.
  expect(way.asked.filter((request) => messages.test(request)).length).toBeGreaterThan(faults.length);
  await way.client.seat(agents.bob?.token ?? '').submit({ bid: 9 });
  expect(await saidIn(way.client.events(id))).toEqual(['ann', 'bob']);
  expect((await ann.prove(receipt)).entry.message).toEqual({ bid: 7 });
});

test('a session whose making is not answered is made once', async () => {
  const way = await openBadWay();
  way.next(/^POST \/sessions$/, 'lost once it is done', 'cut in the middle of the answer');
  const { id } = await way.client.create({ mechanism: vickrey, agents: ['ann'] });
  expect(way.asked.filter((request) => request === 'POST /sessions')).toHaveLength(3);
  const other = await way.client.create({ mechanism: vickrey, agents: ['ann'] });
  expect(other.id).not.toBe(id);
});

test('one comes in once, though the answer is lost, or the service is busy', async () => {
  const way = await openBadWay();
  const { joinToken = '' } = await way.client.create({ mechanism: 'market/order-book', agents: [], entry: 'open' });
  way.next(/join/, 'lost once it is done', { status: 503 });
  expect(await way.client.join(joinToken, 'ann')).toMatchObject({ agent: 'ann' });
  expect(await way.client.join(joinToken, 'bob')).toMatchObject({ agent: 'bob' });
  expect(way.asked.filter((request) => /join/.test(request))).toHaveLength(4);
});

test('who cannot reach anybody is told so, after as many tries as it wanted', async () => {
  const way = await openBadWay({ tries: 3 });
  way.next(/key/, 'lost before it arrives', { status: 503 }, 'lost before it arrives');
  const { agents } = await way.client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const seat = way.client.seat(agents.ann?.token ?? '');
  await expect(seat.submit({ bid: 1 }, { key: 'first' })).rejects.toMatchObject({
    code: 'unreachable',
    fix: expect.stringContaining('counts once'),
    cause: expect.anything(),
  });
  // The next time, all is well again, and the message is still one.
  expect(await seat.submit({ bid: 1 }, { key: 'first' })).toMatchObject({ seq: 2 });
});

test('what answers and is no service is told from one', async () => {
  const page = createServer((request, response) => {
    if (request.url === '/missing/sessions/x') response.writeHead(404).end('<h1>Not found</h1>');
    else response.end('<h1>Welcome</h1>');
  });
  const url = await listening(page);
  onTestFinished(() => void page.close());
  expect(() => connect('somewhere')).toThrow(expect.objectContaining({ code: 'no-service' }));
  await expect(connect(url).session('x')).rejects.toMatchObject({ code: 'no-service' });
  await expect(connect(`${url}/missing/`).session('x')).rejects.toMatchObject({ code: 'no-service', status: 404 });
});

test('events that are none are refused, and so is a stream without a body', async () => {
  const way = await openBadWay();
  const { id } = await way.client.create({ mechanism: vickrey, agents: ['ann'] });
  way.next(/events/, { status: 204 }, { status: 200, body: 'event: bye\ndata: later\n\ndata: {"kind":\n\n' });
  for (let stream = 0; stream < 2; stream++) {
    await expect(way.client.events(id).next()).rejects.toMatchObject({ code: 'no-service' });
  }
});

test('a session that was called off is followed to its end, and whoever is asked hears no more', async () => {
  const way = await openBadWay();
  const { id, agents } = await way.client.create({ mechanism: vickrey, agents: ['ann'] });
  const seat = way.client.seat(agents.ann?.token ?? '');
  await way.client.cancel(id);
  expect(await seat.ask()).toBeUndefined();
  const kinds: string[] = [];
  for await (const { kind } of seat.events()) kinds.push(kind);
  expect(kinds.at(-1)).toBe('failed');
});

test('who follows events has each of the journal once, over lost connections and restarts', {
  tags: ['long'],
}, async () => {
  const way = await openBadWay();
  const { id, agents } = await way.client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  way.next(/events/, 'lost before it arrives', { status: 503 });
  const ids: (number | undefined)[] = [];
  for await (const event of way.client.events(id)) {
    ids.push(event.id);
    if (event.id === 1) {
      way.cut();
      await way.client.seat(agents.ann?.token ?? '').submit({ bid: 7 });
    }
    if (event.id === 2) {
      await way.restart();
      await way.client.seat(agents.bob?.token ?? '').submit({ bid: 9 });
    }
  }
  expect(ids.filter((each) => each !== undefined)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('an agent plays on over a service that goes down in the middle', async () => {
  const way = await openBadWay();
  const values: Record<string, number> = { ann: 3, bob: 6, cat: 2 };
  const settings = { startingPrice: 0, increment: 1 };
  const making = { mechanism: 'auction-english/clock', settings, agents: Object.keys(values) };
  const { agents } = await way.client.create(making);
  way.next(messages, 'lost once it is done', 'lost before it arrives', { status: 503 });
  way.next(/ask/, 'lost once it is done', { status: 503 });
  const client = way.connected({ timeout: 2_000 });
  let restarted: Promise<void> | undefined;
  const ended = await Promise.all(
    Object.entries(values).map(([agent, value]) =>
      client.play(agents[agent]?.token ?? '', ({ price }: { price: number }, { round }) => {
        if (round === 2) restarted ??= way.restart();
        return price <= value ? 'in' : 'out';
      }),
    ),
  );
  await restarted;
  for (const { outcome } of ended) expect(outcome).toMatchObject({ winner: 'bob', payment: 4 });
});
