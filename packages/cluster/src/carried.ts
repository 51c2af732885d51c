/** A request as it is sent from node to node. */
interface CarriedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
  /** Until when whoever asks would wait to be asked, in milliseconds since 1970: a node that is asked instead of another waits no longer. */
  readonly until?: number;
}

/** An answer as it is sent from node to node. */
interface CarriedResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export async function textOfRequest(request: Request): Promise<string> {
  const { method, url, headers } = request;
  const body = request.body === null ? null : await request.text();
  const wait = waitIn(url);
  const until = wait === 0 ? {} : { until: Date.now() + wait };
  return JSON.stringify({ method, url, headers: [...headers], body, ...until } satisfies CarriedRequest);
}

/** @param signal aborted once nobody waits for the answer any more */
export function requestIn(text: string, signal: AbortSignal): Request {
  const { method, url, headers, body, until } = JSON.parse(text) as CarriedRequest;
  const init = { method, headers: headersOf(headers), signal, ...(body === null ? {} : { body }) };
  return new Request(until === undefined ? url : waitingUntil(url, until), init);
}

/** Nobody waits longer, whatever is asked for, in milliseconds: a node has its own limit, which is shorter. */
const longestWait = 3_600_000;

/** So long whoever asks would wait to be asked, in milliseconds. */
export function waitIn(url: string): number {
  const wait = /[?&]wait=([^&]*)/.exec(url)?.[1] ?? '';
  return Math.min(1000 * (Number(wait) || 0), longestWait);
}

/** The address with what is left of a wait. What is no number of seconds stays, to be refused. */
function waitingUntil(url: string, until: number): string {
  const left = Math.max(0, until - Date.now()) / 1000;
  return url.replace(/([?&]wait=)([^&]*)/, (_, name: string, wait: string) => name + Math.min(Number(wait), left));
}

export async function textOfResponse(response: Response): Promise<string> {
  const { status, headers } = response;
  return JSON.stringify({ status, headers: [...headers], body: await response.text() } satisfies CarriedResponse);
}

export function responseIn(text: string): Response {
  const { status, headers, body } = JSON.parse(text) as CarriedResponse;
  // Where there may be no body, none is given.
  return new Response(status === 204 ? null : body, { status, headers: headersOf(headers) });
}

function headersOf(pairs: readonly (readonly [string, string])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) headers.append(name, value);
  return headers;
}
