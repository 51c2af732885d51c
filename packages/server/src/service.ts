import { setMaxListeners } from 'node:events';
import {
  byCommitment,
  createMechane,
  type Mechane,
  type Mechanism,
  type Plugin,
  type Sealing,
  validate,
} from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import { Gate } from './access/gate.ts';
import { type Limits, usualLimits } from './access/limits.ts';
import { Tokens } from './access/tokens.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { draining, tooManyStreams } from './errors.ts';
import { type AtTheDoor, application } from './http/application.ts';
import { EventBody } from './http/event-body.ts';
import type { Hall } from './http/hall.ts';
import { jsonBody } from './http/json-body.ts';
import { patienceUntil } from './http/patience.ts';
import { problem } from './http/problem.ts';
import { Metrics } from './observed/metrics.ts';
import type { Handed } from './places.ts';
import { Belongings } from './sessions/belongings.ts';
import type { Making } from './sessions/made-session.ts';
import { Sessions } from './sessions/sessions.ts';
import type { Store } from './store/store.ts';

/**
 * What a service is made of.
 *
 * @category Services
 */
export interface ServiceOptions extends AtTheDoor {
  /** The mechanisms in use; or `plugins`. */
  readonly mechane?: Mechane<Mechanism>;
  readonly plugins?: readonly Plugin[];
  /** Where sessions are kept: see `openStore`. It is closed by whoever opened it. */
  readonly store: Store;
  /** Whoever has it may make sessions and end them. All other tokens, and the key of receipts, follow from it. */
  readonly adminToken: string;
  readonly limits?: Partial<Limits>;
  /** What is said of mechanisms; what they say of themselves, unless it is given. */
  readonly catalogue?: Catalogue;
  /** Plays a scenario; in this thread, unless it is given. */
  readonly run?: (scenario: unknown) => Promise<unknown>;
  /** The page at `/`, and the files that it is made of, at addresses that no route has; `undefined` where there is none. */
  readonly page?: (request: Request) => Response | undefined | Promise<Response | undefined>;
  /** The address of the service, where requests do not tell it: behind a proxy, or below a path. */
  readonly url?: string;
}

/**
 * A service: a function from requests to responses, which any web-standard server can mount.
 *
 * @category Services
 */
export interface Service {
  /** @param environment what `@hono/node-server` gives besides the request: the socket's address is in it */
  readonly fetch: (request: Request, environment?: unknown) => Promise<Response>;
  /** Answers itself, whoever holds the session: for requests that another service has handed over. */
  readonly here: (request: Request) => Promise<Response>;
  /** Goes on with a session of the store that this service is to hold. @throws MechaneError where it cannot now. */
  takeUp(session: string): Promise<void>;
  /** Lets go of a session that another service is to hold, without ending it. */
  letGo(session: string): void;
  /** The sessions that are open here. */
  readonly held: () => readonly string[];
  /** Kept once every open session has been taken up. Requests wait for it. */
  readonly ready: Promise<void>;
  /** Makes no new sessions any more, and says goodbye to those who follow events. */
  drain(): void;
  /** Drains, and lets go of all sessions, ending none. */
  close(): Promise<void>;
}

/** So often something is said on a stream on which nothing happens, in milliseconds. */
const heartbeat = 15_000;

/**
 * Makes a service of mechanisms.
 *
 * @category Services
 */
export function createService(options: ServiceOptions): Service {
  const { store, adminToken, catalogue, page, onError = () => {} } = options;
  const mechane = options.mechane ?? mechaneWith(options.plugins ?? []);
  const limits: Limits = { ...usualLimits, ...options.limits };
  const tokens = new Tokens(adminToken);
  const streams = new Set<EventBody>();
  const end = new AbortController();
  // All who wait listen for it.
  setMaxListeners(0, end.signal);
  const { sign, publicKey } = tokens.receiptKey();
  let sessions: Sessions | undefined;
  const belongings = new Belongings(store);

  const start = async (): Promise<void> => {
    sessions = new Sessions(
      { mechane, store, sign, belongings, isShared: options.places !== undefined },
      limits.sessions,
      onError,
    );
    await sessions.start();
  };
  const ready = start();
  ready.catch(() => {});

  const hall: Hall = {
    catalogue: catalogue ?? catalogueOf(mechane),
    store,
    tokens,
    gate: new Gate(tokens),
    limits,
    metrics: new Metrics(),
    page,
    openNow: () => ({ sessions_open: sessions?.open ?? 0, streams_open: streams.size }),
    sessions: () => sessions as Sessions,
    belongings,
    places: options.places,
    publicKey,
    run: options.run ?? ((scenario) => played(mechane, scenario)),
    readBody: (request) => jsonBody(request, limits),
    messageSchema: (making) => inputSchema(messageOf(mechane, making)) ?? {},
    readMessage: (making, agent, message) =>
      validate(messageOf(mechane, making), message, 'invalid-message', ['messages', agent]),
    urlOf: (request, session) => new URL(`sessions/${session}`, options.url ?? new URL('/', request.url)).href,
    refuseWhileDraining() {
      if (end.signal.aborted) throw draining();
    },
    patience: (milliseconds, request) => patienceUntil(milliseconds, [end.signal, request.signal]),
    stream(frames) {
      if (streams.size >= limits.streams) throw tooManyStreams(limits.streams);
      const body = new EventBody(frames, (each) => streams.delete(each));
      streams.add(body);
      return new Response(body.stream, { headers: streamHeaders });
    },
  };

  const app = application(hall, options, () => end.signal.aborted);
  const beats = setInterval(() => {
    for (const body of streams) body.beat();
  }, heartbeat);
  beats.unref();

  const drain = (): void => {
    end.abort();
    for (const body of [...streams]) body.goodbye();
  };
  const answer = async (request: Request, environment: object): Promise<Response> => {
    try {
      await ready;
    } catch (error) {
      onError(error);
      return problem(error);
    }
    return app.fetch(request, environment);
  };
  return {
    fetch: (request, environment = {}) => answer(request, environment as object),
    here: (request) => answer(request, { isHanded: true } satisfies Handed),
    async takeUp(session) {
      await ready;
      await sessions?.at(session);
    },
    letGo: (session) => sessions?.letGo(session),
    held: () => sessions?.held ?? [],
    ready,
    drain,
    async close() {
      drain();
      clearInterval(beats);
      await ready.catch(() => {});
      sessions?.close();
    },
  };
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
};

function mechaneWith(plugins: readonly Plugin[]): Mechane<Mechanism> {
  const mechane: Mechane<Mechanism> = createMechane() as object as Mechane<Mechanism>;
  for (const plugin of plugins) mechane.use(plugin);
  return mechane;
}

async function played(mechane: Mechane<Mechanism>, scenario: unknown): Promise<object> {
  const { mechanism } = (scenario ?? {}) as { readonly mechanism?: unknown };
  if (typeof mechanism === 'string') await mechane.untyped.prepare(mechanism);
  return mechane.runScenario(scenario);
}

function messageOf(mechane: Mechane<Mechanism>, { mechanism: id, settings }: Making): Mechanism['message'] {
  const { sealing } = (settings ?? {}) as { readonly sealing?: Sealing };
  const mechanism = mechane.untyped.mechanism(id);
  return (sealing === undefined ? mechanism : byCommitment(mechanism, sealing)).message;
}
