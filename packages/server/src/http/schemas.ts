import * as z from 'zod';

/*
 * What the service answers with, as its description says it.
 */

const hash = z.string().describe('SHA-256, in hexadecimal');
const moment = z.string().nullable().describe('ISO 8601; null for never');
const anything = z.unknown();
const anyObject = z.record(z.string(), z.unknown());

export const healthAnswer: z.ZodType = z.object({ status: z.literal('ok') });
export const mechanismsAnswer: z.ZodType = z.array(anyObject);
export const descriptionAnswer: z.ZodType = anyObject;
export const resultAnswer: z.ZodType = anyObject;
export const madeAnswer: z.ZodType = z.object({
  id: z.string(),
  url: z.string(),
  agents: z.record(z.string(), z.object({ token: z.string() })),
  joinToken: z.string().optional(),
});
export const sessionAnswer: z.ZodType = z.object({
  id: z.string(),
  mechanism: z.string(),
  status: z.enum(['open', 'closed', 'cancelled', 'failed']),
  round: z.int(),
  answered: z.int().optional().describe('How many have answered in the round, while it is open'),
  closesAt: moment,
  agents: z.array(z.string()),
  outcome: anyObject.optional(),
  metrics: anyObject.optional(),
  certificate: anyObject.optional(),
  error: anyObject.optional(),
  head: hash,
  label: z.string().optional().describe('What it is called'),
  of: z.string().optional().describe('The session that it belongs to'),
});
export const placesAnswer: z.ZodType = z.array(
  z.object({
    session: z.string(),
    mechanism: z.string(),
    label: z.string().optional(),
    token: z.string(),
    told: anything.optional().describe('What the agent alone is told'),
  }),
);
export const codeAnswer: z.ZodType = z.object({
  session: z.string(),
  joinToken: z.string(),
  label: z.string().optional(),
});
export const sessionsAnswer: z.ZodType = z.object({
  sessions: z.array(sessionAnswer),
  next: z.string().optional().describe('Where the list goes on: ?after=…'),
});
export const accountAnswer: z.ZodType = z.object({
  id: z.string(),
  budget: z.number().nullable().describe('What may be spent in all; null without end'),
  spent: z.number().describe('Paid in sessions that are over, less what was received'),
  held: z.number().describe('The most that may come to be paid in open sessions'),
  left: z.number().nullable(),
});
export const clusterAnswer: z.ZodType = z.object({
  nodes: z.array(z.object({ address: z.string(), isUp: z.boolean(), holdsSessions: z.boolean(), works: z.boolean() })),
  jobs: z.array(
    z.object({
      name: z.string(),
      begun: z.string().describe('ISO 8601'),
      pieces: z.int().nullable().describe('null while not all are known'),
      done: z.int(),
    }),
  ),
});
export const tokenAnswer: z.ZodType = z.object({ token: z.string() });
export const askAnswer: z.ZodType = z.object({
  round: z.int(),
  content: anything,
  message: anyObject.describe('A JSON Schema of what may be said'),
  closesAt: moment,
});
export const receiptAnswer: z.ZodType = z.object({
  receipt: z.object({
    session: z.string(),
    seq: z.int(),
    at: z.number().describe('Milliseconds since 1970'),
    hash,
    signature: z.string().optional().describe('Ed25519, in hexadecimal'),
  }),
});
/** Each event of a stream, as the standard of server-sent events reads it. */
export const eventAnswer: z.ZodType = z.object({
  id: z.string().optional().describe('Its number in the journal; whoever sends it as Last-Event-ID goes on after it'),
  event: z.string().optional().describe('"bye" where the service goes down'),
  data: z.string().describe('JSON: kind, run, and what the kind says besides'),
});
export const keyAnswer: z.ZodType = z.object({ kty: z.string(), crv: z.string(), x: z.string() });
export const proofAnswer: z.ZodType = z.object({
  entry: anyObject,
  salt: z.string(),
  previous: z.string(),
  leaves: z.array(hash),
  head: hash,
});
