import { falseProof, falseReceipt } from './errors.ts';
import { eventsIn, type Following } from './following.ts';
import { growing, pause, randomName } from './pause.ts';
import { checkedProof, checkedReceipt } from './receipts.ts';
import { queryOf, type Requests } from './requests.ts';
import type { Place } from './token.ts';
import type { Ask, Belonging, Proof, Receipt, SessionEvent, SessionView } from './wire.ts';

/**
 * How something is said.
 *
 * @category Agents
 */
export interface Saying {
  /** The round that is meant: once it is over, the message is late, and changes nothing. */
  readonly round?: number;
  /** Under this, it counts once, however often it is sent: a random one, unless it is given. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/**
 * What is known of a message whose receipt is held against the journal.
 *
 * @category Receipts
 */
export interface Evidence {
  /** What was said; what this seat has said itself, it knows. */
  readonly message?: unknown;
  /** A hash that was published when the journal stood where the proof was given. */
  readonly head?: string;
  readonly signal?: AbortSignal;
}

/** What a seat has said. */
interface Kept {
  readonly key: string;
  readonly message: unknown;
}

/** Seconds that the service may wait to ask, which is less than what stands between waits. */
const longPoll = 25;
/** Milliseconds after which a question that stays open is looked at again, at first and at most. */
const firstLook = 100;
const lastLook = 2_000;

/**
 * An agent's place in a session.
 *
 * @category Agents
 */
export class Seat {
  readonly session: string;
  readonly agent: string;
  /** Whoever has it speaks for the agent. */
  readonly token: string;
  readonly #requests: Requests;
  readonly #key: () => Promise<CryptoKey | undefined>;
  readonly #said = new Map<number, Kept>();

  /** @internal */
  constructor(requests: Requests, key: () => Promise<CryptoKey | undefined>, token: string, place: Place) {
    this.#requests = requests;
    this.#key = key;
    this.token = token;
    this.session = place.session;
    this.agent = place.agent;
  }

  /**
   * What is asked of the agent now; `undefined` where nothing is.
   *
   * @param wait seconds to wait to be asked
   * @throws ServiceError
   */
  async ask<Content = unknown>(wait = 0, signal?: AbortSignal): Promise<Ask<Content> | undefined> {
    const path = `${this.#path}/ask?wait=${wait}`;
    return (await this.#get(path, signal, wait * 1000)) as Ask<Content> | undefined;
  }

  /**
   * What the agent is asked, round by round, until the session has ended. Who comes back late is asked what is open then.
   *
   * @throws ServiceError
   */
  async *asks<Content = unknown>(signal?: AbortSignal): AsyncGenerator<Ask<Content>, undefined> {
    let last = 0;
    for (let looks = 0; ; looks++) {
      const ask = await this.ask<Content>(longPoll, signal);
      if (ask && ask.round > last) {
        last = ask.round;
        yield ask;
        looks = -1;
        continue;
      }
      if (!ask && (await this.view(signal)).status !== 'open') return undefined;
      // One may think again about the same question: it stays open. A service that goes down answers at once, and has nothing to ask.
      await pause(growing(firstLook, lastLook, looks), signal);
    }
  }

  /**
   * Says something. It is sent again while the service, or the way to it, is down, and counts once.
   *
   * @returns the receipt: the message is on the service's disk.
   * @throws ServiceError with the code of the service where it refuses the message; `false-receipt`, `unreachable`.
   */
  async submit(message: unknown, { round, key = randomName(), signal }: Saying = {}): Promise<Receipt> {
    const answer = (await this.#requests.json({
      method: 'POST',
      path: `${this.#path}/messages`,
      token: this.token,
      body: { message, key, ...(round === undefined ? {} : { round }) },
      signal,
    })) as { readonly receipt?: unknown } | undefined;
    const receipt = await checkedReceipt(answer?.receipt, this.session, await this.#key());
    const known = this.#said.get(receipt.seq);
    if (known && known.key !== key) throw falseReceipt('it was given for another message before');
    this.#said.set(receipt.seq, { key, message });
    return receipt;
  }

  /**
   * Has the service prove that the message of a receipt stands in the journal, and checks it: entry, salt and leaves have to lead through the
   * receipt's hash to the head, which is that of the session once it has ended.
   *
   * @throws ServiceError `false-proof` or `false-receipt`.
   */
  async prove(given: Receipt, { message, head, signal }: Evidence = {}): Promise<Proof> {
    const receipt = await checkedReceipt(given, this.session, await this.#key());
    const { session, agent } = this;
    const view = await this.view(signal);
    const proof = await this.#get(`sessions/${encodeURIComponent(session)}/receipts/${receipt.seq}`, signal);
    const known = this.#said.get(receipt.seq);
    const checked = await checkedProof(proof, { receipt, agent, key: known?.key, message: message ?? known?.message });
    if (view.status !== 'open' && checked.head !== view.head) throw falseProof('its head is not that of the session');
    if (head !== undefined && checked.head !== head) throw falseProof('its head is not the one that was published');
    return checked;
  }

  /** What the agent may know of the session. */
  async view(signal?: AbortSignal): Promise<SessionView> {
    return (await this.#get(this.#path, signal)) as SessionView;
  }

  /**
   * The agent's places in the sessions that belong to this one, in the order in which they were made.
   *
   * @param after the id of the session after which the list goes on
   * @param wait seconds to wait for the first of them
   * @throws ServiceError
   */
  async places(after?: string, wait = 0, signal?: AbortSignal): Promise<readonly Belonging[]> {
    const path = `${this.#path}/places${queryOf({ after, wait: String(wait) })}`;
    return (await this.#get(path, signal, wait * 1000)) as readonly Belonging[];
  }

  /**
   * The journal once the session is closed: all of it, or what was public and what the agent has said, as the session was made.
   *
   * @throws ServiceError
   */
  journal(signal?: AbortSignal): Promise<string> {
    return this.#requests.text({ path: `${this.#path}/journal`, token: this.token, signal });
  }

  /** What happens in the session, as the agent may see it. */
  events(following: Following = {}): AsyncGenerator<SessionEvent, undefined> {
    return eventsIn(this.#requests, this.session, this.token, following);
  }

  get #path(): string {
    return `sessions/${encodeURIComponent(this.session)}`;
  }

  #get(path: string, signal?: AbortSignal, wait = 0): Promise<unknown> {
    return this.#requests.json({ path, token: this.token, signal, wait });
  }
}
