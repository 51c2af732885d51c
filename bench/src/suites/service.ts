// npm run bench -- service: acknowledged messages over HTTP, beside the bare store and bare HTTP. With MECHANE_POSTGRES=postgres://…, on Postgres too.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@mechane/server';
import { growth } from '../service-growth.ts';
import { adminToken, ask, clock, connections, each, lanes, type Made, say, shareOf, started } from '../service-load.ts';
import { streams } from '../service-streams.ts';
import type { Table } from '../table.ts';

const sessions = 1_000;
const agents = ['ann', 'bob', 'cat', 'dan', 'eve'];
const rounds = 5;

export async function* run(): AsyncGenerator<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'mechane-bench-'));
  try {
    const inFile = (part: string): string => `sqlite:${join(folder, `${part}.db`)}`;
    yield await measured('SQLite, synced', inFile);
    const { MECHANE_POSTGRES: postgres } = process.env;
    if (postgres !== undefined) yield await measured('Postgres', () => postgres);
    yield await streams(inFile('streams'));
    yield await growth(inFile('growth'));
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

async function auctions(url: string): Promise<{ perSecond: number; p50: number; p99: number; most: number }> {
  const made: Made[] = [];
  await each(sessions, lanes, async () => {
    made.push(await clock(url, agents));
  });
  const took: number[] = [];
  const began = performance.now();
  await each(sessions, lanes, async (index) => {
    const { id, agents: tokens } = made[index] as Made;
    for (let round = 1; round <= rounds; round++) {
      await Promise.all(
        Object.values(tokens).map(async ({ token }, place) => {
          const message = round < rounds || place === 0 ? 'in' : 'out';
          const from = performance.now();
          await say(url, id, token, message, round);
          took.push(performance.now() - from);
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
  return {
    perSecond: took.length / seconds,
    p50: shareOf(took, 0.5),
    p99: shareOf(took, 0.99),
    most: shareOf(took, 1),
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
