import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, type Mechane, type Mechanism } from '@mechane/core';
import { markets } from '@mechane/market';
import { createService, openStore, type Service, type ServiceOptions, type Store } from '@mechane/server';
import { onTestFinished } from 'vitest';

export const adminToken = 'the token of the one who runs it all';

/** What a service answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
  readonly body: any;
}

interface Asking {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service on a store of its own, and how it is asked. */
export interface House {
  readonly service: Service;
  readonly store: Store;
  get(path: string, token?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, asking: Asking): Promise<Answer>;
  /** Says as the admin what an account may spend. */
  budget(account: string, budget: number | null): Promise<Answer>;
  /** Makes a session as the admin. */
  make(making: object): Promise<Made>;
  /** Events of a session, as they come, until the stream ends. */
  events(path: string, token?: string, headers?: Readonly<Record<string, string>>): AsyncGenerator<SentEvent>;
  /** Goes down without ending anything, and comes up again on the same store. */
  restart(changed?: Partial<ServiceOptions>): Promise<House>;
}

export interface Made {
  readonly id: string;
  readonly url: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly joinToken: string | undefined;
}

export interface SentEvent {
  readonly id: number | undefined;
  readonly event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
  readonly data: any;
}

export function mechaneForTests(): Mechane<Mechanism> {
  return createMechane().use(sealedAuctions).use(englishAuctions).use(markets) as object as Mechane<Mechanism>;
}

/** Opens a service for one test. */
export async function openHouse(options: Partial<ServiceOptions> = {}, at?: string): Promise<House> {
  const folder = at ?? mkdtempSync(join(tmpdir(), 'mechane-service-'));
  const store = options.store ?? (await openStore(`sqlite:${join(folder, 'house.db')}`));
  const service = createService({ mechane: mechaneForTests(), adminToken, ...options, store });
  await service.ready;
  let isDown = false;
  const down = async (): Promise<void> => {
    if (isDown) return;
    isDown = true;
    await service.close();
    await store.close();
  };
  onTestFinished(async () => {
    await down();
    if (at === undefined) rmSync(folder, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, { token, body, headers }: Asking): Promise<Response> =>
    service.fetch(
      new Request(`http://house.test${path}`, {
        method,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  const post = async (path: string, asking: Asking): Promise<Answer> => answerOf(await ask('POST', path, asking));
  return {
    service,
    store,
    post,
    get: async (path, token, headers = {}) => answerOf(await ask('GET', path, { token, headers })),
    budget: async (account, budget) =>
      answerOf(await ask('PUT', `/accounts/${encodeURIComponent(account)}`, { token: adminToken, body: { budget } })),
    async make(making) {
      const { status, body } = await post('/sessions', { token: adminToken, body: making });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return madeOf(body);
    },
    async *events(path, token, headers = {}) {
      const response = await ask('GET', path, { token, headers });
      if (response.status !== 200) throw new Error(await response.text());
      yield* sentEvents(response);
    },
    async restart(changed = {}) {
      await down();
      return openHouse(
        { ...options, ...changed, store: await openStore(`sqlite:${join(folder, 'house.db')}`) },
        folder,
      );
    },
  };
}

export function madeOf(body: {
  id: string;
  url: string;
  agents: Record<string, { token: string }>;
  joinToken?: string;
}): Made {
  const tokens = Object.fromEntries(Object.entries(body.agents).map(([agent, { token }]) => [agent, token]));
  return { id: body.id, url: body.url, tokens, joinToken: body.joinToken };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson =
    /json/.test(response.headers.get('content-type') ?? '') &&
    !/ndjson/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export async function* sentEvents(response: Response): AsyncGenerator<SentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
      if (fields.data === undefined) continue;
      yield {
        id: fields.id === undefined ? undefined : Number(fields.id),
        event: fields.event,
        data: JSON.parse(fields.data),
      };
    }
  }
}
