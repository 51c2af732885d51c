import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, isSignedBy, isSound, type Mechane, type Mechanism, readJournalLines } from '@mechane/core';
import { expect, test } from 'vitest';
import { adminToken, type House, mechaneForTests, openHouse, type SentEvent } from './house.ts';

const vickrey = 'auction-sealed/second-price';
const clock = 'auction-english/clock';
const book = 'market/order-book';

/** Says something as an agent. */
function say(house: House, id: string, token: string | undefined, body: object) {
  return house.post(`/sessions/${id}/messages`, { token, body });
}

async function allOf(events: AsyncGenerator<SentEvent>): Promise<SentEvent[]> {
  const all: SentEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test('a sealed auction among agents far away ends with what Vickrey’s rule says', async () => {
  const house = await openHouse();
  const { id, url, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob', 'eve'] });
  expect(url).toBe(`http://house.test/sessions/${id}`);
  expect((await house.get(`/sessions/${id}`)).body).toMatchObject({
    id,
    mechanism: vickrey,
    status: 'open',
    round: 1,
    closesAt: null,
    agents: ['ann', 'bob', 'eve'],
  });
  const { body: asked } = await house.get(`/sessions/${id}/ask`, tokens.ann);
  expect(asked).toMatchObject({ round: 1, closesAt: null, message: { type: 'object', required: ['bid'] } });
  for (const [agent, bid] of [
    ['ann', 10],
    ['bob', 15],
    ['eve', 12],
  ] as const) {
    const { status, body } = await say(house, id, tokens[agent], { message: { bid } });
    expect(status).toBe(201);
    expect(body.receipt).toMatchObject({ session: id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  }
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  const { body } = await house.get(`/sessions/${id}`);
  expect(body.outcome).toMatchObject({ winner: 'bob', payment: 12, payments: { ann: 0, bob: 12, eve: 0 } });
  expect(body.metrics).toMatchObject({ participants: 3, revenue: 12 });
});

test('whoever repeats a message under its key gets the same receipt, also when the session is over and after a restart', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const bid = { message: { bid: 7 }, key: 'once', round: 1 };
  const first = await say(house, id, tokens.ann, bid);
  expect(first.status).toBe(201);
  expect((await say(house, id, tokens.ann, bid)).body).toEqual(first.body);
  expect(await say(house, id, tokens.ann, { ...bid, message: { bid: 8 } })).toMatchObject({
    status: 409,
    body: { code: 'key-reused' },
  });
  const again = await house.restart();
  expect((await say(again, id, tokens.ann, bid)).body).toEqual(first.body);
  expect((await say(again, id, tokens.bob, { message: { bid: 3 } })).status).toBe(201);
  await expect.poll(async () => (await again.get(`/sessions/${id}`)).body.status).toBe('closed');
  expect((await say(again, id, tokens.ann, bid)).body).toEqual(first.body);
  expect(await say(again, id, tokens.ann, { ...bid, message: { bid: 8 } })).toMatchObject({
    status: 409,
    body: { code: 'key-reused' },
  });
  expect(await say(again, id, tokens.ann, { message: { bid: 8 } })).toMatchObject({
    status: 409,
    body: { code: 'late-message' },
  });
});

test('what a mechanism fills in is no other message: repeated without it after the end, it has its receipt', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: 'market/call', agents: ['ann', 'bob'] });
  const order = { message: { side: 'buy', price: 7 }, key: 'once' };
  const first = await say(house, id, tokens.ann, order);
  expect(first.status).toBe(201);
  expect((await say(house, id, tokens.ann, order)).body).toEqual(first.body);
  await say(house, id, tokens.bob, { message: { side: 'sell', price: 3 } });
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  expect((await say(house, id, tokens.ann, order)).body).toEqual(first.body);
});

test('a clock goes on after a restart where it was, and comes to the outcome of its journal', async () => {
  let house = await openHouse();
  const values: Record<string, number> = { ann: 3, bob: 5, cat: 2 };
  const making = { mechanism: clock, settings: { startingPrice: 0, increment: 1 }, agents: Object.keys(values) };
  const { id, tokens } = await house.make(making);
  for (let round = 1; round <= 5; round++) {
    for (const [agent, value] of Object.entries(values)) {
      const { status, body } = await house.get(`/sessions/${id}/ask?wait=1`, tokens[agent]);
      if (status === 204) continue;
      await say(house, id, tokens[agent], { message: body.content.price <= value ? 'in' : 'out', round: body.round });
    }
    if (round < 3) house = await house.restart();
  }
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  const { body } = await house.get(`/sessions/${id}`);
  expect(body.outcome).toMatchObject({ winner: 'bob' });
  const { body: text } = await house.get(`/sessions/${id}/journal`, adminToken);
  const { journal, closed, head } = await readJournalLines(text);
  expect(closed).toBe(true);
  expect(head).toBe(body.head);
  expect(JSON.parse(JSON.stringify(mechaneForTests().replay(journal).outcome))).toEqual(body.outcome);
});

test('a receipt is signed with the key that is published, and its proof leads to the head', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const { body: said } = await say(house, id, tokens.ann, { message: { bid: 7 } });
  await say(house, id, tokens.bob, { message: { bid: 9 } });
  const { body: jwk } = await house.get('/key');
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, true, ['verify']);
  expect(await isSignedBy(key, said.receipt)).toBe(true);
  expect(await isSignedBy(key, { ...said.receipt, at: said.receipt.at + 1 })).toBe(false);
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  const { seq } = said.receipt;
  const { body: proof } = await house.get(`/sessions/${id}/receipts/${seq}`, tokens.ann);
  expect(isSound(proof)).toBe(true);
  expect(proof.head).toBe((await house.get(`/sessions/${id}`)).body.head);
  expect(proof.entry).toMatchObject({ agent: 'ann', message: { bid: 7 } });
  expect(JSON.stringify(proof)).not.toContain('bob');
  expect((await house.get(`/sessions/${id}/receipts/${seq}`, tokens.bob)).status).toBe(403);
  for (const none of [0, 999, 'x', '-1']) {
    expect(await house.get(`/sessions/${id}/receipts/${none}`, tokens.ann)).toMatchObject({
      status: 404,
      body: { code: 'unknown-receipt' },
    });
  }
});

test('the same request to make a session under one key comes to one session, and another is refused', async () => {
  const house = await openHouse();
  const asking = {
    token: adminToken,
    headers: { 'idempotency-key': 'spring auction' },
    body: { mechanism: vickrey, agents: ['ann', 'bob'] },
  };
  const [first, second] = await Promise.all([house.post('/sessions', asking), house.post('/sessions', asking)]);
  expect(first.status).toBe(201);
  expect(second).toMatchObject({ status: 201, body: first.body });
  const later = await house.restart();
  expect((await later.post('/sessions', asking)).body).toEqual(first.body);
  const other = { ...asking, body: { mechanism: vickrey, agents: ['ann', 'eve'] } };
  expect(await later.post('/sessions', other)).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
  expect((await later.get('/sessions')).body).toHaveLength(1);
});

test('events are told from the first on, with the numbers of the journal; a closed session is replayed and ends', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const following = allOf(house.events(`/sessions/${id}/events`, tokens.ann));
  await house.get(`/sessions/${id}/ask?wait=1`, tokens.ann);
  await say(house, id, tokens.ann, { message: { bid: 'much' } });
  await say(house, id, tokens.ann, { message: { bid: 7 } });
  await say(house, id, tokens.bob, { message: { bid: 9 } });
  const live = await following;
  const inJournal = live.filter(({ id }) => id !== undefined);
  expect(inJournal.map(({ id, data }) => [id, data.kind])).toEqual([
    [0, 'opened'],
    [1, 'asked'],
    [2, 'replied'],
    [3, 'replied'],
    [4, 'round-closed'],
    [5, 'finished'],
  ]);
  expect(live.find(({ data }) => data.kind === 'asked')?.data).toHaveProperty('content');
  expect(live.find(({ data }) => data.kind === 'refused')).toMatchObject({
    id: undefined,
    data: { agent: 'ann', error: { code: 'invalid-message' } },
  });
  const replayed = await allOf(house.events(`/sessions/${id}/events`));
  expect(replayed.filter(({ id }) => id !== undefined).map(({ id, data }) => [id, data.kind])).toEqual(
    inJournal.map(({ id, data }) => [id, data.kind]),
  );
  expect(replayed.find(({ data }) => data.kind === 'sold')?.data).toMatchObject({ agent: 'bob', share: 1, payment: 7 });
  expect(replayed.find(({ data }) => data.kind === 'round-closed')?.data.replies).toBe(2);
  const rest = await allOf(house.events(`/sessions/${id}/events`, undefined, { 'last-event-id': '3' }));
  expect(rest.map(({ id }) => id).filter((id) => id !== undefined)).toEqual([4, 5]);
  expect(rest.find(({ data }) => data.kind === 'round-closed')?.data.replies).toBe(2);
});

test('a market listens until it is closed, and lets others in where entry is open', async () => {
  const house = await openHouse();
  const { id, tokens, joinToken } = await house.make({ mechanism: book, agents: ['ann'], entry: 'open' });
  const { status, body } = await house.post(`/sessions/${id}/join`, { token: joinToken, body: { agent: 'bob' } });
  expect(status).toBe(201);
  expect(await house.post(`/sessions/${id}/join`, { token: joinToken, body: { agent: 'ann' } })).toMatchObject({
    status: 409,
    body: { code: 'duplicate-agent' },
  });
  const order = (side: string, price: number) => ({ message: { type: 'limit', side, price, quantity: 1 } });
  const { body: asked } = await house.get(`/sessions/${id}/ask`, body.token);
  expect(asked.message).toBeTypeOf('object');
  const sold = await say(house, id, tokens.ann, order('sell', 10));
  const bought = await say(house, id, body.token, order('buy', 11));
  expect([sold.status, bought.status]).toEqual([201, 201]);
  const closed = await house.post(`/sessions/${id}/close`, { token: adminToken });
  expect(closed).toMatchObject({
    status: 200,
    body: {
      status: 'closed',
      agents: ['ann', 'bob'],
      outcome: { trades: [{ buyer: 'bob', seller: 'ann', price: 10 }] },
    },
  });
  expect((await house.post(`/sessions/${id}/close`, { token: adminToken })).body).toEqual(closed.body);
  expect(await house.post(`/sessions/${id}/cancel`, { token: adminToken })).toMatchObject({
    status: 409,
    body: { code: 'session-over' },
  });
  expect(await house.post(`/sessions/${id}/join`, { token: joinToken, body: { agent: 'eve' } })).toMatchObject({
    status: 409,
    body: { code: 'session-over' },
  });
});

test('whoever lost the answer to its join gets the same place under its key, after a restart too, and nobody else does', async () => {
  const house = await openHouse();
  const { id, joinToken } = await house.make({ mechanism: book, agents: ['ann'], entry: 'open' });
  const comeIn = (at: typeof house, key: string, agent = 'bob') =>
    at.post(`/sessions/${id}/join`, { token: joinToken, headers: { 'idempotency-key': key }, body: { agent } });
  const first = await comeIn(house, 'mine');
  expect(first.status).toBe(201);
  const again = await house.restart();
  expect(await comeIn(again, 'mine')).toMatchObject({ status: 201, body: first.body });
  for (const [key, agent] of [
    ['yours', 'bob'],
    ['mine', 'ann'],
  ] as const)
    expect(await comeIn(again, key, agent)).toMatchObject({ status: 409, body: { code: 'duplicate-agent' } });
  expect(await comeIn(again, '')).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  await again.post(`/sessions/${id}/close`, { token: adminToken });
  const { body: journal } = await again.get(`/sessions/${id}/journal`, adminToken);
  expect(journal.match(/"kind":"joined"/g)).toHaveLength(1);
  expect(journal).not.toContain('"mine"');
});

test('a session that is called off stays so', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  expect(await house.post(`/sessions/${id}/cancel`, { token: adminToken })).toMatchObject({
    status: 200,
    body: { status: 'cancelled' },
  });
  const again = await house.restart();
  expect((await again.get(`/sessions/${id}`)).body).toMatchObject({
    status: 'cancelled',
    head: expect.stringMatching(/^\w{64}$/),
  });
  expect((await say(again, id, tokens.ann, { message: { bid: 1 } })).body).toMatchObject({ code: 'late-message' });
  expect((await again.get(`/sessions/${id}/ask?wait=5`, tokens.ann)).status).toBe(204);
  const told = await allOf(again.events(`/sessions/${id}/events`));
  expect(told.at(-1)?.data).toMatchObject({ kind: 'failed', error: { code: 'aborted' } });
  expect((await again.post(`/sessions/${id}/close`, { token: adminToken })).status).toBe(409);
});

test('a round with a deadline is open until then for whoever thinks again, and no longer', {
  tags: ['long'],
}, async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'], within: 5_000 });
  const { body } = await house.get(`/sessions/${id}/ask`, tokens.ann);
  expect(Date.parse(body.closesAt)).toBe(Date.parse((await house.get(`/sessions/${id}`)).body.closesAt));
  await say(house, id, tokens.ann, { message: { bid: 5 } });
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  expect((await house.get(`/sessions/${id}`)).body.outcome).toMatchObject({ winner: 'ann' });
});

test('what is wrong in a request is said with its code, its path and the fix, and makes nothing', async () => {
  const house = await openHouse();
  const make = (body: unknown) => house.post('/sessions', { token: adminToken, body });
  const wrong: readonly (readonly [unknown, string, unknown])[] = [
    [{ mechanism: 'auction-sealed/second-prize', agents: ['ann'] }, 'unknown-mechanism', expect.anything()],
    [{ mechanism: vickrey, agents: ['ann', 'ann'] }, 'duplicate-agent', ['agents', 1]],
    [{ mechanism: vickrey, agents: ['ann'], settings: { reserved: 3 } }, 'unknown-key', ['settings', 'reserved']],
    [{ mechanism: vickrey, agents: ['ann'], agent: [] }, 'unknown-key', ['agent']],
    [
      { mechanism: clock, settings: { startingPrice: 0, increment: 1 }, agents: ['ann'], entry: 'open' },
      'closed-entry',
      ['agents'],
    ],
    [{ mechanism: vickrey, agents: ['ann'], closesAt: 'tomorrow' }, 'invalid-deadline', ['closesAt']],
    ['{"mechanism":', 'invalid-json', []],
    [`${'['.repeat(101)}${']'.repeat(101)}`, 'invalid-json', []],
    ['', 'invalid-scenario', expect.anything()],
  ];
  for (const [body, code, path] of wrong) {
    const answer = await make(body);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 400, body: { code, path } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  }
  expect((await house.get('/sessions')).body).toEqual([]);
  expect(await house.get('/sessions/none')).toMatchObject({ status: 404, body: { code: 'unknown-session' } });
  expect(await house.get('/nowhere')).toMatchObject({ status: 404, body: { code: 'unknown-path' } });
});

test('scenarios are played, and mechanisms are described, for everybody', async () => {
  const house = await openHouse();
  const scenario = { mechanism: vickrey, reports: { ann: { bid: 10 }, bob: { bid: 15 } } };
  const { status, body } = await house.post('/runs', { body: scenario });
  expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(mechaneForTests().runScenario(scenario)))]);
  expect(await house.post('/runs', { body: { ...scenario, reports: { ann: { bid: -1 } } } })).toMatchObject({
    status: 400,
    body: { path: ['reports', 'ann', 'bid'] },
  });
  const { body: list } = await house.get('/mechanisms');
  expect(list.find((each: { id: string }) => each.id === vickrey)).toMatchObject({
    package: '@mechane/auction-sealed',
    claimedAt: {},
  });
  expect((await house.get(`/mechanisms/${vickrey}`)).body).toMatchObject({
    id: vickrey,
    message: { type: 'object' },
    tool: {},
  });
  expect(await house.get('/mechanisms/auction-sealed/none')).toMatchObject({
    status: 404,
    body: { code: 'unknown-mechanism' },
  });
  expect((await house.get('/health')).body).toEqual({ status: 'ok' });
  expect((await house.get('/')).body).toContain('openapi.json');
  const { body: openapi } = await house.get('/openapi.json');
  expect(openapi.openapi).toMatch(/^3\.1/);
  expect(Object.keys(openapi.paths)).toContain('/sessions/{session}/messages');
});

test('a session whose mechanism is not there any more waits for it, and the others go on', async () => {
  const house = await openHouse();
  const sealed = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const english = await house.make({
    mechanism: clock,
    settings: { startingPrice: 0, increment: 1 },
    agents: ['ann', 'bob'],
  });
  const errors: unknown[] = [];
  const poorer = await house.restart({
    mechane: createMechane().use(sealedAuctions) as object as Mechane<Mechanism>,
    onError: (error) => errors.push(error),
  });
  expect(errors).toMatchObject([{ code: 'unknown-mechanism' }]);
  expect((await say(poorer, sealed.id, sealed.tokens.ann, { message: { bid: 3 } })).status).toBe(201);
  expect(await say(poorer, english.id, english.tokens.ann, { message: 'in' })).toMatchObject({
    status: 503,
    body: { code: 'unavailable' },
  });
  expect((await poorer.get('/sessions')).body.map(({ status }: { status: string }) => status)).toEqual([
    'open',
    'open',
  ]);
  const whole = await poorer.restart({ mechane: mechaneForTests() });
  expect((await say(whole, english.id, english.tokens.ann, { message: 'in' })).status).toBe(201);
});

test('the bodies that the description shows are taken, and each event is described as it is sent', async () => {
  const house = await openHouse();
  const { paths } = (await house.get('/openapi.json')).body;
  const shown = (path: string) => paths[path].post.requestBody.content['application/json'].example;
  const { id, tokens } = await house.make({ ...shown('/sessions'), within: 600_000 });
  const said = await house.post(`/sessions/${id}/messages`, {
    token: tokens.ann,
    body: shown('/sessions/{session}/messages'),
  });
  expect([said.status, said.body.receipt.session]).toEqual([201, id]);
  const run = await house.post('/runs', { body: shown('/runs') });
  // Vickrey 1961: the winner pays the second highest bid.
  expect([run.status, run.body.outcome.winner, run.body.outcome.payment]).toEqual([200, 'bob', 12]);
  const open = await house.make({
    mechanism: 'auction-english/timed',
    settings: { duration: 600_000 },
    agents: [],
    entry: 'open',
  });
  const joined = await house.post(`/sessions/${open.id}/join`, {
    token: open.joinToken,
    body: shown('/sessions/{session}/join'),
  });
  expect(joined.status).toBe(201);
  const { schema } = paths['/sessions/{session}/events'].get.responses['200'].content['text/event-stream'];
  expect(Object.keys(schema.properties)).toEqual(['id', 'event', 'data']);
});

test('agents whose ids are whole numbers have the order in which they were given, after a restart, too', async () => {
  const house = await openHouse();
  const agents = ['7', '1042', '3'];
  const { id, tokens } = await house.make({ mechanism: vickrey, agents });
  expect((await house.get(`/sessions/${id}`)).body.agents).toEqual(agents);
  const again = await house.restart();
  expect((await again.get(`/sessions/${id}`)).body.agents).toEqual(agents);
  for (const agent of agents) await say(again, id, tokens[agent], { message: { bid: Number(agent) } });
  await expect.poll(async () => (await again.get(`/sessions/${id}`)).body.status).toBe('closed');
  // The highest bid wins, and pays the second highest.
  expect((await again.get(`/sessions/${id}`)).body).toMatchObject({ agents, outcome: { winner: '1042', payment: 7 } });
});

test('whoever looks at an auction that ends by itself is told when, as those are who bid in it', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({
    mechanism: 'auction-english/timed',
    settings: { duration: 600_000 },
    agents: ['ann'],
  });
  const asked = await house.get(`/sessions/${id}/ask?wait=5`, tokens.ann);
  const { closesAt } = (await house.get(`/sessions/${id}`)).body;
  expect(closesAt).toBe(asked.body.closesAt);
  expect(Date.parse(closesAt)).toBeGreaterThan(Date.now());
  const again = await house.restart();
  await expect.poll(async () => (await again.get(`/sessions/${id}`)).body.closesAt).toBe(closesAt);
});
