import { OpenAPIHono } from '@hono/zod-openapi';
import {
  byCommitment,
  createMechane,
  isMechaneError,
  type Mechane,
  type Mechanism,
  type Plugin,
  type Sealing,
} from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import { Gate, tokenIn } from './access/gate.ts';
import { isLoopback, type Limits, Rates, usualLimits } from './access/limits.ts';
import { Tokens } from './access/tokens.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { draining, tooMany, tooManyStreams, unknownPath } from './errors.ts';
import { agentRoutes } from './http/agent-routes.ts';
import { EventBody } from './http/event-body.ts';
import type { Hall } from './http/hall.ts';
import { houseRoutes } from './http/house-routes.ts';
import { jsonBody } from './http/json-body.ts';
import { problem } from './http/problem.ts';
import { sessionRoutes } from './http/session-routes.ts';
import type { Making } from './sessions/made-session.ts';
import { Sessions } from './sessions/sessions.ts';
import type { Store } from './store/store.ts';

/**
 * What a service is made of.
 *
 * @category Services
 */
export interface ServiceOptions {
  /** The mechanisms in use; or `plugins`. */
  readonly mechane?: Mechane<Mechanism>;
  readonly plugins?: readonly Plugin[];
  /** Where sessions are kept: see {@link openStore}. It is closed by whoever opened it. */
  readonly store: Store;
  /** Whoever has it may make sessions and end them. All other tokens, and the key of receipts, follow from it. */
  readonly adminToken: string;
  readonly limits?: Partial<Limits>;
  /** What is said of mechanisms; what they say of themselves, unless it is given. */
  readonly catalogue?: Catalogue;
  /** Plays a scenario; in this thread, unless it is given. */
  readonly run?: (scenario: unknown) => Promise<unknown>;
  /** The page at `/`. */
  readonly page?: (request: Request) => Response | Promise<Response>;
  /** The address of the service, where requests do not tell it: behind a proxy, or below a path. */
  readonly url?: string;
  /** Web pages of these origins may ask; none, unless it is given. */
  readonly origins?: readonly string[];
  /** The address that a request comes from, where it is not the socket's: behind a proxy. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Told of what went wrong here. */
  readonly onError?: (error: unknown) => void;
}

/**
 * A service: a function from requests to responses, which any web-standard server can mount.
 *
 * @category Services
 */
export interface Service {
  /** @param environment what `@hono/node-server` gives besides the request: the socket's address is in it */
  readonly fetch: (request: Request, environment?: unknown) => Promise<Response>;
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
  let publicKey: object = {};
  let sessions: Sessions | undefined;

  const start = async (): Promise<void> => {
    const key = await tokens.receiptKey();
    publicKey = key.publicKey;
    sessions = new Sessions({ mechane, store, sign: key.sign }, limits.sessions, onError);
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
    page,
    sessions: () => sessions as Sessions,
    publicKey: () => publicKey,
    run: options.run ?? ((scenario) => played(mechane, scenario)),
    readBody: (request) => jsonBody(request, limits),
    messageSchema: (making) => messageSchema(mechane, making),
    urlOf: (request, session) => new URL(`sessions/${session}`, options.url ?? new URL('/', request.url)).href,
    refuseWhileDraining() {
      if (end.signal.aborted) throw draining();
    },
    patience: (milliseconds, request) =>
      AbortSignal.any([end.signal, request.signal, AbortSignal.timeout(milliseconds)]),
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
  return {
    async fetch(request, environment) {
      try {
        await ready;
      } catch (error) {
        onError(error);
        return problem(error);
      }
      return app.fetch(request, environment as object);
    },
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

/** What nobody else may do with what the service answers. */
const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function application(hall: Hall, options: ServiceOptions, isEnding: () => boolean): OpenAPIHono {
  const app = new OpenAPIHono();
  const rates = new Rates();
  const { onError = () => {}, origins = [] } = options;
  app.onError((error) => {
    const answer = problem(error);
    if (answer.status >= 500 || !isMechaneError(error)) onError(error);
    return answer;
  });
  app.notFound((context) => problem(unknownPath(context.req.path)));
  app.use(async (context, next) => {
    const { raw } = context.req;
    const origin = raw.headers.get('origin');
    const isWelcome = origin !== null && origins.includes(origin);
    if (isWelcome && raw.method === 'OPTIONS') context.res = new Response(null, { status: 204 });
    else if (!isWithinRate(rates, hall.limits, options, raw, context.env))
      context.res = problem(tooMany('this is too often'));
    else await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value);
    if (isEnding()) headers.set('connection', 'close');
    if (isWelcome) for (const [name, value] of Object.entries(welcome)) headers.set(name, value);
    if (isWelcome) headers.set('access-control-allow-origin', origin);
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  houseRoutes(app, hall);
  sessionRoutes(app, hall);
  agentRoutes(app, hall);
  let description: object | undefined;
  app.get('/openapi.json', (context) => {
    description ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Mechane',
        version: '1',
        description: 'Auctions, markets and games among parties far from each other',
      },
    });
    return context.json(description);
  });
  return app;
}

/** What pages of an origin that is welcome may do. */
const welcome: Readonly<Record<string, string>> = {
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id',
  'access-control-allow-methods': 'GET, POST, PUT',
  'access-control-expose-headers': 'link, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'origin',
};

interface NodeEnvironment {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

function isWithinRate(
  rates: Rates,
  { requestsPerAddress, requestsFromHere, requestsPerToken }: Limits,
  { addressOf }: ServiceOptions,
  request: Request,
  environment: unknown,
): boolean {
  const address = addressOf?.(request) ?? (environment as NodeEnvironment | undefined)?.incoming?.socket?.remoteAddress;
  const most = address !== undefined && isLoopback(address) ? requestsFromHere : requestsPerAddress;
  if (address !== undefined && !rates.take(`address ${address}`, most)) return false;
  const token = tokenIn(request.headers.get('authorization') ?? '');
  return token === undefined || rates.take(`token ${token}`, requestsPerToken);
}

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

function messageSchema(mechane: Mechane<Mechanism>, { mechanism: id, settings }: Making): object {
  const { sealing } = (settings ?? {}) as { readonly sealing?: Sealing };
  const mechanism = mechane.untyped.mechanism(id);
  return inputSchema((sealing === undefined ? mechanism : byCommitment(mechanism, sealing)).message) ?? {};
}
