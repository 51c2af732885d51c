import type { OpenAPIHono } from '@hono/zod-openapi';
import { isMechaneError } from '@mechane/core';
import type { Context } from 'hono';
import * as z from 'zod';
import { invalidQuery, journalSealed, sessionOver } from '../errors.ts';
import { type SessionView, viewOfEnded } from '../sessions/ended-session.ts';
import { HostedSession, journalText } from '../sessions/hosted-session.ts';
import { agentsOf, type Making, makingSchema, readMaking, shownOf } from '../sessions/made-session.ts';
import type { EndedSession } from '../sessions/sessions.ts';
import type { StoredSession } from '../store/store.ts';
import type { Hall } from './hall.ts';
import { idempotencyHeader, idempotencyKey } from './idempotency-key.ts';
import { operation } from './operation.ts';
import { problem } from './problem.ts';
import { madeAnswer, sessionAnswer } from './schemas.ts';

export const sessionParameter: Readonly<Record<string, z.ZodType>> = { session: z.string() };

/** What is wrong with a session that cannot be made as it is asked for. */
const neverPossible = new Set(['closed-entry', 'duplicate-agent']);

/** So many sessions are listed at once. */
const pageLength = 100;
/** So long a list waits for the service that holds a session to say how it stands, in milliseconds. */
const afarPatience = 2_000;

/** Routes by which sessions are made, seen and ended. */
export function sessionRoutes(app: OpenAPIHono, hall: Hall): void {
  const { gate, limits } = hall;

  operation(
    app,
    {
      method: 'post',
      path: '/sessions',
      summary: 'Makes a session',
      headers: idempotencyHeader,
      body: makingSchema,
      example: { mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'] },
      by: 'admin',
      answers: { 201: { description: 'It is open', schema: madeAnswer } },
      problems: [400, 401, 403, 409, 413],
    },
    async (context) => {
      const { raw } = context.req;
      gate.admin(raw);
      hall.refuseWhileDraining();
      const id = hall.tokens.sessionNamed(idempotencyKey(raw));
      try {
        const making = readMaking(await hall.readBody(raw), limits.agents);
        await hall.sessions().make(id, making);
        return context.json(made(hall, raw, id, making), 201);
      } catch (error) {
        // Here, nothing is out of turn: what is asked for cannot be.
        if (isMechaneError(error) && neverPossible.has(error.code)) return problem(error, 400);
        throw error;
      }
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions',
      summary: 'The sessions, in the order in which they were made',
      query: {
        after: z.string().optional().describe('The id of the session after which the list goes on'),
        limit: z.string().optional().describe(`How many, at most ${pageLength}`),
        of: z.string().optional().describe('Only those that belong to this session'),
      },
      answers: {
        200: {
          description: 'A page of them; the header `link` has the next, where there is one',
          schema: z.array(sessionAnswer),
        },
      },
      problems: [400, 401],
    },
    async (context) => {
      const isAdmin = gate.caller(context.req.raw)?.kind === 'admin';
      const limit = wholeNumber(context, 'limit', pageLength, pageLength);
      const { after, of } = context.req.query();
      const page = await (of === undefined ? hall.store.list({ after, limit }) : belonging(hall, of, after, limit));
      const views = await Promise.all(page.map((stored) => viewOfStored(hall, stored, context.req.raw, isAdmin)));
      const last = page.length === limit ? page.at(-1) : undefined;
      const only = of === undefined ? '' : `&of=${encodeURIComponent(of)}`;
      if (last)
        context.header('link', `</sessions?after=${encodeURIComponent(last.id)}&limit=${limit}${only}>; rel="next"`);
      return context.json(views);
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}',
      summary: 'A session, and what came out',
      parameters: sessionParameter,
      answers: { 200: { description: 'The session', schema: sessionAnswer } },
      problems: [401, 403, 404],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      const isAdmin = gate.visitor(context.req.raw, id)?.kind === 'admin';
      return context.json(viewOf(await hall.sessions().asItIs(id), isAdmin));
    },
  );

  operation(
    app,
    {
      method: 'post',
      path: '/sessions/{session}/close',
      summary: 'Closes the round that is open, and all after it',
      parameters: sessionParameter,
      by: 'admin',
      answers: { 200: { description: 'The session, closed', schema: sessionAnswer } },
      problems: [401, 403, 404, 409],
    },
    (context) => endedBy(hall, context, 'closed', (hosted) => hosted.session.close()),
  );

  operation(
    app,
    {
      method: 'post',
      path: '/sessions/{session}/cancel',
      summary: 'Calls the session off',
      parameters: sessionParameter,
      by: 'admin',
      answers: { 200: { description: 'The session, cancelled', schema: sessionAnswer } },
      problems: [401, 403, 404, 409],
    },
    (context) => endedBy(hall, context, 'cancelled', (hosted) => hosted.cancel()),
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}/journal',
      summary:
        'The journal, as `mechane replay` reads it: for the admin at any time, for others once the session is closed',
      parameters: sessionParameter,
      answers: { 200: { description: 'A line an entry', schema: z.string(), type: 'application/x-ndjson' } },
      problems: [401, 403, 404],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      const visitor = gate.visitor(context.req.raw, id);
      const found = await hall.sessions().at(id);
      const isAdmin = visitor?.kind === 'admin';
      if (found instanceof HostedSession && !isAdmin) throw journalSealed();
      const agent = visitor?.kind === 'agent' ? visitor.agent : undefined;
      const isWhole = isAdmin || found.making.disclosure === 'full';
      const text = journalText(await hall.store.read(id), isWhole ? undefined : { agent });
      return context.body(text, 200, { 'content-type': 'application/x-ndjson' });
    },
  );
}

/** A page of the sessions that belong to another: they were made after it. */
async function belonging(hall: Hall, of: string, after: string | undefined, limit: number): Promise<StoredSession[]> {
  const found: StoredSession[] = [];
  if ((await hall.store.find(of)) === undefined) return found;
  for (let last = after ?? of; found.length < limit; ) {
    const page = await hall.store.list({ after: last, limit: pageLength });
    found.push(...page.filter(({ made }) => (JSON.parse(made) as Making).of === of));
    if (page.length < pageLength) break;
    last = page.at(-1)?.id ?? last;
  }
  return found.slice(0, limit);
}

async function viewOfStored(
  hall: Hall,
  stored: StoredSession,
  request: Request,
  isAdmin: boolean,
): Promise<SessionView> {
  const { id, heldBy, ended } = stored;
  if (ended === null && heldBy !== null)
    return (await askedAfar(hall, id, request, isAdmin)) ?? viewFromAfar(id, JSON.parse(stored.made));
  try {
    return viewOf(await hall.sessions().of(stored), isAdmin);
  } catch (error) {
    // What cannot go on at the moment is open all the same.
    if (isMechaneError(error) && error.code === 'unavailable') return viewFromAfar(id, JSON.parse(stored.made));
    throw error;
  }
}

/** What the service that holds a session says of it; `undefined` where none does in time. */
async function askedAfar(
  { places, patience }: Hall,
  id: string,
  request: Request,
  isAdmin: boolean,
): Promise<SessionView | undefined> {
  const token = request.headers.get('authorization');
  const headers = isAdmin && token !== null ? { authorization: token } : {};
  const url = new URL(`/sessions/${encodeURIComponent(id)}`, request.url);
  const signal = patience(afarPatience, request);
  const late = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  try {
    // Whoever is asked may not hold the request, and a request that nobody holds aborts with nothing.
    const answer = await Promise.race([places?.ask(id, new Request(url, { headers, signal })), late]);
    return answer?.status === 200 ? ((await answer.json()) as SessionView) : undefined;
  } catch {
    return undefined;
  }
}

/** What is known of a session that is open, but not here and now. */
function viewFromAfar(id: string, making: Making): SessionView {
  return {
    id,
    mechanism: making.mechanism,
    ...shownOf(making),
    status: 'open',
    round: 0,
    closesAt: null,
    agents: agentsOf(making),
    head: '',
  };
}

function viewOf(session: HostedSession | EndedSession, isAdmin: boolean): SessionView {
  if (session instanceof HostedSession) return session.view;
  return viewOfEnded(session.id, session.making, session.how, isAdmin);
}

/** Ends a session; where it has ended so before, nothing happens. */
async function endedBy(
  hall: Hall,
  context: Context,
  status: 'closed' | 'cancelled',
  end: (hosted: HostedSession) => void,
): Promise<Response> {
  hall.gate.admin(context.req.raw);
  const id = context.req.param('session') as string;
  const found = await hall.sessions().at(id);
  if (found instanceof HostedSession) end(found);
  const how = found instanceof HostedSession ? await found.ended : found.how;
  if (how.status !== status) throw sessionOver(how.status);
  return context.json(viewOfEnded(id, found.making, how, true));
}

/** What whoever makes a session is told: the same whenever the same request is repeated. */
function made(hall: Hall, request: Request, id: string, making: Making): object {
  const agents: Record<string, { token: string }> = Object.create(null);
  for (const agent of agentsOf(making)) agents[agent] = { token: hall.tokens.forAgent(id, agent) };
  const joinToken = making.entry === 'open' ? { joinToken: hall.tokens.forJoining(id) } : {};
  return { id, url: hall.urlOf(request, id), agents, ...joinToken };
}

/** A whole number that a query gives, 1 or more. */
function wholeNumber(context: Context, name: string, usual: number, most: number): number {
  const given = context.req.query(name);
  if (given === undefined) return usual;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw invalidQuery(name, 'a whole number, 1 or more');
  return Math.min(number, most);
}
