import { listen, type ServiceOptions } from '@mechane/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, type House, mechaneForTests, openHouse } from './house.ts';

const vickrey = 'auction-sealed/second-price';
const clock = 'auction-english/clock';

interface Serving {
  readonly house: House;
  /** A model's client, with a token. */
  client(token: string): Promise<Client>;
}

async function serving(options: Partial<ServiceOptions> = {}): Promise<Serving> {
  const house = await openHouse(options);
  const { url, close } = await listen(house.service, { port: 0 });
  onTestFinished(close);
  return {
    house,
    async client(token) {
      const client = new Client({ name: 'a model', version: '1' });
      const requestInit = { headers: { authorization: `Bearer ${token}` } };
      await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));
      onTestFinished(() => client.close());
      return client;
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
async function called(client: Client, name: string, given: object = {}): Promise<any> {
  const {
    structuredContent,
    content,
    isError = false,
  } = await client.callTool({ name, arguments: given as Record<string, unknown> });
  // The same as text, for those who read nothing else.
  const [first] = content as readonly { readonly text: string }[];
  expect(JSON.parse(first?.text ?? '')).toEqual(structuredContent);
  return { ...(structuredContent as object), isError };
}

test('models play a clock by their tools, each for itself, to the end that their values lead to', {
  tags: ['long'],
}, async () => {
  const { house, client } = await serving();
  const values: Record<string, number> = { ann: 3, bob: 5, cat: 2 };
  const { tokens } = await house.make({
    mechanism: clock,
    settings: { startingPrice: 0, increment: 1 },
    agents: Object.keys(values),
  });
  const models = await Promise.all(
    Object.entries(tokens).map(async ([agent, token]) => [agent, await client(token)] as const),
  );
  for (let isOpen = true; isOpen; ) {
    for (const [agent, model] of models) {
      const ask = await called(model, 'get_ask', { wait: 0.2 });
      if (!ask.asked) continue;
      expect(ask.message).toMatchObject({ anyOf: [{ enum: ['in', 'out'] }, { type: 'object' }] });
      const message = ask.content.price <= (values[agent] ?? 0) ? 'in' : 'out';
      expect(await called(model, 'submit_message', { message, round: ask.round, key: `${ask.round}` })).toMatchObject({
        isError: false,
        receipt: { seq: expect.any(Number), signature: expect.any(String) },
      });
    }
    isOpen = (await called((models[0] as (typeof models)[0])[1], 'get_session')).status === 'open';
  }
  const [[, ann] = []] = models;
  expect(await called(ann as Client, 'get_session')).toMatchObject({ status: 'closed', outcome: { winner: 'bob' } });
});

test('the tools are those of the contract, each with an object at the root of its schema', async () => {
  const { client } = await serving();
  const { tools } = await (await client(adminToken)).listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual([
    'describe_mechanism',
    'get_ask',
    'get_session',
    'list_mechanisms',
    'run_scenario',
    'submit_message',
    'verify_claims',
  ]);
  for (const { inputSchema } of tools) {
    expect(inputSchema.type).toBe('object');
    for (const union of ['anyOf', 'oneOf', 'allOf']) expect(inputSchema).not.toHaveProperty(union);
  }
});

test('a model mends what it said by what the error says', async () => {
  const { house, client } = await serving();
  const { tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const ann = await client(tokens.ann as string);
  const wrong = await called(ann, 'submit_message', { message: { bit: 4 } });
  expect(wrong).toMatchObject({
    isError: true,
    code: 'unknown-key',
    path: ['messages', 'ann', 'bit'],
    fix: 'did you mean "bid"?',
  });
  expect(await called(ann, 'submit_message', { message: { bid: 4 } })).toMatchObject({ isError: false });
  expect(await called(ann, 'get_ask')).toMatchObject({ asked: false });
});

test('scenarios are played and mechanisms described as they are over HTTP; their rules are there to be read', async () => {
  const { house, client } = await serving();
  const model = await client(adminToken);
  const scenario = { mechanism: vickrey, reports: { ann: { bid: 10 }, bob: { bid: 15 } } };
  const { isError, ...result } = await called(model, 'run_scenario', scenario);
  expect([isError, result]).toEqual([false, JSON.parse(JSON.stringify(mechaneForTests().runScenario(scenario)))]);
  expect(await called(model, 'run_scenario', { ...scenario, report: {} })).toMatchObject({
    isError: true,
    code: 'unknown-key',
    path: ['report'],
  });
  const { body: list } = await house.get('/mechanisms');
  expect((await called(model, 'list_mechanisms')).mechanisms).toEqual(list);
  const { body: described } = await house.get(`/mechanisms/${vickrey}`);
  expect(await called(model, 'describe_mechanism', { id: vickrey })).toEqual({ isError: false, ...described });
  expect(await called(model, 'describe_mechanism', { id: '../health' })).toMatchObject({ isError: true });
  expect(await called(model, 'get_session', { session: '..' })).toMatchObject({
    isError: true,
    code: 'unknown-session',
  });
  const { resources } = await model.listResources();
  expect(resources.map(({ uri }) => uri)).toContain(`mechane://mechanisms/${vickrey}`);
  const { contents } = await model.readResource({ uri: `mechane://mechanisms/${vickrey}` });
  expect(JSON.parse((contents[0] as { text: string }).text)).toEqual(described);
  const { prompts } = await model.listPrompts();
  expect(prompts.map(({ name }) => name).sort()).toEqual(['auditor', 'bidder', 'designer']);
  for (const [name, given] of [
    ['bidder', { value: '7' }],
    ['designer', { purpose: 'desks' }],
    ['auditor', { session: 'x' }],
  ] as const) {
    const { messages } = await model.getPrompt({ name, arguments: given });
    expect(JSON.stringify(messages)).toContain(Object.values(given)[0]);
  }
});

test('claims are examined where the host offers it', async () => {
  const without = await serving();
  const plain = await without.client(adminToken);
  expect(await called(plain, 'verify_claims', { id: vickrey })).toMatchObject({ isError: true, code: 'not-offered' });
  const { client } = await serving({
    verify: async ({ id, runs }) => {
      mechaneForTests().untyped.mechanism(id);
      return { reports: [{ mechanism: id, runs }] };
    },
  });
  const model = await client(adminToken);
  expect(await called(model, 'verify_claims', { id: vickrey, runs: 3 })).toMatchObject({
    isError: false,
    reports: [{ mechanism: vickrey, runs: 3 }],
  });
  expect(await called(model, 'verify_claims', { id: 'none' })).toMatchObject({
    isError: true,
    code: 'unknown-mechanism',
    expected: expect.stringContaining(vickrey),
  });
});

test('without a token there are no tools, and a token opens nothing that it does not open elsewhere', async () => {
  const { house, client } = await serving();
  await expect(client('guessed')).rejects.toThrow();
  expect((await house.post('/mcp', { body: {} })).status).toBe(401);
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const other = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const stranger = await client(other.tokens.ann as string);
  expect(await called(stranger, 'submit_message', { session: id, message: { bid: 1 } })).toMatchObject({
    isError: true,
    code: 'not-yours',
  });
  expect(await called(stranger, 'get_session', { session: id })).toMatchObject({ isError: true, code: 'not-yours' });
  const ann = await client(tokens.ann as string);
  expect(await called(ann, 'get_session')).toMatchObject({ id, isError: false });
  const admin = await client(adminToken);
  expect(await called(admin, 'get_session')).toMatchObject({ isError: true, code: 'unknown-session' });
  expect(await called(admin, 'submit_message', { session: id, message: { bid: 1 } })).toMatchObject({
    isError: true,
    code: 'not-yours',
  });
});
