import * as z from 'zod';
import type { Claim } from '../contract/claim.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { tieBreak } from '../contract/tie-break.ts';
import { sealingSchema } from './commit-reveal.ts';
import { moneyOf } from './money-of.ts';

/**
 * A JSON Schema (draft 2020-12), as far as it is looked into here.
 *
 * @category Descriptions
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/**
 * All that a mechanism says of itself, as plain data. Amounts carry their kind: `"x-amount": "money"` or `"quantity"`.
 *
 * @category Descriptions
 */
export interface Description {
  readonly id: string;
  readonly summary: string;
  /** What may be given, before defaults are filled in. */
  readonly settings: JsonSchema;
  /** `null` where agents only send messages. */
  readonly report: JsonSchema | null;
  readonly message: JsonSchema;
  readonly ask: JsonSchema | null;
  readonly outcome: JsonSchema | null;
  /** Report and message as the inputs of tools for language models. */
  readonly tool: { readonly report: JsonSchema | null; readonly message: JsonSchema };
  /** At the default settings; none where a mechanism has no defaults for all of them. */
  readonly claims: readonly Claim[];
}

/** Describes a mechanism by JSON Schemas. */
export function described(mechanism: Mechanism): Description {
  const { id, summary } = mechanism;
  const report = inputSchema(mechanism.report);
  const message = inputSchema(mechanism.message) ?? {};
  const defaults = mechanism.settings.safeParse({});
  return {
    id,
    summary,
    settings: settingsSchema(mechanism),
    report,
    message,
    ask: outputSchema(mechanism.ask),
    outcome: outputSchema(mechanism.outcome),
    tool: { report: report && toolInput(report), message: toolInput(message) },
    claims: defaults.success ? mechanism.claims(defaults.data) : [],
  };
}

/**
 * An input schema for a language model's tool: an object at its root. Services of models refuse any other root, and unions at the root
 * too, so every other schema is wrapped as `{ "message": … }`; nothing is weakened.
 */
export function toolInput(schema: JsonSchema): JsonSchema {
  const isPlainObject = schema.type === 'object' && !unions.some((keyword) => keyword in schema) && !('$ref' in schema);
  if (isPlainObject) return schema;
  const { $schema, $defs, ...message } = schema;
  return {
    ...($schema === undefined ? {} : { $schema }),
    type: 'object',
    properties: { message },
    required: ['message'],
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
  };
}

const unions = ['anyOf', 'oneOf', 'allOf'] as const;

/** What may be given, before defaults are filled in. What JSON Schema cannot say is left open. */
export function inputSchema(schema: z.ZodType | undefined): JsonSchema | null {
  return schema ? (z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema) : null;
}

function outputSchema(schema: z.ZodType | undefined): JsonSchema | null {
  return schema ? (z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema) : null;
}

/** The schema of settings, with those that all mechanisms take, all that have money, and all of one round of reports. */
function settingsSchema(mechanism: Mechanism): JsonSchema {
  const { $schema, ...rule } = inputSchema(tieBreak) ?? {};
  const unit = {
    description: 'The smallest amount of money that counts; by default the finest decimal among the amounts',
    type: 'number',
    exclusiveMinimum: 0,
  };
  const breakTie = { description: 'Who comes first among equals', default: 'agent-id', ...rule };
  const { $schema: _, ...sealing } = inputSchema(sealingSchema) ?? {};
  let schema = withProperty(inputSchema(mechanism.settings) ?? {}, 'breakTie', breakTie);
  if (moneyOf(mechanism)) schema = withProperty(schema, 'unit', unit);
  if (!mechanism.direct) return schema;
  const description = 'Agents first commit to their reports, then reveal them, or pay the deposit';
  return withProperty(schema, 'sealing', { description, ...sealing });
}

/** Adds a property to every object that a schema allows. */
function withProperty(schema: JsonSchema, name: string, property: JsonSchema): JsonSchema {
  for (const choice of unions) {
    const branches = schema[choice];
    if (!Array.isArray(branches)) continue;
    return { ...schema, [choice]: branches.map((branch: JsonSchema) => withProperty(branch, name, property)) };
  }
  if (schema.type !== 'object') return schema;
  return { ...schema, properties: { ...schema.properties, [name]: property } };
}
