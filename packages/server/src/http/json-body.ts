import { noJson, tooDeep, tooLarge } from '../errors.ts';

/** What a body may be. */
export interface BodyLimits {
  readonly body: number;
  readonly depth: number;
}

/**
 * Reads a body as JSON; an empty one is `undefined`.
 *
 * @throws MechaneError `too-large` as soon as it is, or `invalid-json`.
 */
export async function jsonBody(request: Request, { body: most, depth }: BodyLimits): Promise<unknown> {
  const text = await textOf(request, most);
  if (text === '') return undefined;
  if (isDeeper(text, depth)) throw tooDeep(depth);
  try {
    return JSON.parse(text);
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
