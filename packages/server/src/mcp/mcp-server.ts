import { type CallToolResult, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { mcpPrompts } from './mcp-prompts.ts';
import { answered, refused } from './tool-result.ts';

/**
 * Asks a service, as whoever the tools are for.
 *
 * @category Models
 */
export type AskService = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Response>;

/**
 * What tools for language models work with.
 *
 * @category Models
 */
export interface McpOptions {
  readonly ask: AskService;
  /** The session of whoever the tools are for, where it is an agent. */
  readonly session?: string | undefined;
  /** Examines what a mechanism claims; where it is not given, nobody can. */
  readonly verify?: VerifyClaims | undefined;
}

/**
 * Examines what a mechanism claims, and gives the reports of the conformance kit.
 *
 * @category Models
 */
export type VerifyClaims = (examination: {
  readonly id: string;
  readonly runs?: number | undefined;
}) => Promise<object>;

const sessionArgument = z.string().optional().describe('The session; yours, unless it is given');
const anyObject = z.record(z.string(), z.unknown());

/** The most work that an examination may be asked for. */
const mostRuns = 200;

/**
 * The tools, resources and prompts by which a language model takes part: each tool asks the service as any program would, so that what a model may do
 * is what its token may do.
 *
 * @category Models
 */
export function mcpServer(options: McpOptions): McpServer {
  const server = new McpServer({ name: 'mechane', version: '1' }, { instructions });
  mechanismTools(server, options);
  sessionTools(server, options);
  mechanismResources(server, options);
  mcpPrompts(server);
  return server;
}

const instructions =
  'Economic mechanisms: auctions, markets and games. Describe a mechanism to read its rules and what they claim: where "strategy-proof" holds, your ' +
  'true value is your best bid. In a session, wait to be asked with get_ask, then answer with submit_message by the JSON Schema that came with it. An ' +
  'error names its code, the path of what is wrong, what was expected and the fix: mend it and try again.';

function mechanismTools(server: McpServer, { ask, verify }: McpOptions): void {
  server.registerTool(
    'list_mechanisms',
    {
      description: 'The mechanisms that can be played, and what each claims',
      inputSchema: z.object({}),
      annotations: { readOnlyHint: true },
    },
    async () => {
      const response = await ask('GET', '/mechanisms');
      return told(response, response.ok ? { mechanisms: await response.json() } : undefined);
    },
  );
  server.registerTool(
    'describe_mechanism',
    {
      description:
        'All that a mechanism says of itself: JSON Schemas of settings, report, message and outcome, and its claims',
      inputSchema: z.object({ id: z.string().describe('Such as auction-sealed/second-price') }),
      annotations: { readOnlyHint: true },
    },
    async ({ id }) => told(await ask('GET', `/mechanisms/${id.split('/').map(segment).join('/')}`)),
  );
  server.registerTool(
    'run_scenario',
    {
      description:
        'Plays a scenario at once, and gives who gets what and who pays what. The arguments are the scenario',
      inputSchema: z.looseObject({
        mechanism: z.string(),
        settings: anyObject.optional(),
        reports: z
          .unknown()
          .optional()
          .describe('What each agent tells the mechanism, by agent; or [[agent, report], …], where the order matters'),
        types: anyObject.optional().describe('True types, where they differ from the reports'),
        messages: z
          .array(z.unknown())
          .optional()
          .describe('[[agent, message, at?], …], where the mechanism takes messages'),
        seed: z.int().optional(),
      }),
      annotations: { readOnlyHint: true },
    },
    async (scenario) => told(await ask('POST', '/runs', scenario)),
  );
  server.registerTool(
    'verify_claims',
    {
      description: 'Examines what a mechanism claims, with a counterexample where a claim is false',
      inputSchema: z.object({
        id: z.string(),
        runs: z.int().min(1).max(mostRuns).optional().describe('How much work to do'),
      }),
      annotations: { readOnlyHint: true },
    },
    async ({ id, runs }) => {
      if (verify === undefined) return refused(notOffered);
      try {
        return answered(await verify({ id, runs }));
      } catch (thrown) {
        // What nobody has foreseen, the library tells by itself.
        if (!isCoded(thrown)) throw thrown;
        const { code, message, path, expected, fix } = thrown;
        return refused({ code, message, path, expected, fix });
      }
    },
  );
}

interface Coded {
  readonly code: string;
  readonly message: string;
  readonly path: readonly unknown[];
  readonly expected?: string;
  readonly fix?: string;
}

function isCoded(thrown: unknown): thrown is Coded {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'path' in thrown;
}

const notOffered = {
  code: 'not-offered',
  message: 'this service examines no claims. Fix: read what the mechanism claims with describe_mechanism.',
  path: [],
};

function sessionTools(server: McpServer, { ask, session: own }: McpOptions): void {
  const at = (session: string | undefined): string => `/sessions/${segment(session ?? own ?? 'none')}`;
  server.registerTool(
    'get_session',
    {
      description: 'A session: its status, its round, who takes part, and what came out once it is closed',
      inputSchema: z.object({ session: sessionArgument }),
      annotations: { readOnlyHint: true },
    },
    async ({ session }) => told(await ask('GET', at(session))),
  );
  server.registerTool(
    'get_ask',
    {
      description: 'What is asked of you now, with a JSON Schema of the answer; { asked: false } where nothing is',
      inputSchema: z.object({
        session: sessionArgument,
        wait: z.number().min(0).max(60).optional().describe('Seconds to wait to be asked'),
      }),
      annotations: { readOnlyHint: true },
    },
    async ({ session, wait = 0 }) => {
      const response = await ask('GET', `${at(session)}/ask?wait=${wait}`);
      if (response.status === 204) return answered({ asked: false });
      return told(response, response.ok ? { asked: true, ...((await response.json()) as object) } : undefined);
    },
  );
  server.registerTool(
    'submit_message',
    {
      description: 'Answers what is asked of you. The receipt proves that your message counts',
      inputSchema: z.object({
        message: z.unknown().describe('As the JSON Schema that came with the question says'),
        session: sessionArgument,
        round: z.int().positive().optional().describe('The round of the question'),
        key: z.string().optional().describe('Under this, the same message may be sent again, and counts once'),
      }),
      annotations: { idempotentHint: false },
    },
    async ({ session, ...said }) => told(await ask('POST', `${at(session)}/messages`, said)),
  );
}

function mechanismResources(server: McpServer, { ask }: McpOptions): void {
  const list = async (): Promise<{
    resources: { uri: string; name: string; description: string; mimeType: string }[];
  }> => {
    const listed = (await (await ask('GET', '/mechanisms')).json()) as readonly {
      readonly id: string;
      readonly summary: string;
    }[];
    const resources = listed.map(({ id, summary }) => ({
      uri: `mechane://mechanisms/${id}`,
      name: id,
      description: summary,
      mimeType,
    }));
    return { resources };
  };
  server.registerResource(
    'mechanism',
    new ResourceTemplate('mechane://mechanisms/{package}/{name}', { list }),
    { description: 'The rules of a mechanism, and what they claim, with reasons', mimeType },
    async (uri, { package: owner, name }) => {
      const response = await ask('GET', `/mechanisms/${segment(`${owner}`)}/${segment(`${name}`)}`);
      return { contents: [{ uri: uri.href, mimeType, text: await response.text() }] };
    },
  );
}

const mimeType = 'application/json';

/** A name as a part of a path, out of which it does not lead. */
function segment(name: string): string {
  return /^\.{1,2}$/.test(name) ? 'none' : encodeURIComponent(name);
}

/** What the service has answered, as a tool's result: structured, and the same as text. */
async function told(response: Response, content?: object): Promise<CallToolResult> {
  const body = content ?? ((await response.json()) as object);
  return response.ok ? answered(body) : refused(body);
}
