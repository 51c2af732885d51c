import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Service } from './service.ts';

/**
 * Where a service listens.
 *
 * @category Services
 */
export interface ListenOptions {
  /** 127.0.0.1 unless it says otherwise. */
  readonly host?: string;
  /** 8080 unless it says otherwise; 0 for one that is free. */
  readonly port?: number;
}

/**
 * A service that listens.
 *
 * @category Services
 */
export interface Listening {
  readonly url: string;
  /** Takes no more requests, ends those that are open, within 4 seconds, and lets go of all sessions without ending any. */
  close(): Promise<void>;
}

/** So long requests that are open have to end, in milliseconds. */
const grace = 3_000;
/** So long the head of a request may take to come, and all of it: whoever is slower keeps a connection from others. */
const headPatience = 10_000;
const requestPatience = 30_000;

/**
 * Serves a service over HTTP, once it has taken up every open session.
 *
 * @throws what the system says where the port is taken.
 * @category Services
 */
export async function listen(
  service: Service,
  { host = '127.0.0.1', port = 8080 }: ListenOptions = {},
): Promise<Listening> {
  await service.ready;
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve({ fetch: service.fetch, hostname: host, port }, () => resolve(started)) as Server;
    started.once('error', reject);
  });
  server.headersTimeout = headPatience;
  server.requestTimeout = requestPatience;
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    async close() {
      const ended = new Promise((resolve) => server.close(resolve));
      service.drain();
      server.closeIdleConnections();
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), grace);
      await ended;
      clearInterval(idle);
      clearTimeout(cut);
      await service.close();
    },
  };
}
