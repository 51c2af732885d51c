import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { followedEvents } from '../src/followed-events.ts';
import { piecesOf } from '../src/join-cluster.ts';

const events = 'http://127.0.0.1/sessions/one/events';
const head = '\u0001{"status":200,"headers":[["content-type","text/event-stream"]]}';

/** A node where whoever follows is told the pieces, and then nothing, until the signal; after which it counts. */
function silentAfter(...pieces: string[]) {
  const state = { begun: 0, ended: 0 };
  async function* follow(_: string, __: string, signal: AbortSignal): AsyncGenerator<string> {
    state.begun++;
    try {
      yield* pieces;
      await new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    } finally {
      state.ended++;
    }
  }
  return { node: { follow }, state };
}

test('a node that leaves ends the streams that it brings from others, so that they are taken up elsewhere', async () => {
  const { node, state } = silentAfter(head, 'id: 1\ndata: {}\n\n');
  const leaving = new AbortController();
  const { body, status } = await followedEvents(node, 'one', new Request(events), leaving.signal);
  expect(status).toBe(200);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('id: 1\ndata: {}\n\n');
  const rest = reader.read();
  leaving.abort();
  expect(await rest).toEqual({ done: true, value: undefined });
  await pause(250);
  // Nobody asks others again on behalf of a node that has left.
  expect(state).toEqual({ begun: 1, ended: 1 });
});

test('where a node leaves before anything was told, whoever asked is refused for now', async () => {
  const { node, state } = silentAfter();
  const leaving = new AbortController();
  const answered = followedEvents(node, 'one', new Request(events), leaving.signal);
  await pause(0);
  leaving.abort();
  await expect(answered).rejects.toMatchObject({ code: 'node-unavailable' });
  expect(state).toEqual({ begun: 1, ended: 1 });
});

test('who goes away while nothing is told is not told any more', async () => {
  const { node, state } = silentAfter(head);
  const { body } = await followedEvents(node, 'one', new Request(events), new AbortController().signal);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const rest = reader.read();
  await reader.cancel();
  expect(await rest).toEqual({ done: true, value: undefined });
  await pause(250);
  expect(state).toEqual({ begun: 1, ended: 1 });
});

test('an answer of which only the head was read is given up once nobody follows', async () => {
  let isCancelled = false;
  const stop = new AbortController();
  const stream = new ReadableStream({
    cancel() {
      isCancelled = true;
    },
  });
  const service = { here: async () => new Response(stream) };
  const pieces = piecesOf(service, JSON.stringify({ url: events, method: 'GET', headers: [] }), stop.signal);
  expect((await pieces.next()).value).toMatch(/"status":200/);
  stop.abort();
  expect(isCancelled).toBe(true);
});
