import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { mechane } from './command.ts';
import { ended, entry, start } from './process.ts';
import { project } from './project.ts';
import { serving } from './serving.ts';

const plugins = ['@mechane/auction-sealed', '@mechane/core', '@mechane/conformance', 'liar'];
const liar = 'liar/first-price';
const vickrey = 'auction-sealed/second-price';

/** A model's client of `mechane mcp`, as it is started by whoever runs the model. */
async function modelIn(cwd: string, ...options: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'a model', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [entry, 'mcp', ...options], cwd }));
  onTestFinished(() => client.close());
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
async function called(client: Client, name: string, given: Record<string, unknown> = {}): Promise<any> {
  const { structuredContent, isError = false } = await client.callTool({ name, arguments: given });
  return { ...(structuredContent as object), isError };
}

test('a model plays and examines the mechanisms of the project', { tags: ['long'] }, async () => {
  const cwd = project(plugins);
  const model = await modelIn(cwd);
  const { mechanisms } = await called(model, 'list_mechanisms');
  const { stdout } = await mechane(['list', '--json'], { cwd });
  expect(mechanisms).toEqual(JSON.parse(stdout));
  const scenario = { mechanism: vickrey, reports: { ann: { bid: 10 }, bob: { bid: 15 } } };
  expect(await called(model, 'run_scenario', scenario)).toMatchObject({
    isError: false,
    outcome: { winner: 'bob', payment: 10 },
  });
  const { reports } = await called(model, 'verify_claims', { id: liar, runs: 1 });
  expect(reports[0].laws).toContainEqual(expect.objectContaining({ law: 'strategy-proof', verdict: 'refuted' }));
  expect(await called(model, 'verify_claims', { id: 'auction-sealed/none' })).toMatchObject({
    isError: true,
    code: 'unknown-mechanism',
  });
});

test('a model takes part in a session of a service as whoever its token is for', { tags: ['long'] }, async () => {
  const cwd = project(plugins);
  const { url, token: admin } = await serving(cwd, '--store', 'sqlite::memory:');
  const made = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}` },
    body: JSON.stringify({ mechanism: vickrey, agents: ['ann', 'bob'] }),
  });
  const { id, agents } = await made.json();
  const models = await Promise.all(
    ['ann', 'bob'].map((agent) => modelIn(cwd, '--url', url, '--token', agents[agent].token)),
  );
  for (const [index, model] of models.entries()) {
    const ask = await called(model, 'get_ask', { wait: 1 });
    expect(ask).toMatchObject({ asked: true, round: 1, message: { type: 'object' } });
    expect(await called(model, 'submit_message', { message: { bid: 10 + index }, round: ask.round })).toMatchObject({
      isError: false,
      receipt: { session: id },
    });
  }
  const [ann] = models as [Client];
  await expect
    .poll(() => called(ann, 'get_session'))
    .toMatchObject({ status: 'closed', outcome: { winner: 'bob', payment: 10 } });
  expect((await called(ann, 'verify_claims', { id: liar, runs: 1 })).reports[0].mechanism).toBe(liar);
  expect(await called(ann, 'verify_claims', { id: 'none' })).toMatchObject({
    isError: true,
    code: 'unknown-mechanism',
  });
});

test('without a token, a model is let in nowhere', async () => {
  const cwd = project(plugins);
  const told = await mechane(['mcp', '--url', 'http://127.0.0.1:9'], { cwd });
  expect(told).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('missing-argument') });
});

test('over standard streams, too, numbers and the order of agents are as they were written', {
  tags: ['long'],
}, async () => {
  const child = start(['mcp'], { cwd: project(['@mechane/auction-english', '@mechane/core']) });
  const answers = ended(child);
  const call = (id: number, reports: string): string =>
    `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"run_scenario","arguments":` +
    `{"mechanism":"auction-english/proxy","settings":{"startingPrice":1,"increment":1},"reports":${reports}}}}`;
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a model', version: '1' } };
  const lines = [
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: hello }),
    '{"jsonrpc":"2.0","method":"notifications/initialized"}',
    call(2, '{"1042":{"value":5},"7":{"value":5}}'),
    call(3, '{"ann":{"value":9007199254740993},"bob":{"value":1}}'),
    'no JSON',
    call(4, '{"7":{"value":5},"1042":{"value":5}}'),
  ];
  const said: Record<number, unknown> = {};
  const isAllSaid = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      for (const line of text.split('\n').filter((each) => each !== '')) {
        const { id, result } = JSON.parse(line);
        said[id] = result;
      }
      if (Object.keys(said).length === 4) resolve();
    });
  });
  for (const line of lines) child.stdin?.write(`${line}\n`);
  await isAllSaid;
  child.stdin?.end();
  expect(await answers).toMatchObject({ exitCode: 0, stderr: '' });
  expect(said).toMatchObject({
    2: { structuredContent: { outcome: { winner: '1042' } } },
    3: {
      isError: true,
      structuredContent: {
        code: 'imprecise-amount',
        path: ['reports', 'ann', 'value'],
        fix: 'count in a larger unit, or give it as text',
      },
    },
    4: { structuredContent: { outcome: { winner: '7' } } },
  });
});
