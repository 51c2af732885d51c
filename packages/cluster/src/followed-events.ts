import { textOfRequest } from './carried.ts';
import type { Node } from './engine/engine.ts';
import { nodeUnavailable } from './errors.ts';

/** Before the head of an answer: no piece of a stream of events begins with it. */
export const headMark = '\u0001';
/** What is said where a stream is to be taken up again. */
const goodbye = 'event: bye\n';
/** What a stream ends with. */
const ending = /^data: \{"kind":"(finished|failed)"/m;
/** So long a stream that was lost waits before it is taken up at the next node, in milliseconds. */
const pause = 100;

const utf8 = new TextEncoder();

/**
 * Events of a session from the node that holds it: after that is lost, from the next, and each once.
 *
 * @param leaving aborted once this node leaves: then they end, and whoever follows asks another node for the rest
 */
export async function followedEvents(
  node: Pick<Node, 'follow'>,
  session: string,
  request: Request,
  leaving: AbortSignal,
): Promise<Response> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  for (const gone of [leaving, request.signal]) {
    if (gone.aborted) end();
    gone.addEventListener('abort', end, { signal: stop.signal });
  }
  const told = toldOver(node, session, request, stop.signal);
  const { value: head } = await told.next();
  if (head === undefined) throw nodeUnavailable(session, stop.signal.reason);
  const { status, headers } = headIn(head);
  let isWanted = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await told.next();
        if (!isWanted) return;
        if (!done) return controller.enqueue(utf8.encode(value));
        controller.close();
        end();
      },
      cancel() {
        isWanted = false;
        end();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status, headers });
}

/** The head of the answer, then whole blocks of it. */
async function* toldOver(
  node: Pick<Node, 'follow'>,
  session: string,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<string, undefined> {
  let last = request.headers.get('last-event-id') ?? '';
  let isBegun = false;
  while (!signal.aborted) {
    const headers = new Headers(request.headers);
    if (last !== '') headers.set('last-event-id', last);
    const text = await textOfRequest(new Request(request.url, { headers }));
    try {
      for await (const block of blocksOf(node.follow(session, text, signal))) {
        if (block.startsWith(headMark)) {
          if (isBegun && headIn(block).status !== 200) break;
          if (!isBegun) yield block;
          isBegun = true;
          continue;
        }
        last = /^id: (\d+)$/m.exec(block)?.[1] ?? last;
        if (block.includes(goodbye)) break;
        yield block;
        if (ending.test(block) || !block.endsWith('\n\n')) return undefined;
      }
    } catch {
      // The node is lost: the next one goes on.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return undefined;
}

/** The head, then blocks as they are complete. An engine that has found another node by itself begins again: there, it ends. */
async function* blocksOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let isBegun = false;
  for await (const piece of pieces) {
    const isHead = piece.startsWith(headMark);
    if (isHead && isBegun) return;
    isBegun = true;
    if (isHead) {
      yield piece;
      continue;
    }
    const blocks = (rest + piece).split(/(?<=\n\n)/);
    rest = blocks.at(-1)?.endsWith('\n\n') === false ? (blocks.pop() as string) : '';
    yield* blocks;
  }
  // What is no stream of events is over at once.
  if (rest !== '') yield rest;
}

function headIn(piece: string): { readonly status: number; readonly headers: [string, string][] } {
  return JSON.parse(piece.slice(headMark.length));
}
