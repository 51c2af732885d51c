import type { JsonSchema } from '@mechane/core';
import { keyInWords, valueInWords } from './in-words.ts';
import { type AnyRecord, isRecord } from './records.ts';

/** A message that is one word, said by one press. */
export interface Word {
  readonly message: unknown;
  readonly label: string;
}

/** A message with parts that are filled in. */
export interface Form {
  readonly label: string;
  readonly fields: readonly Field[];
  /** Parts of which there is only one. */
  readonly fixed: AnyRecord;
}

/** A part of a message. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly schema: JsonSchema;
  readonly isNeeded: boolean;
}

/** In which ways a question can be answered. */
export interface WaysToAnswer {
  readonly words: readonly Word[];
  readonly forms: readonly Form[];
  /** Whether it can be said as JSON alone. */
  readonly isOpen: boolean;
}

/** The ways in which a question can be answered, from the JSON Schema of messages and what is asked. */
export function waysToAnswer(schema: JsonSchema, content: unknown): WaysToAnswer {
  const variants = variantsOf(schema);
  const words = variants.flatMap((variant) => wordsOf(variant, content));
  const forms = variants.flatMap(formOf).filter(({ fields }) => fields.length > 0);
  // Clocks ask for one of their two kinds of answer.
  const answer = isRecord(content) ? content.answer : undefined;
  const wanted = { 'in-or-out': 'words', 'take-or-wait': 'words', 'leaving-price': 'forms', 'stopping-price': 'forms' };
  const only = typeof answer === 'string' ? (wanted as Readonly<Record<string, string>>)[answer] : undefined;
  const isOnly = (kind: 'words' | 'forms', ways: readonly unknown[]): boolean => only === kind && ways.length > 0;
  return {
    words: isOnly('forms', forms) ? [] : words,
    forms: isOnly('words', words) ? [] : forms,
    isOpen: words.length === 0 && forms.length === 0,
  };
}

function variantsOf(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, oneOf } = schema as { readonly anyOf?: JsonSchema[]; readonly oneOf?: JsonSchema[] };
  return (anyOf ?? oneOf)?.flatMap(variantsOf) ?? [schema];
}

function wordsOf(variant: JsonSchema, content: unknown): readonly Word[] {
  const { enum: choices, const: only } = variant as { readonly enum?: readonly unknown[]; readonly const?: unknown };
  if (choices !== undefined) return choices.map((message) => ({ message, label: wordLabel(message, content) }));
  if (only !== undefined) return [{ message: only, label: wordLabel(only, content) }];
  const form = formOf(variant)[0];
  if (form === undefined || form.fields.length > 0) return [];
  // What the question says is not to be had cannot be asked for.
  if (isRecord(content) && Object.keys(form.fixed).some((key) => content[key] === null)) return [];
  return [{ message: form.fixed, label: sentence(Object.keys(form.fixed).map(keyInWords).join(', ')) }];
}

function wordLabel(word: unknown, content: unknown): string {
  const price = isRecord(content) && typeof content.price === 'number' ? ` ${valueInWords(content.price)}` : '';
  const known: Readonly<Record<string, string>> = {
    in: `In at${price}`,
    out: 'Out',
    take: `Take it for${price}`,
    wait: 'Wait',
  };
  return (price === '' ? undefined : known[String(word)]) ?? sentence(String(word));
}

function formOf(variant: JsonSchema): readonly Form[] {
  const { type, required = [] } = variant as { readonly type?: string; readonly required?: readonly string[] };
  if (type !== 'object' || variant.properties === undefined) return [];
  const parts = Object.entries(variant.properties);
  const isFixed = (schema: JsonSchema): boolean => 'const' in schema;
  const fixed = Object.fromEntries(
    parts.flatMap(([name, schema]) => ('const' in schema ? [[name, schema.const]] : [])),
  );
  const fields = parts
    .filter(([, schema]) => !isFixed(schema))
    .map(([name, schema]) => ({ name, label: sentence(keyInWords(name)), schema, isNeeded: required.includes(name) }));
  const names = Object.values(fixed).filter((value) => typeof value === 'string');
  const needed = fields.filter(({ isNeeded }) => isNeeded);
  const [only] = needed;
  // What one part is for says more than how it is called.
  const said = needed.length === 1 ? String(only?.schema.description ?? '') : '';
  const label = names.length > 0 ? names.join(', ') : said || needed.map(({ label }) => label).join(', ');
  return [{ label: sentence(label), fields, fixed }];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
