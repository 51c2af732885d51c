import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { type Client, type ConnectOptions, connect } from '@mechane/client';
import { createMechane, type Mechane, type Mechanism } from '@mechane/core';
import { markets } from '@mechane/market';
import { createService, listen, openStore, type Service, type Store } from '@mechane/server';
import { onTestFinished } from 'vitest';

export const adminToken = 'the token of the one who runs it all';
/** Tests do not wait for as long as people do. */
const soon = { pause: 1 };

function mechaneForTests(): Mechane<Mechanism> {
  return createMechane().use(sealedAuctions).use(englishAuctions).use(markets) as object as Mechane<Mechanism>;
}

async function openService(place: string): Promise<{ readonly service: Service; readonly store: Store }> {
  const store = await openStore(`sqlite:${place}`);
  const service = createService({ mechane: mechaneForTests(), store, adminToken });
  await service.ready;
  return { service, store };
}

/** A service that listens on loopback. */
export async function openHouse(): Promise<{ readonly url: string; readonly client: Client }> {
  const { service, store } = await openService(':memory:');
  const { url, close } = await listen(service, { port: 0 });
  onTestFinished(async () => {
    await close();
    await store.close();
  });
  return { url, client: connect(url, { adminToken, ...soon }) };
}

/** What becomes of a request, or of its answer. */
export type Fault =
  | 'lost before it arrives'
  | 'lost once it is done'
  | 'cut in the middle of the answer'
  | 'never answered'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  // biome-ignore lint/suspicious/noExplicitAny: a lie may be anything
  | ((answer: any) => unknown);

/** A service, and a way to it on loopback on which things go wrong. */
export interface BadWay {
  readonly client: Client;
  readonly asked: readonly string[];
  /** Of the requests that a pattern fits, as `POST /path`, the next ones come to this. */
  next(pattern: RegExp, ...faults: readonly Fault[]): void;
  connected(options: ConnectOptions): Client;
  /** The service goes down without ending anything, and another comes up on the same store. */
  restart(): Promise<void>;
  /** Cuts all connections that are open. */
  cut(): void;
}

export async function openBadWay(options: ConnectOptions = {}): Promise<BadWay> {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-client-'));
  const place = join(folder, 'house.db');
  let { service, store } = await openService(place);
  let isDown = false;
  const underway = new Set<Promise<void>>();
  const planned: { readonly pattern: RegExp; readonly faults: Fault[] }[] = [];
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const name = `${incoming.method} ${incoming.url}`;
    asked.push(name);
    if (isDown) return void outgoing.destroy();
    const fault = planned.find(({ pattern, faults }) => pattern.test(name) && faults.length > 0)?.faults.shift();
    const handed = handOn(service, incoming, outgoing, fault).catch(() => void outgoing.destroy());
    underway.add(handed);
    void handed.then(() => underway.delete(handed));
  });
  const url = await listening(server);
  onTestFinished(async () => {
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const connected = (more: ConnectOptions): Client => connect(url, { adminToken, ...soon, ...options, ...more });
  return {
    client: connected({}),
    asked,
    connected,
    next: (pattern, ...faults) => void planned.push({ pattern, faults: [...faults] }),
    async restart() {
      isDown = true;
      service.drain();
      await Promise.all(underway);
      await service.close();
      await store.close();
      ({ service, store } = await openService(place));
      isDown = false;
    },
    cut: () => server.closeAllConnections(),
  };
}

export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

async function handOn(
  service: Service,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  if (fault === 'lost before it arrives') return void outgoing.destroy();
  if (fault === 'never answered') return;
  if (typeof fault === 'object') return void outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? '');
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const answer = await service.fetch(await requestOf(incoming, gone.signal));
  if (fault === 'lost once it is done') return void outgoing.destroy();
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (fault === 'cut in the middle of the answer') {
    outgoing.write((await answer.text()).slice(0, 20), () => outgoing.destroy());
    return;
  }
  if (fault) return void outgoing.end(JSON.stringify(fault(await answer.json())));
  if (answer.body === null) return void outgoing.end();
  const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on('error', () => outgoing.destroy());
  outgoing.on('close', () => body.destroy());
  body.pipe(outgoing);
}

async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return new Request(`http://house.test${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers: incoming.headers as Record<string, string>,
    ...(body.length === 0 ? {} : { body }),
    signal,
  });
}
