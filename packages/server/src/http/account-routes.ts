import type { OpenAPIHono } from '@hono/zod-openapi';
import { amount, validate } from '@mechane/core';
import * as z from 'zod';
import { invalidQuery } from '../errors.ts';
import type { Hall } from './hall.ts';
import { operation } from './operation.ts';
import { accountAnswer } from './schemas.ts';

const longestName = 200;
const budgetSchema = z.strictObject({
  budget: amount.nullable().describe('What the account may spend in all; null for anything'),
});

/** Routes about accounts, which pay for agents of several sessions. */
export function accountRoutes(app: OpenAPIHono, hall: Hall): void {
  operation(
    app,
    {
      method: 'put',
      path: '/accounts/{account}',
      summary: 'Says what an account may spend in all its sessions',
      parameters: { account: z.string() },
      body: budgetSchema,
      example: { budget: 100 },
      by: 'admin',
      answers: { 200: { description: 'What the account has', schema: accountAnswer } },
      problems: [400, 401, 403, 413],
    },
    async (context) => {
      hall.gate.admin(context.req.raw);
      const id = context.req.param('account') as string;
      if (id.length > longestName) throw invalidQuery('account', `a name of ${longestName} characters at the most`);
      const { budget } = validate(budgetSchema, await hall.readBody(context.req.raw), 'invalid-message', []);
      return context.json({ id, ...(await hall.store.setBudget(id, budget)) });
    },
  );
}
