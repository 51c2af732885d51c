import type { OpenAPIHono } from '@hono/zod-openapi';
import { isMechaneError, validate } from '@mechane/core';
import type { Context } from 'hono';
import * as z from 'zod';
import { invalidQuery, lateMessage, sessionOver, unknownReceipt } from '../errors.ts';
import { HostedSession, momentOf } from '../sessions/hosted-session.ts';
import { pastReceipt, proofOf } from '../sessions/past-receipt.ts';
import { toldEvents } from '../sessions/told-events.ts';
import type { Hall } from './hall.ts';
import { idempotencyHeader, idempotencyKey } from './idempotency-key.ts';
import { operation } from './operation.ts';
import { askAnswer, eventAnswer, proofAnswer, receiptAnswer, tokenAnswer } from './schemas.ts';
import { sessionParameter } from './session-routes.ts';

const agentName = z.string().min(1).max(200);
const messageSchema = z.strictObject({
  message: z.unknown(),
  round: z.int().positive().optional().describe('The round that is meant'),
  key: agentName.optional().describe('Under this, the same may be said again, and counts once'),
});
const joinSchema = z.strictObject({ agent: agentName });

/** Routes of those who take part. */
export function agentRoutes(app: OpenAPIHono, hall: Hall): void {
  const { gate } = hall;

  operation(
    app,
    {
      method: 'post',
      path: '/sessions/{session}/join',
      summary: 'Comes in, where entry is open',
      parameters: sessionParameter,
      headers: idempotencyHeader,
      body: joinSchema,
      example: { agent: 'cat' },
      by: 'join',
      answers: { 201: { description: 'The token of whoever came in', schema: tokenAnswer } },
      problems: [400, 401, 403, 404, 409, 413],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      gate.joiner(context.req.raw, id);
      const { agent } = validate(joinSchema, await hall.readBody(context.req.raw), 'invalid-message', []);
      const key = idempotencyKey(context.req.raw);
      const byKey = key === undefined ? {} : { key: hall.tokens.entranceUnder(key, id) };
      await hall.sessions().hear(id, async (found) => {
        if (!(found instanceof HostedSession)) throw sessionOver(found.how.status);
        await found.session.join(agent, 'external', byKey);
      });
      return context.json({ token: hall.tokens.forAgent(id, agent) }, 201);
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}/ask',
      summary: 'What is asked of the agent now',
      parameters: sessionParameter,
      query: { wait: z.string().optional().describe('Seconds to wait to be asked') },
      by: 'agent',
      answers: {
        200: { description: 'The question', schema: askAnswer },
        204: { description: 'Nothing is asked of it now' },
      },
      problems: [400, 401, 403, 404],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      const agent = gate.agent(context.req.raw, id);
      const seconds = secondsIn(context.req.query('wait'), hall.limits.wait);
      const patience = seconds === 0 ? AbortSignal.abort() : hall.patience(seconds * 1000, context.req.raw);
      for (;;) {
        const found = await hall.sessions().asItIs(id);
        if (!(found instanceof HostedSession)) return context.body(null, 204);
        const asked = await found.ask(agent, patience);
        // While it waited, another service may have gone on.
        if (!(await found.isHere())) continue;
        if (asked === undefined) return context.body(null, 204);
        const { round, content, closesAt } = asked;
        const message = hall.messageSchema(found.making);
        return context.json({ round, content, message, closesAt: momentOf(closesAt) });
      }
    },
  );

  operation(
    app,
    {
      method: 'post',
      path: '/sessions/{session}/messages',
      summary: 'Says something; the receipt is given once it is on disk',
      parameters: sessionParameter,
      body: messageSchema,
      example: { message: { bid: 12 }, round: 1, key: 'mine' },
      by: 'agent',
      answers: { 201: { description: 'It counts', schema: receiptAnswer } },
      problems: [400, 401, 403, 404, 409, 413],
    },
    counted(hall, async (context) => {
      const id = context.req.param('session') as string;
      const agent = gate.agent(context.req.raw, id);
      const body = validate(messageSchema, await hall.readBody(context.req.raw), 'invalid-message', []);
      const { message, key, round } = body;
      const options = { ...(key === undefined ? {} : { key }), ...(round === undefined ? {} : { round }) };
      const receipt = await hall.sessions().hear(id, async (found) => {
        if (found instanceof HostedSession) return { session: id, ...(await found.submit(agent, message, options)) };
        const said = key && hall.readMessage(found.making, agent, message);
        const past = key && pastReceipt(id, await hall.store.read(id), agent, key, said);
        if (!past) throw lateMessage(found.how.status);
        return past;
      });
      return context.json({ receipt }, 201);
    }),
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}/events',
      summary: 'What happens, as server-sent events: from the first on, or after Last-Event-ID',
      parameters: sessionParameter,
      query: {
        quiet: z
          .enum(['true', 'false'])
          .optional()
          .describe('Without the answers of others: among many, they are most of it'),
      },
      headers: { 'last-event-id': z.string().optional() },
      answers: { 200: { description: 'Events', schema: eventAnswer, type: 'text/event-stream' } },
      problems: [400, 401, 403, 404],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      const visitor = gate.visitor(context.req.raw, id);
      const after = lastEvent(context.req.header('last-event-id'));
      hall.refuseWhileDraining();
      const found = await hall.sessions().at(id);
      const isQuiet = context.req.query('quiet') === 'true';
      const who = visitor === undefined || visitor.kind === 'join' ? ({ kind: 'public' } as const) : visitor;
      const follower = { ...who, isQuiet };
      return hall.stream((signal) => toldEvents(hall.store, found, follower, after, signal));
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}/receipts/{seq}',
      summary: 'That a message stands in the journal: the hashes that lead from it to the head',
      parameters: { ...sessionParameter, seq: z.string() },
      by: 'agent',
      answers: { 200: { description: 'The proof', schema: proofAnswer } },
      problems: [401, 403, 404],
    },
    async (context) => {
      const { session: id = '', seq = '' } = context.req.param();
      const agent = gate.agent(context.req.raw, id);
      const number = /^\d{1,15}$/.test(seq) ? Number(seq) : Number.NaN;
      if (Number.isNaN(number)) throw unknownReceipt(number);
      await hall.sessions().at(id);
      return context.json(await proofOf(await hall.store.read(id), number, agent));
    },
  );
}

/** Counts what becomes of messages. */
function counted(
  { metrics }: Hall,
  take: (context: Context) => Promise<Response>,
): (context: Context) => Promise<Response> {
  return async (context) => {
    try {
      const response = await take(context);
      metrics.message('accepted');
      return response;
    } catch (error) {
      metrics.message(isMechaneError(error) ? error.code : 'internal');
      throw error;
    }
  };
}

export function secondsIn(given: string | undefined, most: number): number {
  if (given === undefined) return 0;
  const seconds = given.trim() === '' ? Number.NaN : Number(given);
  if (!(seconds >= 0)) throw invalidQuery('wait', 'seconds, 0 or more');
  return Math.min(seconds, most);
}

/** The number after which events are told: whoever has had none is told all. */
function lastEvent(given: string | undefined): number {
  if (given === undefined || given === '') return -1;
  if (!/^\d{1,15}$/.test(given)) throw invalidQuery('last-event-id', 'the id of an event');
  return Number(given);
}
