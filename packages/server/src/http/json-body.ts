import { firstRounded, inWrittenOrder, roundedAmount } from '@mechane/core/host';
import { noJson, tooDeep, tooLarge } from '../errors.ts';

/** What a body may be. */
export interface BodyLimits {
  readonly body: number;
  readonly depth: number;
}

/** JSON, and what it says. */
export interface WrittenJson {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a body as JSON, its numbers and the order of its agents as they are written; an empty one is `undefined`.
 *
 * @throws MechaneError `too-large` as soon as it is, `invalid-json`, or `imprecise-amount` for a number that would count as another.
 */
export async function jsonBody(request: Request, limits: BodyLimits): Promise<unknown> {
  const { text, value } = await parsedBody(request, limits);
  const rounded = firstRounded(text);
  if (rounded !== undefined) throw roundedAmount(rounded);
  return inWrittenOrder(value, text);
}

/** A body, and the JSON that it says; nothing where it is empty. @throws MechaneError `too-large` as soon as it is, or `invalid-json`. */
export async function parsedBody(request: Request, { body: most, depth }: BodyLimits): Promise<WrittenJson> {
  const text = await textOf(request, most);
  if (text === '') return { text, value: undefined };
  if (isDeeper(text, depth)) throw tooDeep(depth);
  try {
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    throw noJson(cause);
  }
}

/** The text of a body. @throws MechaneError `too-large` as soon as it is. */
export async function textOf(request: Request, most: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  // Whoever says how much there is, is held to it by Node.
  if (request.headers.has('content-length')) return request.text();
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw tooLarge(most);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Whether brackets outside of strings stand deeper than that. */
export function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  let isText = false;
  for (let position = 0; position < text.length; position++) {
    const character = text.charCodeAt(position);
    if (isText) {
      if (character === backslash) position += 1;
      else if (character === quotation) isText = false;
    } else if (character === quotation) isText = true;
    else if (character === brace || character === bracket) {
      depth += 1;
      if (depth > most) return true;
    } else if (character === brace + 2 || character === bracket + 2) depth -= 1;
  }
  return false;
}

const quotation = 0x22;
const backslash = 0x5c;
const bracket = 0x5b;
const brace = 0x7b;
