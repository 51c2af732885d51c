import { setMaxListeners } from 'node:events';
import type { Places, Service, ServiceOptions, Store } from '@mechane/server';
import { requestIn, responseIn, textOfRequest, textOfResponse, waitIn } from './carried.ts';
import { joinOnEffect } from './engine/effect-node.ts';
import type { JoinEngine, Node, NodePlace, NodeStatus, SessionDesk } from './engine/engine.ts';
import { followedEvents, headMark } from './followed-events.ts';
import { freePort } from './free-port.ts';
import { HeldSessions } from './held-sessions.ts';
import { Overview } from './overview.ts';
import { SharedStore } from './shared-store.ts';

/**
 * A node, and what its service is made of.
 *
 * @category Clusters
 */
export interface ClusterOptions extends Omit<ServiceOptions, 'store' | 'places'> {
  /** The Postgres that all nodes share: `postgres://user@host/database`. */
  readonly database: string;
  /** Where sessions are kept, where that is not the database; whoever has opened it closes it. */
  readonly store?: Store;
  /** What shares out sessions: Effect Cluster, unless it is given. */
  readonly engine?: JoinEngine;
  /** Where other nodes reach this one: 127.0.0.1, and a port that is free, unless it says otherwise. */
  readonly address?: { readonly host?: string; readonly port?: number };
  /** The folder of the project in which the engine is installed; the folder in which the process runs, unless it is given. */
  readonly from?: string;
}

/**
 * A service that is one of several: whichever is asked about a session, the one that holds it answers.
 *
 * @category Clusters
 */
export interface ClusterNode {
  readonly service: Service;
  /** Where other nodes reach this one. */
  readonly address: string;
  /** The nodes that are there, this one too. */
  nodes(): Promise<readonly NodeStatus[]>;
  /** Leaves: other nodes go on with its sessions, and none has ended. */
  close(): Promise<void>;
}

/**
 * Joins the services that share a database, and holds a part of their sessions: once a node is gone, the others hold its part.
 *
 * @throws MechaneError `missing-engine`, or `cannot-open-store`.
 * @category Clusters
 */
export async function joinCluster(options: ClusterOptions): Promise<ClusterNode> {
  const { database, address = {}, from = process.cwd(), engine = joinOnEffect, onError = () => {}, ...rest } = options;
  const { host = '127.0.0.1', port = await freePort(host) } = address;
  const place: NodePlace = { database, address: { host, port }, from };
  // Loaded only here: whoever gives out work, or does it, needs no service.
  const { createService, openPostgres } = await import('@mechane/server');
  const opened = options.store ? undefined : await openPostgres(database, { address: `${host}:${port}` });
  const leaving = new AbortController();
  // Each stream that is brought from another node listens, and they are many.
  setMaxListeners(0, leaving.signal);
  let node: Node | undefined;
  const store = new SharedStore(options.store ?? (opened as Store), (id) => node?.holds(id) === true);
  const overview = new Overview(database, async () => (await node?.nodes()) ?? []);
  const places: Places = {
    ask: (session, request) => asked(node as Node, service, session, request, leaving.signal),
    seen: () => overview.seen(),
  };
  const service = createService({ ...rest, store, places, onError });
  const sessions: SessionDesk = {
    answer: async (_, text, signal) => textOfResponse(await service.here(requestIn(text, signal))),
    follow: (_, text, signal) => piecesOf(service, text, signal),
    released: (id) => service.letGo(id),
  };
  try {
    await service.ready;
    node = await engine(place, { sessions });
  } catch (cause) {
    await service.close();
    await opened?.close();
    throw cause;
  }
  const joined = node;
  const held = new HeldSessions(service, store, joined, onError);
  return {
    service,
    address: `${host}:${port}`,
    nodes: () => joined.nodes(),
    async close() {
      await held.close();
      service.drain();
      leaving.abort();
      await joined.close();
      await service.close();
      await overview.close();
      await opened?.close();
    },
  };
}

/** Asks the node that holds a session. What only looks does not wait for its turn; what is asked of the node that holds it needs no engine. */
async function asked(
  node: Node,
  service: Service,
  session: string,
  request: Request,
  leaving: AbortSignal,
): Promise<Response> {
  if (request.method === 'GET' && request.url.split('?')[0]?.endsWith('/events') === true)
    return followedEvents(node, session, request, leaving);
  const text = await textOfRequest(request);
  const { signal } = request;
  const manner = request.method === 'GET' ? 'aside' : 'turn';
  const asking = { manner, patience: patience + waitIn(request.url), signal } as const;
  const elsewhere = async (): Promise<Response> => responseIn(await node.ask(session, text, asking));
  for (let tries = mostTries; ; tries--) {
    const answered = node.holds(session) ? service.here(requestIn(text, signal)) : elsewhere();
    // The request is held here until it is answered: nobody else does, and without it its signal would not follow that of whoever asked.
    const response = await answered.catch((error) => {
      if (!request.signal.aborted) throw error;
    });
    // Whoever asked has gone.
    if (response === undefined) return new Response(null, { status: 499 });
    const isMoving =
      response.status === 503 && ['held-elsewhere', 'unavailable', 'draining'].includes(await codeOf(response));
    if (!isMoving || tries === 0) return response;
    // On its way to another node, it was where nobody holds the session any more, or yet.
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** So long an answer may take besides, over the death of a node and the move of its sessions, in milliseconds. */
const patience = 15_000;
const mostTries = 40;
const pause = 100;

async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.clone().json()) as { readonly code: string };
  return code;
}

/** An answer of the service as it comes: given up as soon as the signal aborts, whatever of it was read. */
export async function* piecesOf(
  service: Pick<Service, 'here'>,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { status, headers, body } = await service.here(requestIn(text, signal));
  const decoder = new TextDecoder();
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    yield headMark + JSON.stringify({ status, headers: [...headers] });
    for (let read = await reader.read(); !read.done; read = await reader.read())
      yield decoder.decode(read.value, { stream: true });
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
