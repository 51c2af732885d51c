import type { MechaneError } from '@mechane/core';
import { canonicalJson } from '@mechane/core/host';
import {
  costUnknown,
  heldElsewhere,
  isPassing,
  keyForAnother,
  tooManySessions,
  unavailable,
  unknownSession,
} from '../errors.ts';
import type { StoredSession } from '../store/store.ts';
import type { Ended } from './ended-session.ts';
import { HostedSession, type House } from './hosted-session.ts';
import { accountsIn, type Making } from './made-session.ts';
import { chargesOf } from './spending.ts';

/** A session that has ended. */
export interface EndedSession {
  readonly id: string;
  readonly making: Making;
  readonly how: Ended;
}

/** So long after its journal could not be written a session is taken up again, in milliseconds: longer each time, up to the last. */
const [firstPause, lastPause] = [250, 30_000];

/** The sessions of a service: those that are open here, and whatever the store has besides. */
export class Sessions {
  readonly #house: House;
  readonly #most: number;
  readonly #open = new Map<string, HostedSession>();
  readonly #takingUp = new Map<string, Promise<HostedSession | EndedSession>>();
  readonly #onError: (error: unknown) => void;
  #isClosed = false;

  /** @param onError told why a session cannot be taken up */
  constructor(house: House, most: number, onError: (error: unknown) => void) {
    this.#house = house;
    this.#most = most;
    this.#onError = onError;
  }

  get open(): number {
    return this.#open.size;
  }

  /** The sessions that are open here. */
  get held(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Lets go of a session without ending it: whoever asks for it here again finds what the store says then. */
  letGo(id: string): void {
    const hosted = this.#open.get(id);
    if (hosted) this.#letGoOf(hosted);
  }

  /** A session as the store has it, instead of one that is none any more. */
  async #afresh(hosted: HostedSession): Promise<HostedSession | EndedSession> {
    const { id } = hosted;
    this.#letGoOf(hosted);
    try {
      return await this.at(id);
    } catch (error) {
      if ((error as MechaneError).code !== 'held-elsewhere') this.#again(id);
      throw error;
    }
  }

  #letGoOf(hosted: HostedSession): void {
    this.#close(hosted);
    hosted.abandon();
  }

  /** Takes up every open session that nobody holds. */
  async start(): Promise<void> {
    for (const stored of await this.#house.store.lease())
      await this.#takeUp(stored).catch(() => this.#again(stored.id));
  }

  /**
   * Makes a session, or finds the one that the same request has made.
   *
   * @throws MechaneError with what is wrong, or `idempotency-key-reused` where another request has made it.
   */
  async make(id: string, making: Making): Promise<HostedSession | EndedSession> {
    const { mechane, store } = this.#house;
    const known = this.#open.get(id);
    if (known) return sameMaking(known, making);
    if (this.#open.size >= this.#most) throw tooManySessions(this.#most);
    await mechane.untyped.prepare(making.mechanism);
    const isBounded = mechane.untyped.mechanism(making.mechanism).mostPaid !== undefined;
    if (!isBounded && accountsIn(making).length > 0) throw costUnknown(making.mechanism);
    let isMade: (made: true) => void = () => {};
    const hosted = HostedSession.open(
      this.#house,
      id,
      making,
      new Promise((resolve) => {
        isMade = resolve;
      }),
    );
    const before = await store.make(id, JSON.stringify(making)).catch((error) => {
      hosted.abandon();
      throw error;
    });
    if (before) {
      hosted.abandon();
      return sameMaking(await this.at(id), making);
    }
    isMade(true);
    this.#keep(hosted);
    await hosted.begun();
    this.#house.belongings.made(making);
    return hosted;
  }

  /** @throws MechaneError `unknown-session`, `held-elsewhere`, or `unavailable` where it cannot go on now. */
  async at(id: string): Promise<HostedSession | EndedSession> {
    const open = this.#open.get(id);
    if (open) return seen(open);
    const takingUp = this.#takingUp.get(id);
    if (takingUp) return takingUp;
    const stored = await this.#house.store.find(id);
    if (stored === undefined) throw unknownSession(id);
    if (stored.heldBy !== null && stored.ended === null) throw heldElsewhere(id, stored.heldBy);
    return this.#open.get(id) ?? this.of(stored);
  }

  /**
   * As `at`, for whoever looks only: what another service has made of it while this one stood still is in it.
   *
   * @throws MechaneError `unknown-session`, `held-elsewhere`, or `unavailable` where it cannot go on now.
   */
  async asItIs(id: string): Promise<HostedSession | EndedSession> {
    const found = await this.at(id);
    if (!(found instanceof HostedSession) || (await found.isHere())) return found;
    return this.#afresh(found);
  }

  /**
   * Has a session hear something. Before anything is refused, all that the refusal follows from is stored, and nobody else has gone on with the session:
   * else it is heard again, by the session as it is. So what was refused has not been said, and what counts was not refused.
   *
   * @throws MechaneError as `at`, or what the session refuses it with.
   */
  async hear<Answer>(id: string, say: (session: HostedSession | EndedSession) => Promise<Answer>): Promise<Answer> {
    for (let found = await this.at(id); ; ) {
      try {
        return await say(found);
      } catch (error) {
        if (!(found instanceof HostedSession) || isPassing((error as MechaneError).code)) throw error;
        if (await found.stands()) throw error;
        found = await this.#afresh(found);
      }
    }
  }

  /** A session that the store has listed, as it is. */
  async of(stored: StoredSession): Promise<HostedSession | EndedSession> {
    const { id, ended } = stored;
    if (ended !== null) return { id, making: JSON.parse(stored.made), how: JSON.parse(ended) };
    return this.#open.has(id) ? this.asItIs(id) : this.#takeUp(stored);
  }

  /** Lets go of all sessions, without ending any. */
  close(): void {
    this.#isClosed = true;
    for (const hosted of this.#open.values()) hosted.abandon();
  }

  #takeUp(stored: StoredSession): Promise<HostedSession | EndedSession> {
    const { id } = stored;
    if (this.#isClosed) throw unavailable(id, undefined);
    const before = this.#takingUp.get(id);
    if (before) return before;
    const taken = this.#takenUp(stored).finally(() => this.#takingUp.delete(id));
    this.#takingUp.set(id, taken);
    return taken;
  }

  async #takenUp({ id, made }: StoredSession): Promise<HostedSession | EndedSession> {
    const making = JSON.parse(made) as Making;
    const { store } = this.#house;
    const found = await HostedSession.takeUp(this.#house, id, making).catch((cause) => {
      this.#onError(cause);
      throw unavailable(id, cause);
    });
    if (found instanceof HostedSession) {
      this.#keep(found);
      await found.begun();
      return found;
    }
    await store.end(id, JSON.stringify(found), chargesOf(making, found));
    return { id, making, how: found };
  }

  #keep(hosted: HostedSession): void {
    const { id, making } = hosted;
    this.#open.set(id, hosted);
    hosted.ended
      .then((ended) => this.#house.store.end(id, JSON.stringify(ended), chargesOf(making, ended)))
      .then(
        () => this.#close(hosted),
        () => {
          if (this.#close(hosted)) this.#again(id);
        },
      );
  }

  /** Forgets one that has ended; whether it was the one that is open here. */
  #close(hosted: HostedSession): boolean {
    return this.#open.get(hosted.id) === hosted && this.#open.delete(hosted.id);
  }

  /** Its journal could not be written, or read: tries until it can, since a deadline waits for nobody. */
  #again(id: string, pause = firstPause): void {
    if (this.#isClosed) return;
    const retry = async (): Promise<void> => {
      if (this.#isClosed || this.#open.has(id)) return;
      await this.at(id).catch(({ code }) => {
        if (code !== 'held-elsewhere') this.#again(id, Math.min(2 * pause, lastPause));
      });
    };
    setTimeout(retry, pause).unref();
  }
}

/** A session that is open, or that has just ended. */
function seen(hosted: HostedSession): HostedSession | EndedSession {
  const { id, making, how } = hosted;
  return how === undefined ? hosted : { id, making, how };
}

function sameMaking<Known extends HostedSession | EndedSession>(known: Known, making: Making): Known {
  if (canonicalJson(known.making) !== canonicalJson(making)) throw keyForAnother();
  return known;
}
