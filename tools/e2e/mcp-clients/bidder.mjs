// Bids by the tools of a service, with @modelcontextprotocol/sdk 1.x, which is installed where this is copied to: says as JSON what it has seen on the way.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [, , url, bid] = process.argv;
const headers = { authorization: `Bearer ${process.env.MECHANE_TOKEN}` };
const client = new Client({ name: 'a model', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }));

/**
 * @param {string} name
 * @param {object} given
 */
async function call(name, given) {
  const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: given });
  assert.deepEqual(JSON.parse(content[0].text), structuredContent);
  return { told: structuredContent, isError };
}

const { tools } = await client.listTools();
const { resources } = await client.listResources();
const { contents } = await client.readResource({ uri: resources[0].uri });
const { prompts } = await client.listPrompts();
const { messages } = await client.getPrompt({ name: 'bidder', arguments: { value: bid } });
const { told: ask } = await call('get_ask', { wait: 10 });
const wrong = await call('submit_message', { message: { bid: 'much' }, round: ask.round, key: 'one' });
const right = await call('submit_message', { message: { bid: Number(bid) }, round: ask.round, key: 'two' });
const seen = {
  tools: tools.map(({ name }) => name).sort(),
  resources: resources.map(({ uri }) => uri),
  rules: JSON.parse(contents[0].text).id,
  prompts: prompts.map(({ name }) => name).sort(),
  prompt: messages.length,
  refusal: wrong.isError ? wrong.told : null,
  receipt: right.isError ? null : right.told.receipt,
};
await client.close();
console.log(JSON.stringify(seen));
