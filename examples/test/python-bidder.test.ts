import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { type Client, connect } from '@mechane/client';
import { createService, listen, openStore } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(new URL('../python/bidder.py', import.meta.url));
const adminToken = 'the token of the one who runs it all';
const isThere = spawnSync('python3', ['--version']).status === 0;
if (!isThere) console.warn('SKIPPED: there is no python3 on this machine, so the bidder in Python is not tried');

/** A service on loopback, on the way to which the answers to the first messages from Python are lost. */
async function houseThatLoses(answers: number): Promise<Client> {
  const store = await openStore('sqlite::memory:');
  const service = createService({ plugins: [sealedAuctions, englishAuctions], store, adminToken });
  let left = answers;
  const losing: typeof service.fetch = async (request, environment) => {
    const answer = await service.fetch(request, environment);
    const isItsOwn = request.headers.get('user-agent')?.startsWith('Python') && request.method === 'POST';
    if (!isItsOwn || left === 0) return answer;
    left -= 1;
    // Less than what was promised: the connection is lost in the middle.
    return new Response('{"receipt":', { headers: { 'content-length': '200', connection: 'close' } });
  };
  const { url, close } = await listen({ ...service, fetch: losing }, { port: 0 });
  onTestFinished(async () => {
    await close();
    await store.close();
  });
  return connect(url, { adminToken, pause: 1 });
}

/** What the program prints, line by line. */
function bidder(url: string, token = '', value: number): Promise<readonly string[]> {
  const running = spawn('python3', [program, url, String(value)], {
    env: { ...process.env, MECHANE_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void running.kill());
  let [said, wrong] = ['', ''];
  running.stdout.on('data', (text) => {
    said += text;
  });
  running.stderr.on('data', (text) => {
    wrong += text;
  });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (code) =>
      code === 0 && wrong === '' ? resolve(said.trim().split('\n')) : reject(new Error(wrong)),
    );
  });
}

test.skipIf(!isThere)('a program in Python wins a clock among others, though answers to it are lost', async () => {
  const client = await houseThatLoses(2);
  const making = { mechanism: 'auction-english/clock', settings: { startingPrice: 0, increment: 1 } };
  const { agents, url, id } = await client.create({ ...making, agents: ['ann', 'snake'] });
  const ann = client.play(agents.ann?.token ?? '', ({ price }: { price: number }) => (price <= 2 ? 'in' : 'out'));
  const lines = await bidder(url, agents.snake?.token, 5);
  const { outcome } = await ann;
  // Ann leaves when the price has passed 2.
  expect(outcome).toMatchObject({ winner: 'snake', payment: 3 });
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual(outcome);
  // Whatever was said twice counts once.
  const heard: number[] = [];
  for await (const event of client.events(id)) {
    if (event.kind === 'replied' && event.agent === 'snake') heard.push(event.id ?? -1);
  }
  expect(lines.slice(0, -1)).toEqual(heard.map((seq) => `entry ${seq} in`));
});

test.skipIf(!isThere)(
  'a program in Python bids its value in a sealed auction, and pays the second highest bid',
  async () => {
    const client = await houseThatLoses(0);
    const making = { mechanism: 'auction-sealed/second-price', agents: ['ann', 'snake'] };
    const { agents, url } = await client.create(making);
    const lines = bidder(url, agents.snake?.token, 15.5);
    await client.seat(agents.ann?.token ?? '').submit({ bid: 12 });
    expect(JSON.parse((await lines).at(-1) ?? '')).toMatchObject({ winner: 'snake', payments: { ann: 0, snake: 12 } });
  },
);

test.skipIf(!isThere)(
  'a program in Python leaves its maximum in an auction of a while, once',
  { tags: ['long'] },
  async () => {
    const client = await houseThatLoses(0);
    const making = { mechanism: 'auction-english/timed', settings: { duration: 600_000 }, agents: ['ann', 'snake'] };
    const { agents, url, id } = await client.create(making);
    await client.seat(agents.ann?.token ?? '').submit({ max: 12 });
    const lines = bidder(url, agents.snake?.token, 15.5);
    for await (const event of client.events(id)) {
      if (event.kind === 'replied' && event.agent === 'snake') break;
    }
    await client.close(id);
    const said = await lines;
    expect(said.filter((line) => line.startsWith('entry'))).toHaveLength(1);
    // A step above the second highest.
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ winner: 'snake', payment: 13 });
  },
);

test.skipIf(!isThere)('a program in Python says what the service has refused', async () => {
  const client = await houseThatLoses(0);
  const { agents, url } = await client.create({ mechanism: 'auction-sealed/second-price', agents: ['ann', 'snake'] });
  await expect(bidder(url, 'no token of this house', 3)).rejects.toThrow('unauthorized');
  expect(await client.seat(agents.ann?.token ?? '').ask()).toMatchObject({ round: 1 });
});
