import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';
import { joinOnEffect } from '../src/engine/effect-node.ts';
import type { Node, SessionDesk } from '../src/engine/engine.ts';
import { freePort } from '../src/free-port.ts';
import { engineFolder, hasEngine } from './nodes.ts';

/** A desk where whoever follows is told one thing, and then nothing more, whatever happens. */
function silentDesk(): SessionDesk & { readonly followed: AbortSignal[] } {
  const followed: AbortSignal[] = [];
  return {
    followed,
    answer: async () => 'answered',
    async *follow(_, __, signal) {
      followed.push(signal);
      yield 'said';
      await new Promise(() => {});
    },
    released: () => {},
  };
}

describe.runIf(hasPostgres && hasEngine)('what others follow at a node, where nothing more is ever said', () => {
  let postgres: PrivatePostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** Two nodes, and sessions that the first holds. */
  async function twoNodes(): Promise<{
    desk: ReturnType<typeof silentDesk>;
    first: Node;
    other: Node;
    held: string[];
  }> {
    const join = async (sessions: SessionDesk): Promise<Node> => {
      const address = { host: '127.0.0.1', port: await freePort('127.0.0.1') };
      const node = await joinOnEffect({ database: postgres.url, address, from: engineFolder }, { sessions });
      onTestFinished(() => Promise.race([node.close(), pause(10_000)]));
      return node;
    };
    const desk = silentDesk();
    const first = await join(desk);
    const other = await join(silentDesk());
    const ids = Array.from({ length: 40 }, (_, number) => `session ${number}`);
    const heldByFirst = (): string[] => ids.filter((id) => first.holds(id) && !other.holds(id));
    await vi.waitUntil(() => heldByFirst().length >= 5 && other.holdings().includes('1'), { timeout: 30_000 });
    return { desk, first, other, held: heldByFirst().slice(0, 5) };
  }

  /** Follows a session at the other node until the signal, and has been told all that is ever said. */
  async function followed(node: Node, id: string, signal: AbortSignal): Promise<void> {
    const told = node.follow(id, 'follow', signal)[Symbol.asyncIterator]();
    expect(await told.next()).toEqual({ done: false, value: 'said' });
    told.next().catch(() => {});
  }

  test('is given up there as soon as nobody follows it any more', { tags: ['long'] }, async () => {
    const { desk, other, held } = await twoNodes();
    const stop = new AbortController();
    for (const id of held) await followed(other, id, stop.signal);
    expect(desk.followed.map(({ aborted }) => aborted)).toEqual(held.map(() => false));
    stop.abort();
    await vi.waitUntil(() => desk.followed.every(({ aborted }) => aborted), { timeout: 10_000 });
  });

  test('does not keep the node from leaving', { tags: ['long'] }, async () => {
    const { first, other, held } = await twoNodes();
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    for (const id of held) await followed(other, id, stop.signal);
    const ended = first.close().then(() => 'ended');
    expect(await Promise.race([ended, pause(20_000, 'still there')])).toBe('ended');
  });
});
