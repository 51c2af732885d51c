import type { AgentId } from '../contract/agent.ts';
import type { RunIdentity } from '../play/run-identity.ts';
import type { EventOrigin, Events, Happening, RunEvent } from '../services/events.ts';

/** How many events are kept for whoever is slow to take them. */
export const mostWaiting = 131_072;
/** After so many events, those are looked for who have fallen behind. */
const lookEvery = 4_096;

/** A place among the events, and what follows it. Whoever follows holds the place of the last that it has taken, so that what all have taken is free. */
interface Place {
  readonly number: number;
  next: Link | undefined;
}

/** An event in its place. */
interface Link extends Place {
  readonly event: RunEvent;
  /** What agents are asked, for those that follow what they may see. */
  readonly contents: ReadonlyMap<AgentId, unknown> | undefined;
}

/** The events of one session: for those who iterate over it, and for those who listen to all runs. */
export class EventStream implements AsyncIterable<RunEvent> {
  /** Messages of those who do not take part: they are counted, and not kept. */
  strangers = 0;
  readonly #everyone: Events;
  readonly #identity: RunIdentity;
  #followers: Set<Follower> | undefined;
  #last: Place = { number: 0, next: undefined };
  #ended = false;

  constructor(everyone: Events, identity: RunIdentity) {
    this.#everyone = everyone;
    this.#identity = identity;
  }

  get heard(): boolean {
    return this.#followers !== undefined || this.#everyone.heard;
  }

  /** Says what happened, with the number of the journal's entry that says so, to those who listen, if any do. */
  tell(happening: Happening, seq?: number, contentFor?: (agent: AgentId) => unknown): void {
    if (!this.heard) return;
    const event: RunEvent = { ...happening, ...this.#origin(seq) };
    if (this.#followers) this.#keep(event, contentFor);
    this.#everyone.emit(event);
  }

  /** Says that a message was refused whose sender does not take part: to those who listen now, and kept for nobody. */
  tellOfStranger(happening: Happening): void {
    this.strangers += 1;
    if (this.#everyone.heard) this.#everyone.emit({ ...happening, ...this.#origin() });
  }

  #origin(seq?: number): EventOrigin {
    const { id: run, note } = this.#identity;
    return { run, ...(note === undefined ? {} : { note }), ...(seq === undefined ? {} : { seq }) };
  }

  /** No more events will come; whoever iterates gets what is left, then ends. */
  end(): void {
    this.#ended = true;
    for (const follower of this.#followers ?? []) follower.wake();
    this.#followers = undefined;
  }

  /**
   * Events from now on, in order. Whoever is slow loses none of the last 131,072, and is told how many it has lost of those before.
   */
  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    return this.#follow(undefined);
  }

  /** Events from now on, as an agent may see them: with what it is asked, and without the refusals of others. */
  seenBy(agent: AgentId): AsyncIterator<RunEvent> {
    return this.#follow(agent);
  }

  #follow(agent: AgentId | undefined): AsyncIterator<RunEvent> {
    const follower = new Follower(this.#last, agent);
    if (!this.#ended) {
      this.#followers ??= new Set();
      this.#followers.add(follower);
    }
    return {
      next: async () => {
        for (;;) {
          const missing = follower.missing();
          if (missing > 0) return { done: false, value: { kind: 'omitted', count: missing, ...this.#origin() } };
          const event = follower.take();
          if (event !== undefined) return { done: false, value: event };
          if (this.#ended || follower.hasLeft) return { done: true, value: undefined };
          await follower.waken();
        }
      },
      return: async () => {
        follower.leave();
        this.#followers?.delete(follower);
        if (this.#followers?.size === 0) this.#followers = undefined;
        return { done: true, value: undefined };
      },
    };
  }

  #keep(event: RunEvent, contentFor: ((agent: AgentId) => unknown) | undefined): void {
    const contents = contentFor && this.#contentsFor(contentFor, event);
    const link: Link = { event, contents, number: this.#last.number + 1, next: undefined };
    this.#last.next = link;
    this.#last = link;
    for (const follower of this.#followers ?? []) follower.wake();
    if (link.number % lookEvery === 0) for (const follower of this.#followers ?? []) follower.keepUp(link.number);
  }

  #contentsFor(contentFor: (agent: AgentId) => unknown, event: RunEvent): ReadonlyMap<AgentId, unknown> | undefined {
    if (event.kind !== 'asked') return undefined;
    const asked = new Map<AgentId, unknown>();
    for (const { agent } of this.#followers ?? []) {
      if (agent !== undefined && event.agents.includes(agent)) asked.set(agent, contentFor(agent));
    }
    return asked;
  }
}

/** Somebody who takes events, in its own time. */
class Follower {
  readonly agent: AgentId | undefined;
  hasLeft = false;
  #taken: Place;
  #omitted = 0;
  #wake: (() => void) | undefined;

  constructor(from: Place, agent: AgentId | undefined) {
    this.#taken = from;
    this.agent = agent;
  }

  /** How many events it has lost since it was told of the last. */
  missing(): number {
    const missing = this.#omitted;
    this.#omitted = 0;
    return missing;
  }

  /** The next event that it may see; `undefined` where there is none yet. */
  take(): RunEvent | undefined {
    for (let next = this.#taken.next; next && !this.hasLeft; next = this.#taken.next) {
      this.#taken = next;
      const event = this.#seen(next);
      if (event !== undefined) return event;
    }
    return undefined;
  }

  #seen({ event, contents }: Link): RunEvent | undefined {
    if (this.agent === undefined) return event;
    if (event.kind === 'refused' && event.agent !== this.agent) return undefined;
    return contents?.has(this.agent) ? ({ ...event, content: contents.get(this.agent) } as RunEvent) : event;
  }

  waken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  leave(): void {
    this.hasLeft = true;
    this.wake();
  }

  /** Lets go of what is too long ago. */
  keepUp(number: number): void {
    while (number - this.#taken.number > mostWaiting && this.#taken.next) {
      this.#taken = this.#taken.next;
      this.#omitted += 1;
    }
  }
}
