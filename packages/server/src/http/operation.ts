import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';

/** The method of a request. */
type Method = 'get' | 'post' | 'put';

/** What a route does, as its description says it. */
export interface Operation {
  readonly method: Method;
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly parameters?: Readonly<Record<string, z.ZodType>>;
  readonly query?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: Readonly<Record<string, z.ZodType>>;
  readonly body?: z.ZodType;
  /** A body that is taken. */
  readonly example?: object;
  /** Who may: anybody, where it is not said. */
  readonly by?: 'admin' | 'agent' | 'join';
  readonly answers: Readonly<Record<number, Answer>>;
  /** The statuses of problems that it may answer with. */
  readonly problems: readonly number[];
}

interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly type?: string;
}

/** An error, as every route answers it. */
const problemSchema = z.object({
  status: z.int(),
  code: z.string(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  expected: z.string().optional(),
  fix: z.string().optional(),
});

const meanings: Readonly<Record<number, string>> = {
  400: 'Bad input',
  401: 'No token, or an unknown one',
  403: 'Not yours',
  404: 'Nothing is there',
  409: 'Out of turn, late, duplicate, or not possible any more',
  413: 'Too large',
  429: 'Too many requests',
  500: 'A mechanism failed',
  503: 'Not at the moment: try again',
};

/** Adds a route, and what is said of it in the description of the service. */
export function operation(
  app: OpenAPIHono,
  { method, path, summary, parameters, query, headers, body, example, by, answers, problems }: Operation,
  handler: (context: Context) => Response | Promise<Response>,
): void {
  const asked = (shape: Readonly<Record<string, z.ZodType>>) => z.object(shape);
  app.openAPIRegistry.registerPath({
    method,
    path,
    summary,
    ...(by === undefined ? {} : { security: [{ token: [] }] }),
    request: {
      ...(parameters === undefined ? {} : { params: asked(parameters) }),
      ...(query === undefined ? {} : { query: asked(query) }),
      ...(headers === undefined ? {} : { headers: asked(headers) }),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body, example } } } }),
    },
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      ...Object.fromEntries([...problems, 429, 503].map((status) => [status, problemOf(status)])),
    },
  });
  app.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1'), handler);
}

function answerOf({ description, schema, type = 'application/json' }: Answer): {
  description: string;
  content?: Record<string, { schema: z.ZodType }>;
} {
  return { description, ...(schema === undefined ? {} : { content: { [type]: { schema } } }) };
}

function problemOf(status: number): ReturnType<typeof answerOf> {
  return answerOf({ description: meanings[status] as string, schema: problemSchema, type: 'application/problem+json' });
}
