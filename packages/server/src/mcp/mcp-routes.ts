import type { OpenAPIHono } from '@hono/zod-openapi';
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server';
import { tokenIn } from '../access/gate.ts';
import { unauthorized } from '../errors.ts';
import type { Hall } from '../http/hall.ts';
import { writtenBody } from '../http/json-body.ts';
import { mcpServer, type VerifyClaims } from './mcp-server.ts';
import { heardAsWritten } from './tool-call.ts';

/** The tools for language models, by streamable HTTP: each asks the routes of the service with the token with which it was asked. */
export function mcpRoutes(app: OpenAPIHono, hall: Hall, verify: VerifyClaims | undefined): void {
  const handler = createMcpHandler(({ authInfo }) => {
    const { token } = authInfo as AuthInfo;
    const caller = hall.gate.callerWith(token);
    const session = caller && caller.kind !== 'admin' ? caller.session : undefined;
    return mcpServer({ ask: asking(app, token), session, verify });
  });
  app.all('/mcp', async (context) => {
    const { raw } = context.req;
    if (hall.gate.caller(raw) === undefined) throw unauthorized('a token is missing');
    const token = tokenIn(raw.headers.get('authorization') as string) as string;
    const authInfo = { token, clientId: 'mechane', scopes: [] };
    if (raw.method !== 'POST') return handler.fetch(raw, { authInfo });
    const written = await writtenBody(raw, hall.limits);
    const heard = written === undefined ? { message: undefined } : heardAsWritten(written);
    if ('answer' in heard) return context.json(heard.answer);
    const request = new Request(raw.url, { method: 'POST', headers: raw.headers });
    return handler.fetch(request, { authInfo, parsedBody: heard.message });
  });
}

function asking(app: OpenAPIHono, token: string): Parameters<typeof mcpServer>[0]['ask'] {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}` };
    return app.fetch(
      new Request(`http://mechane.invalid${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  };
}
