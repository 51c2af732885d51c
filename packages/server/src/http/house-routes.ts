import type { OpenAPIHono } from '@hono/zod-openapi';
import { isMechaneError } from '@mechane/core';
import * as z from 'zod';
import type { Hall } from './hall.ts';
import { operation } from './operation.ts';
import { problem } from './problem.ts';
import { descriptionAnswer, healthAnswer, keyAnswer, mechanismsAnswer, resultAnswer } from './schemas.ts';

/** Routes that are about no session. */
export function houseRoutes(app: OpenAPIHono, hall: Hall): void {
  const { catalogue, publicKey, run, readBody, page } = hall;

  operation(
    app,
    {
      method: 'get',
      path: '/health',
      summary: 'Whether the service and its store answer',
      answers: { 200: { description: 'They do', schema: healthAnswer } },
      problems: [],
    },
    async (context) => {
      await hall.store.ping();
      return context.json({ status: 'ok' });
    },
  );

  operation(
    app,
    {
      method: 'get',
      path: '/metrics',
      summary: 'What the service counts of itself, for Prometheus',
      answers: { 200: { description: 'Text, version 0.0.4', schema: z.string(), type: 'text/plain' } },
      problems: [],
    },
    (context) =>
      context.body(hall.metrics.text(hall.openNow()), 200, {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      }),
  );

  operation(
    app,
    {
      method: 'get',
      path: '/mechanisms',
      summary: 'The mechanisms, and what each claims',
      answers: { 200: { description: 'As `mechane list --json` says it', schema: mechanismsAnswer } },
      problems: [],
    },
    async (context) => context.json(await catalogue.list()),
  );

  operation(
    app,
    {
      method: 'get',
      path: '/mechanisms/{package}/{name}',
      summary: 'All that a mechanism says of itself',
      parameters: { package: z.string(), name: z.string() },
      answers: { 200: { description: 'As `mechane describe` says it', schema: descriptionAnswer } },
      problems: [404],
    },
    async (context) => {
      const { package: owner = '', name = '' } = context.req.param();
      try {
        return context.json(await catalogue.describe(`${owner}/${name}`));
      } catch (error) {
        if (isMechaneError(error) && error.code === 'unknown-mechanism') return problem(error, 404);
        throw error;
      }
    },
  );

  operation(
    app,
    {
      method: 'post',
      path: '/runs',
      summary: 'Plays a scenario',
      body: z.record(z.string(), z.unknown()).describe('A scenario: mechanism, settings, reports or messages, seed'),
      example: { mechanism: 'auction-sealed/second-price', reports: { ann: { bid: 12 }, bob: { bid: 15 } } },
      answers: { 200: { description: 'The result', schema: resultAnswer } },
      problems: [400, 413, 500],
    },
    async (context) => context.json((await run(await readBody(context.req.raw))) as object),
  );

  operation(
    app,
    {
      method: 'get',
      path: '/key',
      summary: 'The public key of receipts: Ed25519, as a JSON Web Key',
      answers: { 200: { description: 'The key', schema: keyAnswer } },
      problems: [],
    },
    (context) => context.json(publicKey),
  );

  app.get(
    '/',
    async (context) =>
      (await page?.(context.req.raw)) ?? context.text('Mechane. What can be asked: GET /openapi.json\n'),
  );
}
