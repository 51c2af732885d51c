import type { MechaneError, Path } from '@mechane/core';
import { countKeys, firstRounded, firstTwice, inWrittenOrder, roundedAmount } from '@mechane/core/host';
import { keyTwice, noJson, tooDeep, tooLarge } from '../errors.ts';

/** What a body may be. */
export interface BodyLimits {
  readonly body: number;
  readonly depth: number;
}

/** JSON, what it says, and how many members its objects have together. */
export interface WrittenJson {
  readonly text: string;
  readonly value: unknown;
  readonly members: number;
}

/**
 * Reads a body as JSON, its numbers and the order of its agents as they are written; an empty one is `undefined`.
 *
 * @throws MechaneError `too-large` as soon as it is, `invalid-json`, or as {@link lostIn} says.
 */
export async function jsonBody(request: Request, limits: BodyLimits): Promise<unknown> {
  const body = await writtenBody(request, limits);
  if (body === undefined) return undefined;
  const lost = lostIn(body);
  if (lost !== undefined) throw lost;
  return inWrittenOrder(body.value, body.text);
}

/** A body as JSON; `undefined` where it is empty. @throws MechaneError `too-large` as soon as it is, or `invalid-json`. */
export async function writtenBody(request: Request, { body, depth }: BodyLimits): Promise<WrittenJson | undefined> {
  const text = await textOf(request, body);
  return text === '' ? undefined : writtenJson(text, depth);
}

/** What a text says. @throws MechaneError `invalid-json` */
export function writtenJson(text: string, deepest: number): WrittenJson {
  const members = membersIn(text, deepest);
  if (members < 0) throw tooDeep(deepest);
  try {
    return { text, value: JSON.parse(text), members };
  } catch (cause) {
    throw noJson(cause);
  }
}

/**
 * What of a text is not in what was read of it: `imprecise-amount` for a number that would count as another, or `duplicate-key`.
 *
 * @param place from where on the way to it is told, where it lies there
 */
export function lostIn({ text, value, members }: WrittenJson, place: Path = []): MechaneError | undefined {
  const from = (path: Path): Path =>
    place.every((step, depth) => path[depth] === step) ? path.slice(place.length) : path;
  const rounded = firstRounded(text);
  if (rounded !== undefined) return roundedAmount(rounded, from(rounded.path));
  const twice = countKeys(value) === members ? undefined : firstTwice(text);
  return twice && keyTwice(from(twice));
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

/** How many members all objects of a text have together, if it is JSON; -1 where its brackets stand deeper than that. */
function membersIn(text: string, deepest: number): number {
  let members = 0;
  let depth = 0;
  let isText = false;
  for (let position = 0; position < text.length; position++) {
    const character = text.charCodeAt(position);
    if (isText) {
      if (character === backslash) position += 1;
      else if (character === quotation) isText = false;
    } else if (character === quotation) isText = true;
    else if (character === colon) members += 1;
    else if (character === brace || character === bracket) {
      depth += 1;
      if (depth > deepest) return -1;
    } else if (character === brace + 2 || character === bracket + 2) depth -= 1;
  }
  return members;
}

const quotation = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const bracket = 0x5b;
const brace = 0x7b;
