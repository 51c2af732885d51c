import { expect, test } from 'vitest';
import { pastReceipt } from '../src/sessions/past-receipt.ts';
import type { EndedSession } from '../src/sessions/sessions.ts';
import { type Told, toldEvents } from '../src/sessions/told-events.ts';
import type { Store } from '../src/store/store.ts';
import { openHouse } from './house.ts';

const entries = [
  { kind: 'opened', mechanism: 'acme/rule', participants: ['ann', 'bob'] },
  { kind: 'asked', round: 1, agents: ['ann', 'bob'], closesAt: null },
  { kind: 'message', round: 1, agent: 'ann', message: 1, key: 'mine' },
  { kind: 'withdrawn', round: 1, agent: 'ann' },
  { kind: 'joined', agent: 'cat' },
  { kind: 'message', round: 1, agent: 'bob', message: 2 },
  { kind: 'closing' },
  { kind: 'round-closed', round: 1 },
  { kind: 'closed', outcome: { allocation: { bob: 1, ann: 1 }, payments: { bob: 7 } } },
];
const lines = entries.map((entry, seq) => JSON.stringify({ seq, at: 5, hash: `h${seq}`, ...entry }));
const store = { read: async (_id: string, from = 0) => lines.slice(from) } as object as Store;
const session = {
  id: 'lot',
  making: { mechanism: 'acme/rule', agents: ['ann', 'bob'] },
  how: { status: 'closed', round: 1, agents: ['ann', 'bob', 'cat'], head: 'h8' },
} as object as EndedSession;

async function told(after: number): Promise<readonly Told[]> {
  const events: Told[] = [];
  const frames = toldEvents(store, session, { kind: 'public' }, after, new AbortController().signal);
  for await (const { event } of frames) events.push(event);
  return events;
}

test('a journal tells who joined, who took back what it said, how many had answered, and who got what', async () => {
  const events = await told(-1);
  expect(events.map(({ kind }) => kind)).toEqual([
    'opened',
    'asked',
    'replied',
    'withdrawn',
    'joined',
    'replied',
    'round-closed',
    'sold',
    'sold',
    'finished',
  ]);
  expect(events[6]).toMatchObject({ replies: 1 });
  expect(events.slice(7, 9)).toMatchObject([
    { agent: 'bob', payment: 7 },
    { agent: 'ann', payment: 0 },
  ]);
  expect(await told(5)).toEqual(events.slice(6));
});

test('a receipt of a journal that is not signed has no signature', () => {
  expect(pastReceipt('lot', lines, 'ann', 'mine', 1)).toEqual({ session: 'lot', seq: 2, at: 5, hash: 'h2' });
  expect(pastReceipt('lot', lines, 'bob', 'mine', 1)).toBeUndefined();
});

test('whoever follows quietly is told of its own answers and not of those of others, now and after a restart', async () => {
  const before = await openHouse();
  const { id, tokens } = await before.make({ mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'] });
  const heard: string[] = [];
  const following = (async () => {
    for await (const { data } of before.events(`/sessions/${id}/events?quiet=true`, tokens.ann))
      heard.push(data.kind === 'replied' ? `${data.agent} replied` : data.kind);
  })();
  for (const agent of ['bob', 'ann'])
    await before.post(`/sessions/${id}/messages`, { token: tokens[agent], body: { message: { bid: 4 } } });
  await following;
  const after = await before.restart();
  const again: string[] = [];
  for await (const { data } of after.events(`/sessions/${id}/events?quiet=true`)) again.push(data.kind);
  expect(heard.filter((kind) => kind.includes('replied'))).toEqual(['ann replied']);
  expect(heard).toContain('finished');
  expect(again).not.toContain('replied');
  expect(again).toContain('finished');
});
