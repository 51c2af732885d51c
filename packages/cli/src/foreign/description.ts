import type { Claim } from '@mechane/core';
import * as z from 'zod';
import { badDescription } from '../errors.ts';
import { closed, type JsonSchema } from './closed-schema.ts';
import { type DomainName, domainNames } from './foreign-domains.ts';
import type { ForeignProcess } from './foreign-process.ts';

/** What a mechanism in another language says of itself. */
export interface Description {
  readonly id: string;
  readonly summary: string;
  readonly settings: z.ZodType;
  readonly settingsSchema: JsonSchema;
  readonly report: z.ZodType;
  readonly domain: DomainName;
  readonly claims: readonly Claim[];
}

const question = '{"describe":true}';

const schema = z.union([z.record(z.string(), z.unknown()), z.boolean()]);
const bound = z.strictObject({ approximately: z.number().nonnegative() });

const claim = z.strictObject({
  law: z.string().min(1),
  holds: z.union([z.boolean(), bound]),
  because: z.string().default(''),
  domain: z.string().optional(),
  mode: z.enum(['ex-post', 'interim']).optional(),
  witness: z
    .strictObject({
      settings: z.unknown().optional(),
      reports: z.record(z.string(), z.unknown()),
      deviation: z.record(z.string(), z.unknown()).optional(),
      agent: z.string().optional(),
      seed: z.number().optional(),
    })
    .optional(),
});

const description = z.object({
  id: z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'expected PACKAGE/NAME, such as acme/rule'),
  summary: z.string().default(''),
  settings: schema.default({}),
  report: schema,
  domain: z.enum(domainNames),
  claims: z.array(claim).default([]),
});

/** Asks a mechanism what it is. @throws CliError */
export function describedBy(process: ForeignProcess): Description {
  const answer = process.ask(question);
  let said: unknown;
  try {
    said = JSON.parse(answer);
  } catch {
    process.refuse(question, answer, 'this is no JSON');
  }
  const read = description.safeParse(said);
  if (!read.success) {
    const [issue] = read.error.issues as [z.core.$ZodIssue];
    const path = issue.path as (string | number)[];
    throw badDescription(process.command, path, issue.message, expectedAt(path[0]));
  }
  const { id, summary, domain, claims, settings, report } = read.data;
  return {
    id,
    summary,
    domain,
    claims: claims as readonly Claim[],
    settings: schemaFrom(process.command, 'settings', settings),
    settingsSchema: typeof settings === 'boolean' ? {} : settings,
    report: schemaFrom(process.command, 'report', report),
  };
}

function schemaFrom(command: string, key: 'settings' | 'report', given: JsonSchema | boolean): z.ZodType {
  const isObject = typeof given === 'object' && (key === 'report' || 'type' in given || 'properties' in given);
  try {
    // No settings are what an empty schema stands for here: it would let everything pass.
    return isObject ? z.fromJSONSchema(closed(given) as z.core.JSONSchema.JSONSchema) : z.strictObject({});
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw badDescription(command, [key], `this is no JSON Schema that can be read: ${why}`, 'a JSON Schema');
  }
}

function expectedAt(key: string | number | undefined): string {
  if (key === 'domain') return `one of ${domainNames.join(', ')}`;
  if (key === 'claims') return 'a list of {"law":"strategy-proof","holds":true,"because":"…"}';
  return '{"id":"acme/rule","summary":"…","settings":<JSON Schema>,"report":<JSON Schema>,"domain":"single-item","claims":[…]}';
}
