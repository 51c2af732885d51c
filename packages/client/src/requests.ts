import { noService, refusedBy, ServiceError, unreachable } from './errors.ts';
import { growing, pause } from './pause.ts';

/**
 * How a service is reached.
 *
 * @category Services
 */
export interface Reaching {
  /** The `fetch` of the platform, unless it is given. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How often something is tried before it is given up: 15 times, about a minute. */
  readonly tries?: number;
  /** Milliseconds before something is tried for the second time: 100. Each pause is twice as long as the one before, to 10 seconds. */
  readonly pause?: number;
  /** Milliseconds after which an answer is taken for lost, besides those that one waits to be asked: 30,000. */
  readonly timeout?: number;
}

/** What is asked of a service. */
export interface Asking {
  readonly method?: 'POST' | 'PUT';
  /** Below the address of the service, without a slash before it. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds that the service may wait before it answers. */
  readonly wait?: number;
  readonly signal?: AbortSignal | undefined;
}

const longestPause = 10_000;
/** What a service asks for is waited for, within reason. */
const longestRetryAfter = 60_000;
/** Whoever is told so knows that nothing was done: what was said did not come whole in time (408), too often, or while the service was down. */
const notNow: ReadonlySet<number | undefined> = new Set([408, 429, 503]);
/** What stands between has lost the answer. */
const lostBetween: ReadonlySet<number | undefined> = new Set([502, 504]);

/** An answer that says when to come again. */
class Refusal {
  readonly error: ServiceError;
  readonly after: number;

  constructor(error: ServiceError, after: number) {
    this.error = error;
    this.after = after;
  }
}

/** Requests to one service, which are repeated while the service, or the way to it, is down. */
export class Requests {
  readonly url: string;
  readonly #fetch: NonNullable<Reaching['fetch']>;
  readonly #tries: number;
  readonly #pause: number;
  readonly #timeout: number;

  constructor(url: string, reaching: Reaching) {
    this.url = addressOf(url);
    const { tries = 15, pause: first = 100, timeout = 30_000 } = reaching;
    this.#fetch = reaching.fetch ?? ((address, init) => fetch(address, init));
    this.#tries = tries;
    this.#pause = first;
    this.#timeout = timeout;
  }

  /**
   * What the service answers, as JSON; `undefined` where it answers nothing.
   *
   * @throws ServiceError with the code of the service; `unreachable` or `no-service`.
   */
  async json(asking: Asking): Promise<unknown> {
    const text = await this.text(asking);
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw noService(this.url, 'what it says is no JSON');
    }
  }

  /** What the service answers, as it stands. */
  text(asking: Asking): Promise<string> {
    return this.#send(asking, (response) => response.text());
  }

  /** A stream that goes on as long as the service, or the way to it, lets it. */
  stream(asking: Asking): Promise<ReadableStream<Uint8Array>> {
    return this.#send(asking, async ({ body }) => {
      if (body === null) throw noService(this.url, 'it gives no stream');
      return body;
    });
  }

  async #send<Answer>(asking: Asking, read: (response: Response) => Promise<Answer>): Promise<Answer> {
    // What cannot be written is not for another try.
    const text = asking.body === undefined ? undefined : JSON.stringify(asking.body);
    for (let tried = 1; ; tried++) {
      asking.signal?.throwIfAborted();
      try {
        return await this.#attempt(asking, text, read);
      } catch (thrown) {
        asking.signal?.throwIfAborted();
        const refusal = thrown instanceof Refusal ? thrown : undefined;
        const error = refusal?.error ?? (thrown instanceof ServiceError ? thrown : unreachable(this.url, thrown));
        const isPassing = notNow.has(error.status);
        const isLost = error.code === 'unreachable' || lostBetween.has(error.status);
        if (!(isPassing || isLost) || tried >= this.#tries) throw error;
        await pause(Math.max(growing(this.#pause, longestPause, tried - 1), refusal?.after ?? 0), asking.signal);
      }
    }
  }

  async #attempt<Answer>(
    { method, path, token, headers, wait = 0, signal }: Asking,
    body: string | undefined,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error('the answer is late')), this.#timeout + wait);
    try {
      const response = await this.#fetch(this.url + path, {
        method: method ?? 'GET',
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        cache: 'no-store',
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      });
      if (response.ok) return await read(response);
      throw await this.#refusal(response);
    } finally {
      clearTimeout(timer);
    }
  }

  async #refusal(response: Response): Promise<Refusal> {
    const { status, headers } = response;
    const text = await response.text();
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      // What stands between speaks in pages.
    }
    const error = refusedBy(status, answer) ?? noService(this.url, `it says ${status}`, status);
    const seconds = Number(headers.get('retry-after') ?? 0);
    return new Refusal(error, Math.min(seconds >= 0 ? seconds * 1000 : 0, longestRetryAfter));
  }
}

/** What stands in an address after its path; nothing where nothing is said. */
export function queryOf(parts: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(parts).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return said.length === 0 ? '' : `?${said.join('&')}`;
}

/** The address of a service, for paths to follow; in a page, it may be relative. */
function addressOf(url: string): string {
  try {
    const { href } = new URL(url, globalThis.location?.href);
    return href.endsWith('/') ? href : `${href}/`;
  } catch {
    throw noService(url, 'it is no address');
  }
}
