import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sealedAuctions } from '@mechane/auction-sealed';
import { ClockService, createMechane, provide, testClock } from '@mechane/core';
import type { Table } from './table.ts';

const mechane = createMechane().use(sealedAuctions);
const agents = 10;
const names = Array.from({ length: agents }, (_, index) => `agent${index}`);
const external = Object.fromEntries(names.map((name) => [name, 'external' as const]));
const answering = Object.fromEntries(names.map((name, index) => [name, async () => ({ bid: index })]));

/** Sessions among live agents: how many replies they take a second, what they weigh, and what they leave behind. */
export async function liveSessions(): Promise<Table> {
  await openAndAnswer(1000);
  const { perSecond, bytesPerSession } = await openAndAnswer(10_000);
  const { bytesEach, inOrder } = await weeksAway(100_000);
  const before = await heapAfter(20_000);
  const after = await heapAfter(980_000);
  return {
    title: 'Live sessions of 10 agents, one core',
    columns: ['what', 'value'],
    rows: [
      ['replies a second, 10,000 sessions open at once', Math.round(perSecond)],
      ['kB a session while it waits', bytesPerSession / 1000],
      ['kB a session of one agent, 100,000 open at once, with deadlines weeks away', bytesEach / 1000],
      ['sessions that closed in the order of their deadlines', inOrder],
      ['heap in MB after 20,000 sessions of 2 agents', before / 1e6],
      ['heap in MB after 1,000,000 sessions of 2 agents', after / 1e6],
    ],
    goals: [
      { what: 'replies a second', measured: Math.round(perSecond), atLeast: 100_000 },
      { what: 'kB a session', measured: bytesPerSession / 1000, atMost: 8 },
      { what: 'heap after 1,000,000 sessions over heap after 20,000', measured: after / before, atMost: 1.05 },
    ],
  };
}

/** Opens sessions, weighs them, lets every agent answer in every session and waits for all outcomes. */
async function openAndAnswer(sessions: number): Promise<{ perSecond: number; bytesPerSession: number }> {
  const empty = collectedHeap();
  const opened = performance.now();
  const open = Array.from({ length: sessions }, () =>
    mechane.open('auction-sealed/second-price', { agents: external }),
  );
  await turn();
  const opening = performance.now() - opened;
  const bytesPerSession = (collectedHeap() - empty) / sessions;
  const answered = performance.now();
  for (const [index, name] of names.entries()) for (const session of open) session.submit(name, { bid: index });
  await Promise.all(open.map(({ outcome }) => outcome));
  const seconds = (opening + performance.now() - answered) / 1e3;
  return { perSecond: (sessions * agents) / seconds, bytesPerSession };
}

/** Sessions whose deadlines are weeks away, by a clock that is moved to each: what they weigh, and whether the right one closes first. */
async function weeksAway(sessions: number): Promise<{ bytesEach: number; inOrder: number }> {
  const clock = testClock();
  const house = createMechane({ services: [provide(ClockService, () => clock)] }).use(sealedAuctions);
  const week = 7 * 86_400_000;
  const closed: number[] = [];
  const empty = collectedHeap();
  const open = Array.from({ length: sessions }, (_, index) => {
    const within = 3 * week + ((index * 7_919) % sessions);
    const session = house.open('auction-sealed/second-price', { agents: { agent0: 'external' }, within });
    session.result.then(() => closed.push(within));
    return session;
  });
  await turn();
  const bytesEach = (collectedHeap() - empty) / sessions;
  clock.advance(3 * week + sessions);
  await Promise.all(open.map(({ outcome }) => outcome));
  const inOrder = closed.filter((within, index) => index === 0 || within >= (closed[index - 1] ?? 0)).length;
  return { bytesEach, inOrder };
}

async function heapAfter(sessions: number): Promise<number> {
  const { agent0, agent1 } = answering as {
    agent0: () => Promise<{ bid: number }>;
    agent1: () => Promise<{ bid: number }>;
  };
  const batch = 500;
  for (let done = 0; done < sessions; done += batch) {
    const open = Array.from({ length: batch }, () =>
      mechane.open('auction-sealed/second-price', { agents: { agent0, agent1 } }),
    );
    await Promise.all(open.map(({ outcome }) => outcome));
  }
  await turn();
  return collectedHeap();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function collectedHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
