/** A request as it is sent from node to node. */
interface CarriedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
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
  return JSON.stringify({ method, url, headers: [...headers], body } satisfies CarriedRequest);
}

export function requestIn(text: string): Request {
  const { method, url, headers, body } = JSON.parse(text) as CarriedRequest;
  return new Request(url, { method, headers: headersOf(headers), ...(body === null ? {} : { body }) });
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
