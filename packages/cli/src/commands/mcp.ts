import { describedMechanism, listedMechanisms } from '../catalogue.ts';
import type { Context } from '../context.ts';
import { needsToken, noServiceAt } from '../errors.ts';
import { requireMechanisms } from '../plugins.ts';
import { RunsApart } from '../runs-apart.ts';
import { type Server, serverOf } from '../server.ts';

export interface McpOptions {
  readonly url?: string;
  readonly token?: string;
}

/** `mechane mcp`: the tools for a language model, over the standard streams, until they end. */
export async function mcp({ url, token }: McpOptions, context: Context): Promise<number> {
  const { cwd, env, signal } = context.host;
  const server = await serverOf(cwd);
  if (url === undefined) return here(server, context);
  const given = token ?? env.MECHANE_TOKEN;
  if (given === undefined) throw needsToken();
  const ask = asking(url, given);
  await server.serveOverStdio({ ask, session: server.sessionIn(given), verify: verifiedAt(ask) }, signal);
  return 0;
}

/** Plays the project's mechanisms in this process. */
async function here(server: Server, context: Context): Promise<number> {
  const { cwd, signal } = context.host;
  const installed = await context.plugins();
  requireMechanisms(installed);
  const { mechane } = installed;
  const store = await server.openStore('sqlite::memory:');
  const runs = new RunsApart(mechane, { cwd, signal });
  const adminToken = server.randomToken();
  const service = server.createService({
    mechane,
    store,
    adminToken,
    catalogue: { list: () => listedMechanisms(installed), describe: (id) => describedMechanism(id, installed) },
    run: runs.run,
  });
  try {
    const ask: Ask = (method, path, body) =>
      service.fetch(requestOf('http://mechane.invalid', adminToken, method, path, body));
    await server.serveOverStdio({ ask, verify: runs.verify }, signal);
    return 0;
  } finally {
    await service.close();
    await runs.close();
    await store.close();
  }
}

type Ask = Parameters<Server['serveOverStdio']>[0]['ask'];

function asking(url: string, token: string): Ask {
  return async (method, path, body) => {
    try {
      return await fetch(requestOf(url, token, method, path, body));
    } catch (cause) {
      throw noServiceAt(url, cause);
    }
  };
}

function requestOf(url: string, token: string, method: string, path: string, body: unknown): Request {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  return new Request(`${url.replace(/\/$/, '')}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Claims are examined where the service is, by its own tool: there is no other way to ask for it. */
function verifiedAt(ask: Ask): NonNullable<Parameters<Server['serveOverStdio']>[0]['verify']> {
  return async ({ id, runs }) => {
    const given = runs === undefined ? { id } : { id, runs };
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'verify_claims', arguments: given } };
    const response = await ask('POST', '/mcp', call);
    const text = await response.text();
    // An answer is JSON, or an event of a stream with one line of it.
    const answer = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as {
      readonly result?: { readonly structuredContent: object; readonly isError?: boolean };
    };
    const content = answer.result?.structuredContent ?? answer;
    if (answer.result?.isError !== undefined && answer.result.isError) throw content;
    return content;
  };
}
