import type { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import { unknownCode } from '../errors.ts';
import { HostedSession } from '../sessions/hosted-session.ts';
import { type Making, toldTo } from '../sessions/made-session.ts';
import { secondsIn } from './agent-routes.ts';
import type { Hall } from './hall.ts';
import { operation } from './operation.ts';
import { codeAnswer, placesAnswer } from './schemas.ts';
import { sessionParameter } from './session-routes.ts';

/** Routes by which people find their way: into a session by its code, and from it to those that belong to it. */
export function belongingRoutes(app: OpenAPIHono, hall: Hall): void {
  operation(
    app,
    {
      method: 'get',
      path: '/codes/{code}',
      summary:
        'The session that was made under a code, for whoever wants to come in: one made with the Idempotency-Key "code CODE", where entry is open',
      parameters: { code: z.string() },
      answers: { 200: { description: 'The session, and the token to join', schema: codeAnswer } },
      problems: [404],
    },
    async (context) => {
      const code = context.req.param('code') as string;
      const id = hall.tokens.sessionCoded(code);
      const stored = await hall.store.find(id);
      if (stored === undefined || stored.ended !== null) throw unknownCode();
      const { entry, label } = JSON.parse(stored.made) as Making;
      if (entry !== 'open') throw unknownCode();
      const joinToken = hall.tokens.forJoining(id);
      return context.json({ session: id, joinToken, ...(label === undefined ? {} : { label }) });
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/sessions/{session}/places',
      summary: 'The places of an agent in the sessions that belong to this one, in the order in which they were made',
      parameters: sessionParameter,
      query: {
        after: z.string().optional().describe('The session after which the list goes on'),
        wait: z.string().optional().describe('Seconds to wait for the first of them'),
      },
      by: 'agent',
      answers: { 200: { description: 'The places; none where there are none yet', schema: placesAnswer } },
      problems: [400, 401, 403, 404],
    },
    async (context) => {
      const id = context.req.param('session') as string;
      const agent = hall.gate.agent(context.req.raw, id);
      const seconds = secondsIn(context.req.query('wait'), hall.limits.wait);
      const found = await hall.sessions().at(id);
      // To a session that has ended, no more are added that would be worth a wait.
      const isOver = seconds === 0 || !(found instanceof HostedSession);
      const signal = isOver ? AbortSignal.abort() : hall.patience(seconds * 1000, context.req.raw);
      const places = await hall.belongings.placesOf(id, agent, context.req.query('after'), signal);
      return context.json(
        places.map(({ id: session, making }) => {
          const { mechanism, label } = making;
          const told = toldTo(making, agent);
          return {
            session,
            mechanism,
            ...(label === undefined ? {} : { label }),
            token: hall.tokens.forAgent(session, agent),
            ...(told === undefined ? {} : { told }),
          };
        }),
      );
    },
  );
}
