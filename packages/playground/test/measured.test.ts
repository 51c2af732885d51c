import { sealedAuctions } from '@mechane/auction-sealed';
import { connect } from '@mechane/client';
import { createService, openStore } from '@mechane/server';
import { expect, test } from 'vitest';
import { countedIn, measuredBetween } from '../src/live/measured.ts';

test('what a service counts is read: sessions, messages, and how long they took', async () => {
  const store = await openStore('sqlite::memory:');
  const service = createService({ plugins: [sealedAuctions], store, adminToken: 'secret' });
  const fetch = (url: string, init?: RequestInit): Promise<Response> => service.fetch(new Request(url, init));
  const metrics = async () => countedIn(await (await fetch('http://house.example/metrics')).text());
  const before = await metrics();
  const client = connect('http://house.example', { adminToken: 'secret', fetch });
  const { agents } = await client.create({ mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'] });
  await client.seat(agents.ann?.token ?? '').submit({ bid: 9 });
  const now = await metrics();
  expect(now).toMatchObject({ sessions: 1, streams: 0, accepted: 1 });
  const measured = measuredBetween(before, now, 2);
  expect(measured).toMatchObject({ sessions: 1, streams: 0, messagesPerSecond: 0.5 });
  // The one message took less than a test may take.
  expect(measured.p99).toBeGreaterThan(0);
  await service.close();
  await store.close();
});

test('of a hundred messages, what is said of ninety-nine does not depend on the slowest', () => {
  const counted = (fast: number, slow: number) => ({
    sessions: 1,
    streams: 0,
    accepted: fast + slow,
    within: [
      [0.01, fast],
      [1, fast + slow],
      [Number.POSITIVE_INFINITY, fast + slow],
    ] as const,
  });
  expect(measuredBetween(counted(0, 0), counted(99, 1), 10).p99).toBe(0.01);
  expect(measuredBetween(counted(0, 0), counted(98, 2), 10).p99).toBe(1);
  // What came before is not counted again.
  expect(measuredBetween(counted(98, 2), counted(198, 2), 10)).toMatchObject({ p99: 0.01, messagesPerSecond: 10 });
  // A service that has started anew counts from nothing.
  expect(measuredBetween(counted(98, 2), counted(5, 0), 10).messagesPerSecond).toBe(0.5);
  expect(measuredBetween(counted(5, 0), counted(5, 0), 10).p99).toBeUndefined();
});
