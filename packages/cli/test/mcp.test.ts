import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { mechane } from './command.ts';
import { entry } from './process.ts';
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
