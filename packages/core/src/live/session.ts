import type { AgentId } from '../contract/agent.ts';
import type { Certificate } from '../contract/certificate.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { lateMessage, unknownAgent } from '../errors.ts';
import type { Conversed } from '../play/conversing.ts';
import type { Receipt } from '../play/journal.ts';
import type { RunResult } from '../play/run-types.ts';
import type { RunEvent } from '../services/events.ts';
import type { RunTrace } from '../services/telemetry.ts';
import { conductLive } from './conduct-live.ts';
import type { EventStream } from './event-stream.ts';
import type { LiveRound } from './live-round.ts';
import type { LiveRun } from './live-run.ts';

/** A result of any mechanism, with a certificate or without. */
export type AnyResult = RunResult<string, object, Certificate | undefined>;

/** What a session needs from the Mechane that opened it. */
export interface SessionRun extends Omit<LiveRun, 'events' | 'trace'> {
  readonly events: EventStream;
  readonly begin: () => RunTrace;
  readonly journalOpened: () => Promise<unknown> | undefined;
  readonly conclude: (conversed: Conversed) => Promise<RunResult>;
  readonly fail: (thrown: unknown) => MechaneError;
  readonly end: () => Promise<void>;
}

/**
 * A run among live agents while it happens: iterate over it for its events, `submit` what outside parties say, await its
 * `outcome`. It begins after the current turn of the event loop, so whoever iterates at once misses nothing.
 *
 * @category Live agents
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const agents = { ann: () => ({ bid: 9 }), bob: 'external' } as const;
 * const session = mechane.open('auction-sealed/second-price', { agents });
 * for await (const event of session) {
 *   if (event.kind === 'asked') await session.submit('bob', { bid: 7 });
 * }
 * (await session.outcome).payment; // => 7
 * ```
 */
export class Session<Result extends AnyResult = RunResult, Message = unknown> implements AsyncIterable<RunEvent> {
  /** The result with its metrics; rejects with a coded error when the run fails or is cancelled. */
  readonly result: Promise<Result>;
  readonly #run: SessionRun;
  #round: LiveRound | undefined;
  #closing = false;

  constructor(run: SessionRun) {
    this.#run = run;
    this.result = Promise.resolve().then(() => this.#play()) as Promise<unknown> as Promise<Result>;
    // Whoever awaits it hears of the failure; nobody has to.
    this.result.catch(() => {});
  }

  /** What came out. */
  get outcome(): Promise<Result['outcome']> {
    const outcome = this.result.then((result) => result.outcome as Result['outcome']);
    outcome.catch(() => {});
    return outcome;
  }

  /**
   * Says something for an agent in the round that is open. The promise is kept with a receipt once the message counts: where there is a
   * journal, when the journal has it. Whoever does not await it is not bothered by a refusal; it is an event as well.
   *
   * @throws MechaneError `unknown-agent`, `out-of-turn`, `duplicate-message`, `late-message` or `invalid-message`; then nothing has changed.
   */
  submit(agent: AgentId, message: Message): Promise<Receipt> {
    const receipt = new Promise<Receipt>((resolve) => resolve(this.#submitted(agent, message)));
    receipt.catch(() => {});
    return receipt;
  }

  #submitted(agent: AgentId, message: Message): Receipt | Promise<Receipt> {
    if (this.#round) return this.#round.submit(agent, message);
    const { agents, events } = this.#run;
    const error = agents.has(agent) ? lateMessage(agent) : unknownAgent(agent, [...agents.keys()], ['messages']);
    if (events.heard) events.emit({ kind: 'refused', round: 0, agent, error: error.toJSON() });
    throw error;
  }

  /** Stops waiting: the open round closes with the replies that are there, and so does every round after it. */
  close(): void {
    this.#closing = true;
    this.#round?.close();
  }

  /** Calls the run off: `result` and `outcome` reject with the code `aborted`. */
  cancel(reason?: unknown): void {
    this.#run.cancellation.cancel(reason);
  }

  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    return this.#run.events[Symbol.asyncIterator]();
  }

  async #play(): Promise<RunResult> {
    const { begin, journalOpened, conclude, fail, end, ...run } = this.#run;
    const trace = begin();
    try {
      await journalOpened();
      const conversed = await conductLive({ ...run, trace }, (round) => {
        this.#round = round;
        if (this.#closing) queueMicrotask(round.close);
      });
      return await conclude(conversed);
    } catch (thrown) {
      throw fail(thrown);
    } finally {
      this.#round = undefined;
      await end();
    }
  }
}
