import { expect, test } from 'vitest';
import { type Frame, framesIn } from '../src/event-frames.ts';

const silence = 10_000;

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function framesOf(body: ReadableStream<Uint8Array>): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of framesIn(body, silence)) frames.push(frame);
  return frames;
}

const lines = [
  ['retry: 1000', ''],
  [': a sign of life', ''],
  ['id: 4', 'data: {"say":"grüße: 👋"}', ''],
  ['event:bye', 'data:  two', 'data', 'data: lines', 'unheard: of', ''],
  ['id: a\0b', 'retry: soon', ''],
  ['data: what is not ended'],
].flat();
const frames: readonly Frame[] = [
  { retry: 1000 },
  { id: '4', data: '{"say":"grüße: 👋"}' },
  { event: 'bye', data: ' two\n\nlines' },
];

test.each([
  ['LF', '\n'],
  ['CR and LF', '\r\n'],
  ['CR', '\r'],
])('a stream with lines that end in %s is read the same wherever it is cut', async (_, end) => {
  const bytes = new TextEncoder().encode(`\ufeff${lines.join(end)}`);
  expect(await framesOf(streamOf([bytes]))).toEqual(frames);
  expect(await framesOf(streamOf(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(frames);
  for (let at = 0; at <= bytes.length; at++) {
    expect(await framesOf(streamOf([bytes.slice(0, at), bytes.slice(at)]))).toEqual(frames);
  }
});

test('a connection on which nothing comes is taken for dead, and let go', async () => {
  let isLetGo = false;
  const body = new ReadableStream<Uint8Array>({
    cancel() {
      isLetGo = true;
    },
  });
  await expect(framesIn(body, 5).next()).rejects.toThrow('silent');
  expect(isLetGo).toBe(true);
});
