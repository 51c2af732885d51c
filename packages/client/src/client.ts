import { missingAdminToken } from './errors.ts';
import { eventsIn, type Following } from './following.ts';
import { randomName } from './pause.ts';
import { type PlayOptions, playAt, type Strategy } from './play.ts';
import { receiptKey } from './receipts.ts';
import { queryOf, type Reaching, Requests } from './requests.ts';
import { Seat } from './seat.ts';
import { type Place, placeOf, sessionToJoin } from './token.ts';
import type {
  Balance,
  Coded,
  DescribedMechanism,
  ListedMechanism,
  Made,
  Making,
  SeenCluster,
  SessionEvent,
  SessionView,
} from './wire.ts';

/**
 * How a service is reached and trusted.
 *
 * @category Services
 */
export interface ConnectOptions extends Reaching {
  /** For whoever makes sessions and ends them. */
  readonly adminToken?: string;
  /** The key of receipts, a JSON Web Key, where it is known from elsewhere; else the service is asked for it once. */
  readonly receiptKey?: JsonWebKey;
  /** Whether the signatures of receipts are checked: they are, unless it is `false`. */
  readonly verify?: boolean;
}

/**
 * Speaks with a service of Mechane. Nothing is sent yet.
 *
 * @param url the address of the service: `https://auctions.example/`
 * @category Services
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { connect } from '@mechane/client';
 * import { createService, openStore } from '@mechane/server';
 *
 * const service = createService({ plugins: [sealedAuctions], store: await openStore('sqlite::memory:'), adminToken: 'secret' });
 * // In one process, no network is needed; elsewhere, connect('https://…') is enough.
 * const fetch = (url: string, init: RequestInit) => service.fetch(new Request(url, init));
 * const client = connect('http://house.example', { adminToken: 'secret', fetch });
 *
 * const { agents } = await client.create({ mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'] });
 * const ann = client.play(agents.ann?.token ?? '', () => ({ bid: 9 }));
 * const bob = client.seat(agents.bob?.token ?? '');
 * const receipt = await bob.submit({ bid: 7 });
 * (await ann).outcome; // => { winner: 'ann', payment: 7, allocation: { ann: 1 }, payments: { ann: 7, bob: 0 } }
 * (await bob.prove(receipt)).entry.message; // => { bid: 7 }
 * await service.close();
 * ```
 */
export function connect(url: string, options: ConnectOptions = {}): Client {
  return new Client(url, options);
}

/**
 * Whoever speaks with a service.
 *
 * @category Services
 */
export class Client {
  readonly #requests: Requests;
  readonly #adminToken: string | undefined;
  readonly #known: JsonWebKey | undefined;
  readonly #verifies: boolean;
  #key: Promise<CryptoKey> | undefined;

  /** @internal */
  constructor(url: string, options: ConnectOptions) {
    this.#requests = new Requests(url, options);
    this.#adminToken = options.adminToken;
    this.#known = options.receiptKey;
    this.#verifies = options.verify ?? true;
  }

  /**
   * Makes a session, as the admin. It is asked for again while the service, or the way to it, is down, and made once.
   *
   * @param idempotencyKey under this, the same request comes to the same session: a random one, unless it is given; under `code CODE`, others find
   * it by that code
   * @throws ServiceError
   */
  async create(making: Making, idempotencyKey: string = randomName()): Promise<Made> {
    const headers = { 'idempotency-key': idempotencyKey };
    return (await this.#asAdmin('sessions', { headers, body: making })) as Made;
  }

  /** Closes the round that is open, and all after it, as the admin. */
  async close(session: string): Promise<SessionView> {
    return (await this.#asAdmin(`${pathOf(session)}/close`)) as SessionView;
  }

  /** Calls a session off, for good, as the admin. */
  async cancel(session: string): Promise<SessionView> {
    return (await this.#asAdmin(`${pathOf(session)}/cancel`)) as SessionView;
  }

  /**
   * Says what an account may spend in all its sessions, as the admin; `null` for anything.
   *
   * @returns what the account has.
   */
  async budget(account: string, budget: number | null): Promise<Balance> {
    const path = `accounts/${encodeURIComponent(account)}`;
    return (await this.#asAdmin(path, { method: 'PUT', body: { budget } })) as Balance;
  }

  /** The services that share the store of this one, and the work that is shared out among them, as the admin. */
  async cluster(): Promise<SeenCluster> {
    return (await this.#requests.json({ path: 'cluster', token: this.#adminToken })) as SeenCluster;
  }

  /** What is public of a session; the admin sees all. */
  async session(session: string): Promise<SessionView> {
    return (await this.#requests.json({ path: pathOf(session), token: this.#adminToken })) as SessionView;
  }

  /**
   * The sessions, in the order in which they were made, at most 100.
   *
   * @param after the id of the session after which the list goes on
   * @param of only those that belong to this session
   */
  async sessions(after?: string, of?: string): Promise<readonly SessionView[]> {
    const query = queryOf({ after, of });
    return (await this.#requests.json({ path: `sessions${query}`, token: this.#adminToken })) as readonly SessionView[];
  }

  /**
   * The session that was made under a code, where entry is open.
   *
   * @throws ServiceError `unknown-code`.
   */
  async coded(code: string): Promise<Coded> {
    return (await this.#requests.json({ path: `codes/${encodeURIComponent(code)}` })) as Coded;
  }

  /** The journal of a session: the admin has it at any time. */
  journal(session: string): Promise<string> {
    return this.#requests.text({ path: `${pathOf(session)}/journal`, token: this.#adminToken });
  }

  /** The public key of receipts: the one that is known from elsewhere, or what the service publishes. */
  async receiptKey(): Promise<JsonWebKey> {
    return this.#known ?? ((await this.#requests.json({ path: 'key' })) as JsonWebKey);
  }

  /** The mechanisms that sessions can be made of. */
  async mechanisms(): Promise<readonly ListedMechanism[]> {
    return (await this.#requests.json({ path: 'mechanisms' })) as readonly ListedMechanism[];
  }

  /** All that a mechanism says of itself. */
  async mechanism(id: string): Promise<DescribedMechanism> {
    const path = id.split('/').map(encodeURIComponent).join('/');
    return (await this.#requests.json({ path: `mechanisms/${path}` })) as DescribedMechanism;
  }

  /**
   * What happens in a session, from the first on, to its end. Where the connection is lost, it goes on after the last event that had an id; those
   * without one may be told twice then.
   *
   * @throws ServiceError
   */
  events(session: string, following: Following = {}): AsyncGenerator<SessionEvent, undefined> {
    return eventsIn(this.#requests, session, this.#adminToken, following);
  }

  /**
   * Comes into a session where entry is open. It is asked again while the service, or the way to it, is down, and one comes in once.
   *
   * @param key whoever comes in again under it gets the same place; random, unless it is given
   * @throws ServiceError `duplicate-agent` where somebody else is called so; `unreachable`.
   */
  async join(joinToken: string, agent: string, key: string = randomName()): Promise<Seat> {
    const session = sessionToJoin(joinToken);
    const path = `${pathOf(session)}/join`;
    const headers = { 'idempotency-key': key };
    const answer = await this.#requests.json({ method: 'POST', path, token: joinToken, headers, body: { agent } });
    return this.seat((answer as { readonly token: string }).token, { session, agent });
  }

  /**
   * An agent's place, by its token.
   *
   * @param place where the token is for, if it does not say so itself
   * @throws ServiceError `unreadable-token`.
   */
  seat(token: string, place: Place = placeOf(token)): Seat {
    return new Seat(this.#requests, () => this.#receiptKey(), token, place);
  }

  /**
   * Lets a function bid: it answers whatever the agent of this token is asked, until the session has ended. What is refused, it is told, and may
   * try again, three times a question.
   *
   * @returns how the session ended.
   * @throws ServiceError, or whatever the strategy throws.
   */
  play<Content = unknown>(token: string, strategy: Strategy<Content>, options: PlayOptions = {}): Promise<SessionView> {
    return playAt(this.seat(token), strategy, options);
  }

  #asAdmin(
    path: string,
    more: { readonly method?: 'PUT'; readonly headers?: Record<string, string>; readonly body?: unknown } = {},
  ): Promise<unknown> {
    if (this.#adminToken === undefined) return Promise.reject(missingAdminToken());
    return this.#requests.json({ method: 'POST', path, token: this.#adminToken, ...more });
  }

  async #receiptKey(): Promise<CryptoKey | undefined> {
    if (!this.#verifies) return undefined;
    this.#key ??= this.#fetchedKey();
    try {
      return await this.#key;
    } catch (error) {
      this.#key = undefined;
      throw error;
    }
  }

  async #fetchedKey(): Promise<CryptoKey> {
    return receiptKey(await this.receiptKey());
  }
}

function pathOf(session: string): string {
  return `sessions/${encodeURIComponent(session)}`;
}
