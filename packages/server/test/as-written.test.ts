import { definePlugin, directMechanism } from '@mechane/core';
import { createService, type Places } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { adminToken, type House, mechaneForTests, openHouse } from './house.ts';

const vickrey = 'auction-sealed/second-price';
const proxy = 'auction-english/proxy';

/** Numbers of which a double keeps something else, with what it keeps. */
const rounded = [
  ['9007199254740993', 9007199254740992],
  ['0.12345678901234567890', 0.12345678901234568],
  ['1234567890.12345671', 1234567890.1234567],
  ['1e-400', 0],
] as const;

const refused = (path: readonly (string | number)[], kept: number) => ({
  code: 'imprecise-amount',
  path,
  fix: kept > 2 ** 52 ? 'count in a larger unit, or give it as text' : `write ${kept}, or count in another unit`,
});

/** A call of a tool, as a client writes it. */
async function called(house: House, tool: string, given: string, token = adminToken): Promise<unknown> {
  const { body } = await house.post('/mcp', {
    token,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"${tool}","arguments":${given}}}`,
  });
  // An answer is JSON, or an event with one line of it.
  const answer = typeof body === 'string' ? JSON.parse(/^data: (.*)$/m.exec(body)?.[1] ?? '') : body;
  expect(answer).toMatchObject({ jsonrpc: '2.0', id: 7 });
  const { isError = false, structuredContent, content } = answer.result;
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  return { isError, ...structuredContent };
}

test.each(rounded)(
  '%s, which no double stands for, is refused wherever it is said, and changes nothing',
  async (written, kept) => {
    const house = await openHouse();
    const scenario = `{"mechanism":"${vickrey}","reports":{"ann":{"bid":1},"7":{"bid":${written}}}}`;
    expect(await house.post('/runs', { body: scenario })).toMatchObject({
      status: 400,
      body: refused(['reports', '7', 'bid'], kept),
    });
    expect(await called(house, 'run_scenario', scenario)).toMatchObject({
      isError: true,
      ...refused(['reports', '7', 'bid'], kept),
    });
    const making = `{"mechanism":"${vickrey}","agents":["ann"],"settings":{"reserve":${written}}}`;
    expect(await house.post('/sessions', { token: adminToken, body: making })).toMatchObject({
      status: 400,
      body: refused(['settings', 'reserve'], kept),
    });
    const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
    const message = `{"message":{"bid":${written}}}`;
    expect(await house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: message })).toMatchObject({
      status: 400,
      body: refused(['message', 'bid'], kept),
    });
    expect(await called(house, 'submit_message', message, tokens.ann)).toMatchObject({
      isError: true,
      ...refused(['message', 'bid'], kept),
    });
    const request = {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}` },
      body: `{"budget":${written}}`,
    };
    const response = await house.service.fetch(new Request('http://house.test/accounts/acme', request));
    expect([response.status, await response.json()]).toMatchObject([400, refused(['budget'], kept)]);
    expect((await house.get(`/sessions/${id}`)).body).toMatchObject({ status: 'open', round: 1 });
    expect((await house.get('/sessions')).body).toHaveLength(1);
  },
);

test('a number beyond all that a double holds is refused where anything may be said, not kept as nothing', async () => {
  const house = await openHouse();
  const making = (rest: string): string => `{"mechanism":"${vickrey}",${rest}}`;
  const bodies = [
    [making('"agents":["ann"],"note":{"limits":[1,1e999]}'), ['note']],
    [making('"agents":[{"id":"ann","told":-1e999}]'), ['agents', 0, 'told']],
  ] as const;
  for (const [body, path] of bodies)
    expect(await house.post('/sessions', { token: adminToken, body })).toMatchObject({
      status: 400,
      body: { code: 'invalid-scenario', path, fix: expect.stringContaining('finite numbers') },
    });
  const scenario = making('"reports":{"ann":{"bid":3,"value":1e999}}');
  expect((await house.post('/runs', { body: scenario })).body).toMatchObject({ path: ['reports', 'ann', 'value'] });
});

test('a number that is handed to the service that holds the session is the one that was written', async () => {
  const house = await openHouse();
  const handed: string[] = [];
  const places: Places = {
    ask: async (_, request) => {
      handed.push(await request.clone().text());
      return holder.here(request);
    },
  };
  const holder = createService({ mechane: mechaneForTests(), adminToken, store: house.store, places });
  onTestFinished(() => holder.close());
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const said = async (body: string): Promise<readonly [number, unknown]> => {
    const headers = { authorization: `Bearer ${tokens.ann}` };
    const url = `http://house.test/sessions/${id}/messages`;
    const response = await holder.fetch(new Request(url, { method: 'POST', headers, body }));
    return [response.status, await response.json()];
  };
  expect(await said(' { "message": { "bid": 9007199254740993 } } ')).toMatchObject([
    400,
    refused(['message', 'bid'], 9007199254740992),
  ]);
  expect(JSON.parse(handed.at(-1) ?? '')).toEqual({ key: expect.any(String), message: expect.anything() });
  expect(handed.at(-1)).toContain('"bid": 9007199254740993');
});

test('a key that stands twice is refused with its path: of two bids of one agent, none is passed over', async () => {
  const house = await openHouse();
  const twice = (path: readonly (string | number)[]) => ({ code: 'duplicate-key', path, fix: 'remove one of the two' });
  const scenario = `{"mechanism":"${vickrey}","reports":{"ann":{"bid":1},"bob":{"bid":2},"ann":{"bid":3}}}`;
  expect(await house.post('/runs', { body: scenario })).toMatchObject({ status: 400, body: twice(['reports', 'ann']) });
  expect(await called(house, 'run_scenario', scenario)).toMatchObject({ isError: true, ...twice(['reports', 'ann']) });
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann'] });
  const message = '{"message":{"bid":1,"b\\u0069d":2}}';
  expect(await house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: message })).toMatchObject({
    status: 400,
    body: twice(['message', 'bid']),
  });
  expect(await called(house, 'submit_message', message, tokens.ann)).toMatchObject(twice(['message', 'bid']));
});

test('the agents of a scenario arrive in the order of its text, whatever their names look like', async () => {
  const house = await openHouse();
  const play = (reports: string): string =>
    `{"mechanism":"${proxy}","settings":{"startingPrice":1,"increment":1},"reports":${reports}}`;
  const texts = [
    ['1042', play('{"1042":{"value":5},"7":{"value":5}}')],
    ['7', play('{"7":{"value":5},"1042":{"value":5}}')],
    ['bob', play('{"bob":{"value":5},"7":{"value":5},"ann":{"value":5}}')],
    ['1042', play('[["1042",{"value":5}],["7",{"value":5}]]')],
  ] as const;
  // Of equal maxima, the earlier one wins.
  for (const [winner, body] of texts) {
    expect((await house.post('/runs', { body })).body).toMatchObject({ outcome: { winner } });
    expect(await called(house, 'run_scenario', body)).toMatchObject({ isError: false, outcome: { winner } });
  }
});

test('the players of a table are those of the text, in a session too, and after a restart', async () => {
  const players = directMechanism({
    id: 'acme/players',
    summary: 'Says in which order the players of a table stand',
    settings: z.strictObject({
      strategies: z.union([z.record(z.string(), z.unknown()), z.array(z.tuple([z.string(), z.unknown()]))]),
    }),
    report: z.strictObject({}),
    outcome: z.strictObject({ players: z.array(z.string()) }),
    decide: (_, { settings: { strategies } }) => ({
      players: Array.isArray(strategies) ? strategies.map(([player]) => player) : Object.keys(strategies),
    }),
    claims: [],
  });
  const acme = definePlugin({ name: 'acme', version: '1.0.0', mechanisms: [players] });
  const house = await openHouse({ mechane: mechaneForTests().use(acme) as ReturnType<typeof mechaneForTests> });
  const play = (rest: string): string =>
    `{"mechanism":"acme/players","settings":{"strategies":{"10":["up"],"2":["left"],"x":[]}},${rest}}`;
  const outcome = { players: ['10', '2', 'x'] };
  const scenario = play('"reports":{"ann":{}}');
  expect((await house.post('/runs', { body: scenario })).body).toMatchObject({ outcome });
  expect(await called(house, 'run_scenario', scenario)).toMatchObject({ outcome });
  const made = await house.post('/sessions', { token: adminToken, body: play('"agents":["ann"]') });
  expect(made.status).toBe(201);
  const { id, agents } = made.body;
  const again = await house.restart();
  await again.post(`/sessions/${id}/messages`, { token: agents.ann.token, body: { message: {} } });
  await expect.poll(async () => (await again.get(`/sessions/${id}`)).body).toMatchObject({ outcome });
});
