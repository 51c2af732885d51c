// npm run bench -- service: acknowledged messages over HTTP, beside the bare store and bare HTTP. With MECHANE_POSTGRES=postgres://…, on Postgres too.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@mechane/server';
import type { Table } from '../table.ts';

const sessions = 1_000;
const agents = ['ann', 'bob', 'cat', 'dan', 'eve'];
const rounds = 5;
/** Sessions that are played at once, each by all of its agents. */
const lanes = 12;
const adminToken = 'the token of a benchmark';
const connections = new Agent({ keepAlive: true, maxSockets: lanes * agents.length });

export async function run(): Promise<readonly Table[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mechane-bench-'));
  try {
    const tables = [await measured('SQLite, synced', (part) => `sqlite:${join(folder, `${part}.db`)}`)];
    const { MECHANE_POSTGRES: postgres } = process.env;
    if (postgres !== undefined) tables.push(await measured('Postgres', () => postgres));
    return tables;
  } finally {
    connections.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(what: string, nameOf: (part: string) => string): Promise<Table> {
  const rows = await bareStore(nameOf('bare'));
  const house = await started(nameOf('service'));
  try {
    const bare = await bareHttp(house.url);
    const { perSecond, p50, p99, most } = await auctions(house.url);
    return {
      title: `A service on ${what}: ${sessions} clocks of ${agents.length} agents over ${rounds} rounds, load from a second process on loopback`,
      columns: ['what', 'value'],
      rows: [
        ['acknowledged messages a second', Math.round(perSecond)],
        ['milliseconds to a receipt: median', p50],
        ['milliseconds to a receipt: 99 of 100', p99],
        ['milliseconds to a receipt: longest', most],
        ['answers a second that touch no store', Math.round(bare)],
        ['rows a second of the bare store, 16 at once', Math.round(rows)],
      ],
      goals: [
        { what: 'acknowledged messages a second', measured: Math.round(perSecond), atLeast: 2_000 },
        { what: 'milliseconds to a receipt, 99 of 100', measured: p99, atMost: 100 },
      ],
    };
  } finally {
    await house.stop();
  }
}

async function started(store: string): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const child = fork(fileURLToPath(new URL('../service-house.js', import.meta.url)), [store, adminToken]);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const stop = (): Promise<unknown> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    return gone;
  };
  return { url, stop };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function ask(url: string, method: string, token: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asking = request(url, { method, headers, agent: connections }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Does something for each number, so many at once. */
async function each(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await act(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function auctions(url: string): Promise<{ perSecond: number; p50: number; p99: number; most: number }> {
  const settings = { startingPrice: 0, increment: 1 };
  const made: { id: string; agents: Record<string, { token: string }> }[] = [];
  await each(sessions, lanes, async () => {
    const { body } = await ask(`${url}/sessions`, 'POST', adminToken, {
      mechanism: 'auction-english/clock',
      settings,
      agents,
    });
    made.push(JSON.parse(body));
  });
  const took: number[] = [];
  const began = performance.now();
  await each(sessions, lanes, async (index) => {
    const { id, agents: tokens } = made[index] as (typeof made)[number];
    for (let round = 1; round <= rounds; round++) {
      await Promise.all(
        Object.values(tokens).map(async ({ token }, place) => {
          const message = round < rounds || place === 0 ? 'in' : 'out';
          const from = performance.now();
          const { status, body } = await ask(`${url}/sessions/${id}/messages`, 'POST', token, { message, round });
          took.push(performance.now() - from);
          if (status !== 201) throw new Error(`a message was refused: ${body}`);
        }),
      );
    }
  });
  const seconds = (performance.now() - began) / 1e3;
  for (const { id } of made.slice(-20)) {
    const { body } = await ask(`${url}/sessions/${id}`, 'GET', adminToken);
    const { status, outcome } = JSON.parse(body);
    if (status !== 'closed' || outcome.winner !== agents[0]) throw new Error(`an auction ended wrongly: ${body}`);
  }
  took.sort((one, other) => one - other);
  const at = (share: number): number => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10;
  return {
    perSecond: took.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    most: Math.round((took.at(-1) ?? 0) * 10) / 10,
  };
}

async function bareHttp(url: string): Promise<number> {
  const asked = 20_000;
  const began = performance.now();
  await each(asked, lanes * agents.length, async () => {
    await ask(`${url}/key`, 'GET', adminToken);
  });
  return (asked / (performance.now() - began)) * 1e3;
}

async function bareStore(name: string): Promise<number> {
  const store = await openStore(name);
  const [written, atOnce] = [20_000, 16];
  const line = 'x'.repeat(400);
  const session = `bare ${Date.now()}`;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      for (let seq = 0; seq < written / atOnce; seq++) await store.append(`${session} ${lane}`, seq, [line]);
    }),
  );
  const perSecond = (written / (performance.now() - began)) * 1e3;
  await store.close();
  return perSecond;
}
