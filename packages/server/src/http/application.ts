import { OpenAPIHono } from '@hono/zod-openapi';
import { isMechaneError } from '@mechane/core';
import { routePath } from 'hono/route';
import { tokenIn } from '../access/gate.ts';
import { isLoopback, type Limits, Rates } from '../access/limits.ts';
import { tooMany, unknownPath } from '../errors.ts';
import { mcpRoutes } from '../mcp/mcp-routes.ts';
import type { VerifyClaims } from '../mcp/mcp-server.ts';
import { inSpan } from '../observed/request-span.ts';
import type { Places } from '../places.ts';
import { accountRoutes } from './account-routes.ts';
import { agentRoutes } from './agent-routes.ts';
import { belongingRoutes } from './belonging-routes.ts';
import { clusterRoutes } from './cluster-routes.ts';
import type { Hall } from './hall.ts';
import { handedRequests } from './handed-requests.ts';
import { houseRoutes } from './house-routes.ts';
import { problem } from './problem.ts';
import { sessionRoutes } from './session-routes.ts';

/**
 * Who is let in to a service, and what it offers besides sessions.
 *
 * @category Services
 */
export interface AtTheDoor {
  /** Examines what a mechanism claims, for language models that want to know; nobody can, unless it is given. */
  readonly verify?: VerifyClaims;
  /** Where sessions are, when others share the store; all are here, unless it is given. */
  readonly places?: Places;
  /** Web pages of these origins may ask; none, unless it is given. */
  readonly origins?: readonly string[];
  /** The address that a request comes from, where it is not the socket's: behind a proxy. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Told of what went wrong here. */
  readonly onError?: (error: unknown) => void;
}

/** What nobody else may do with what the service answers. */
const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The routes of a service, and what every request passes before them. */
export function application(hall: Hall, options: AtTheDoor, isEnding: () => boolean): OpenAPIHono {
  const app = new OpenAPIHono();
  const rates = new Rates();
  const { onError = () => {}, origins = [] } = options;
  app.onError((error) => {
    const answer = problem(error);
    if (answer.status >= 500 || !isMechaneError(error)) onError(error);
    return answer;
  });
  app.notFound(async (context) => {
    const { raw, path } = context.req;
    // What the page at `/` is made of lies below it, wherever no route is.
    const file = raw.method === 'GET' || raw.method === 'HEAD' ? await hall.page?.(raw) : undefined;
    return file ?? problem(unknownPath(path));
  });
  app.use((context, next) =>
    inSpan(context.req.raw, async (name) => {
      const began = performance.now();
      await next();
      const route = routePath(context, -1);
      name(route);
      hall.metrics.request(context.req.method, route, context.res.status, (performance.now() - began) / 1000);
      return context.res;
    }).then(() => {}),
  );
  app.use(async (context, next) => {
    const { raw } = context.req;
    const origin = raw.headers.get('origin');
    const isWelcome = origin !== null && origins.includes(origin);
    if (isWelcome && raw.method === 'OPTIONS') context.res = new Response(null, { status: 204 });
    else if (!isPageFile(hall, context.req) && !isWithinRate(rates, hall.limits, options, raw, context.env))
      context.res = problem(tooMany('this is too often'));
    else await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value);
    if (isEnding()) headers.set('connection', 'close');
    if (isWelcome) for (const [name, value] of Object.entries(welcome)) headers.set(name, value);
    if (isWelcome) headers.set('access-control-allow-origin', origin);
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  if (options.places)
    for (const path of ['/sessions', '/sessions/*']) app.use(path, handedRequests(hall, options.places));
  houseRoutes(app, hall);
  sessionRoutes(app, hall);
  agentRoutes(app, hall);
  belongingRoutes(app, hall);
  accountRoutes(app, hall);
  clusterRoutes(app, hall, options.places);
  mcpRoutes(app, hall, options.verify);
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

/** Whether a file of the page is asked for: that costs nothing, and a class that opens the page at once comes from one address. */
function isPageFile({ page }: Hall, { method, path }: { readonly method: string; readonly path: string }): boolean {
  return page !== undefined && method === 'GET' && /\.(css|js|svg|wasm)$/.test(path);
}

interface NodeEnvironment {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

function isWithinRate(
  rates: Rates,
  { requestsPerAddress, requestsFromHere, requestsPerToken }: Limits,
  { addressOf }: AtTheDoor,
  request: Request,
  environment: unknown,
): boolean {
  const address = addressOf?.(request) ?? (environment as NodeEnvironment | undefined)?.incoming?.socket?.remoteAddress;
  const most = address !== undefined && isLoopback(address) ? requestsFromHere : requestsPerAddress;
  if (address !== undefined && !rates.take(`address ${address}`, most)) return false;
  const token = tokenIn(request.headers.get('authorization') ?? '');
  return token === undefined || rates.take(`token ${token}`, requestsPerToken);
}
