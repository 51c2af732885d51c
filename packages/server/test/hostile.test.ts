import { connect } from 'node:net';
import { type Random, seededRandom } from '@mechane/core';
import { type Listening, listen } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';
import { isLoopback, Rates } from '../src/access/limits.ts';
import { type Answer, adminToken, type House, type Made, openHouse } from './house.ts';

/** How many requests are made up; a release is tested with 10,000. */
const requests = Number(process.env.MECHANE_HOSTILE ?? 1_500);

const vickrey = 'auction-sealed/second-price';
/** What nobody may hear of before its time. */
const secret = 27182818;

async function listening(house: House): Promise<Listening> {
  const served = await listen(house.service, { port: 0 });
  onTestFinished(() => served.close());
  return served;
}

/** Everything that a bystander could see of a session, as text. */
async function seenOf(house: House, { id }: Made): Promise<string> {
  return JSON.stringify((await house.get(`/sessions/${id}`)).body);
}

const names = [
  '__proto__',
  'constructor',
  'toString',
  'a\r\nset-cookie: x=1',
  '\u0000',
  '../..',
  '%2e%2e',
  'ann',
  '\ud800',
  'x'.repeat(5_000),
];
const values: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  '1e999',
  '',
  [],
  {},
  [[]],
  'NaN',
  { bid: 1 },
  { bid: { bid: 1 } },
];

function among<Value>(random: Random, all: readonly Value[]): Value {
  return all[random.below(all.length)] as Value;
}

function somethingOdd(random: Random, depth = 0): unknown {
  if (depth > 3 || random.below(3) > 0) return among(random, values);
  const entries = Array.from(
    { length: random.below(4) },
    () => [among(random, names), somethingOdd(random, depth + 1)] as const,
  );
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) object[key] = value;
  return random.below(2) === 0 ? object : entries;
}

function bodyOf(random: Random): string {
  const odd = JSON.stringify(somethingOdd(random)) ?? 'undefined';
  const texts = [
    odd,
    odd.slice(0, -1),
    '{"__proto__":{"admin":true}}',
    '['.repeat(3_000),
    '\ufeff{}',
    'null',
    `{"message":${odd}}`,
    `{"mechanism":"${vickrey}","agents":${odd}}`,
    `{"mechanism":"${vickrey}","agents":["ann"],"settings":${odd}}`,
  ];
  return among(random, texts);
}

test('whatever is sent is answered with a code, and changes nothing for those who take part', async () => {
  const house = await openHouse();
  const made = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const other = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  await house.post(`/sessions/${made.id}/messages`, { token: made.tokens.ann, body: { message: { bid: secret } } });
  const before = await seenOf(house, made);
  const random = seededRandom(21);
  const tokens = [
    undefined,
    '',
    'x',
    'a.b',
    `${made.tokens.bob}x`,
    made.tokens.bob?.slice(0, -2),
    other.tokens.ann,
    other.tokens.bob,
  ];
  const ids = [
    made.id,
    other.id,
    'none',
    '__proto__',
    '..',
    '%00',
    encodeURIComponent(names[3] as string),
    'x'.repeat(2_000),
  ];
  const places = [
    '',
    '/ask',
    '/messages',
    '/close',
    '/cancel',
    '/join',
    '/journal',
    '/events',
    '/receipts/2',
    '/receipts/-1',
    '/nowhere',
  ];
  const statuses = new Map<number, number>();
  for (let count = 0; count < requests; count++) {
    const id = among(random, ids);
    const path =
      random.below(8) === 0
        ? among(random, [
            '/runs',
            '/sessions',
            '/mechanisms/a/b',
            '/health',
            '/%zz',
            '//',
            '/sessions?limit=-1',
            '/sessions?after=%00',
          ])
        : `/sessions/${id}${among(random, places)}`;
    // Those who have the right token for the session are no strangers: of them, below.
    const token = id === other.id ? among(random, tokens.slice(0, 6)) : among(random, tokens);
    const answer =
      random.below(2) === 0
        ? await house.post(path, {
            token,
            body: bodyOf(random),
            headers: { 'idempotency-key': among(random, ['k', 'x'.repeat(300)]) },
          })
        : await answerOrStream(house, path, token, among(random, ['0', '-1', 'x', '1e3', '99999999999999999999']));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    if (answer.status >= 400)
      expect(answer.body).toMatchObject({
        status: answer.status,
        code: expect.any(String),
        message: expect.any(String),
      });
    expect(JSON.stringify(answer.body ?? null)).not.toContain(`${secret}`);
  }
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
  expect(await seenOf(house, made)).toBe(before);
  const last = await house.post(`/sessions/${made.id}/messages`, {
    token: made.tokens.bob,
    body: { message: { bid: secret + 1 } },
  });
  expect(last.status).toBe(201);
  await expect.poll(async () => (await house.get(`/sessions/${made.id}`)).body.status).toBe('closed');
  expect((await house.get(`/sessions/${made.id}`)).body.outcome).toMatchObject({ winner: 'bob', payment: secret });
});

/** What is answered; of a stream, only that it was begun. */
async function answerOrStream(house: House, path: string, token: string | undefined, after: string): Promise<Answer> {
  const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'last-event-id': after };
  const response = await house.service.fetch(new Request(`http://house.test${path}`, { headers }));
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: undefined };
  }
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
  };
}

test('only the admin makes and ends sessions, only an agent speaks for itself, and the join token does nothing but join', async () => {
  const house = await openHouse();
  const making = { mechanism: vickrey, agents: ['ann', 'bob'], entry: 'open' };
  const { id, tokens, joinToken } = await house.make(making);
  const other = await house.make(making);
  const cases: readonly (readonly [string, string, string | undefined, number])[] = [
    ['POST', '/sessions', undefined, 401],
    ['POST', '/sessions', 'guessed', 401],
    ['POST', '/sessions', tokens.ann, 403],
    ['POST', '/sessions', joinToken, 403],
    ['POST', `/sessions/${id}/close`, tokens.ann, 403],
    ['POST', `/sessions/${id}/cancel`, joinToken, 403],
    ['POST', `/sessions/${id}/cancel`, undefined, 401],
    ['GET', `/sessions/${id}/ask`, undefined, 401],
    ['GET', `/sessions/${id}/ask`, other.tokens.ann, 403],
    ['GET', `/sessions/${id}/ask`, adminToken, 403],
    ['GET', `/sessions/${id}/ask`, joinToken, 403],
    ['POST', `/sessions/${id}/messages`, other.tokens.ann, 403],
    ['POST', `/sessions/${id}/join`, tokens.ann, 403],
    ['POST', `/sessions/${id}/join`, undefined, 401],
    ['GET', `/sessions/${id}`, other.tokens.ann, 403],
    ['GET', `/sessions/${id}/events`, other.tokens.ann, 403],
    ['GET', `/sessions/${id}/events`, 'guessed', 401],
    ['GET', `/sessions/${id}/journal`, tokens.ann, 403],
    ['GET', `/sessions/${id}/journal`, undefined, 403],
  ];
  for (const [method, path, token, status] of cases) {
    const answer = method === 'GET' ? await house.get(path, token) : await house.post(path, { token, body: making });
    expect([method, path, answer.status]).toEqual([method, path, status]);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
  }
  expect((await house.get(`/sessions/${id}`)).body.status).toBe('open');
});

test('nothing sealed is seen before it is opened, and afterwards only what the disclosure says', async () => {
  const house = await openHouse();
  const bids = { ann: secret, bob: 3 };
  const bidding = async (making: object): Promise<Made> => {
    const made = await house.make({ mechanism: vickrey, agents: ['ann', 'bob', 'cat'], ...making });
    for (const [agent, bid] of Object.entries(bids)) {
      await house.post(`/sessions/${made.id}/messages`, { token: made.tokens[agent], body: { message: { bid } } });
    }
    return made;
  };
  const sealed = await bidding({});
  const open = await bidding({ disclosure: 'full' });
  for (const { id, tokens } of [sealed, open]) {
    for (const token of [undefined, tokens.bob]) {
      for (const place of ['', '/ask', '/journal']) {
        expect(JSON.stringify((await house.get(`/sessions/${id}${place}`, token)).body ?? '')).not.toContain(
          `${secret}`,
        );
      }
      const events = house.events(`/sessions/${id}/events`, token);
      for (let count = 0; count < 4; count++) {
        expect(JSON.stringify((await events.next()).value)).not.toContain(`${secret}`);
      }
      await events.return(undefined);
    }
    await house.post(`/sessions/${id}/close`, { token: adminToken });
  }
  const journalFor = async ({ id, tokens }: Made, agent?: string): Promise<string> =>
    (await house.get(`/sessions/${id}/journal`, agent === undefined ? undefined : tokens[agent])).body;
  expect(await journalFor(sealed, 'ann')).toContain(`"bid":${secret}`);
  expect(await journalFor(sealed, 'bob')).not.toContain(`"bid":${secret}`);
  expect(await journalFor(sealed, 'bob')).toContain('"bid":3');
  expect(await journalFor(sealed)).not.toContain('"bid"');
  expect(await journalFor(open)).toContain(`"bid":${secret}`);
});

test('names that mean something to JavaScript, to HTTP or to a terminal are names', async () => {
  const house = await openHouse();
  const agents = ['__proto__', 'constructor', 'a\r\nset-cookie: x=1', 'ann/../bob', '<script>'];
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['1042', '7', ...agents] });
  expect((await house.get(`/sessions/${id}`)).body.agents).toEqual(expect.arrayContaining(agents));
  for (const [agent, token] of Object.entries(tokens)) {
    const answer = await house.post(`/sessions/${id}/messages`, { token, body: { message: { bid: agent.length } } });
    expect([agent, answer.status, answer.headers.get('set-cookie')]).toEqual([agent, 201, null]);
  }
});

test('what is too large, too deep, too often or too much at once is refused with what to do', async () => {
  const limits = { body: 1_000, streams: 2, sessions: 2, agents: 3 };
  const house = await openHouse({ limits });
  const making = { mechanism: vickrey, agents: ['ann', 'bob'] };
  const post = (body: unknown) => house.post('/sessions', { token: adminToken, body });
  expect(await post({ ...making, note: 'x'.repeat(1_000) })).toMatchObject({
    status: 413,
    body: { code: 'too-large' },
  });
  const chunks = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(300))),
  });
  const chunked = new Request('http://house.test/runs', {
    method: 'POST',
    body: chunks,
    duplex: 'half',
  } as RequestInit);
  expect((await house.service.fetch(chunked)).status).toBe(413);
  expect(await post({ ...making, agents: ['a', 'b', 'c', 'd'] })).toMatchObject({
    status: 400,
    body: { path: ['agents'] },
  });
  const { id } = await house.make(making);
  await house.make(making);
  expect(await post(making)).toMatchObject({
    status: 429,
    body: { code: 'too-many-requests', fix: expect.any(String) },
  });
  const streams = [house.events(`/sessions/${id}/events`), house.events(`/sessions/${id}/events`)];
  for (const stream of streams) await stream.next();
  const refused = await house.get(`/sessions/${id}/events`);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(refused.headers.get('retry-after')).toBe('1');
  await streams[0]?.return(undefined);
  const third = house.events(`/sessions/${id}/events`);
  expect((await third.next()).value).toMatchObject({ data: { kind: 'opened' } });
  await Promise.all([third, streams[1]].map((stream) => stream?.return(undefined)));
});

test('whoever asks too often, by address or by token, is told to wait', async () => {
  const house = await openHouse({ limits: { requestsFromHere: 0 } });
  const { url } = await listening(house);
  const answer = await fetch(`${url}/health`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await answer.json()).toMatchObject({ code: 'too-many-requests', fix: 'wait a second, and ask less often' });
  const tokens = await openHouse({ limits: { requestsPerToken: 0 } });
  expect((await tokens.get('/health')).status).toBe(200);
  expect((await tokens.get('/health', adminToken)).status).toBe(429);
  const behind = await openHouse({ limits: { requestsPerAddress: 0 }, addressOf: () => '203.0.113.7' });
  expect((await behind.get('/health')).status).toBe(429);
});

test('so many requests a second are let through, whoever else asks, and a flood of addresses fills no memory', () => {
  let now = 0;
  const rates = new Rates(() => now);
  const taken = (who: string): number => Array.from({ length: 10 }, () => rates.take(who, 5)).filter(Boolean).length;
  expect([taken('ann'), taken('ann'), taken('bob')]).toEqual([5, 0, 5]);
  now += 400;
  expect(taken('ann')).toBe(2);
  now += 60_000;
  expect(taken('ann')).toBe(5);
  for (let count = 0; count < 30_000; count++) rates.take(`address ${count}`, 5);
  expect(rates.size).toBeLessThanOrEqual(10_000);
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::ffff:10.0.0.1'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('answers forbid whatever nobody needs, and pages of other origins are let in only where that was said', async () => {
  const house = await openHouse({ origins: ['https://ours.test'] });
  const { headers } = await house.get('/health', undefined, { origin: 'https://theirs.test' });
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(headers.get('access-control-allow-origin')).toBeNull();
  const ours = await house.get('/health', undefined, { origin: 'https://ours.test' });
  expect(ours.headers.get('access-control-allow-origin')).toBe('https://ours.test');
  const asked = new Request('http://house.test/sessions', {
    method: 'OPTIONS',
    headers: { origin: 'https://ours.test' },
  });
  const preflight = await house.service.fetch(asked);
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
    204,
    expect.stringContaining('authorization'),
  ]);
});

/** What a server answers to bytes, until it closes or has answered once. */
async function answeredTo(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(bytes);
  return new Promise((resolve, reject) => {
    socket.once('data', (data) => resolve(data.toString().split('\r\n')[0] ?? ''));
    socket.once('close', () => resolve('closed'));
    socket.once('error', reject);
  });
}

test('bytes that are no request end their own connection, and nobody else’s', async () => {
  const house = await openHouse();
  const { url } = await listening(house);
  const port = Number(new URL(url).port);
  const host = 'host: house.test\r\n';
  expect(await answeredTo(port, 'nonsense\r\n\r\n')).toMatch(/ 400 /);
  expect(await answeredTo(port, `GET /../../etc/passwd HTTP/1.1\r\n${host}\r\n`)).toMatch(/ 40[04] /);
  expect(await answeredTo(port, `GET /sessions/%zz HTTP/1.1\r\n${host}\r\n`)).toMatch(/ 40[04] /);
  expect(await answeredTo(port, `GET /health HTTP/1.1\r\n${host}x: ${'y'.repeat(100_000)}\r\n\r\n`)).toMatch(/ 431 /);
  expect(await answeredTo(port, `POST /runs HTTP/1.1\r\n${host}content-length: 99999999\r\n\r\n{`)).toMatch(/ 413 /);
  const slow = connect(port, '127.0.0.1');
  onTestFinished(() => void slow.destroy());
  slow.write(`POST /runs HTTP/1.1\r\n${host}content-length: 100\r\n\r\n{`);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});
