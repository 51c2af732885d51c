import * as z from 'zod';
import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Replies } from '../contract/round.ts';
import { MechaneError, quote } from '../errors.ts';
import { validate } from '../input/validate.ts';

/** How a run began. */
export interface JournalHeader {
  readonly format: 1;
  readonly mechanism: string;
  /** As they were given, the tie-break included. */
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  readonly seed: number;
  /** Whatever the application wants to find again when it resumes the run; core does not look at it. */
  readonly note?: unknown;
}

/** A round as it closed: who said what. */
export interface JournalRound {
  readonly round: number;
  readonly replies: readonly (readonly [AgentId, unknown])[];
}

/** All that is needed to play a run again. */
export interface Journal extends JournalHeader {
  readonly rounds: readonly JournalRound[];
  /** What came out, where the run has ended; a replay has to give the same. */
  readonly outcome?: unknown;
}

/** Takes a journal down while it happens. In live runs the next round waits for the promise. */
export interface JournalSink {
  open(header: JournalHeader): void | Promise<void>;
  round(round: JournalRound): void | Promise<void>;
  close(outcome: unknown): void | Promise<void>;
}

/** A sink that keeps the journal in memory. */
export interface JournalRecorder extends JournalSink {
  /** @throws MechaneError `invalid-journal` before a run has opened it. */
  journal(): Journal;
}

/**
 * Records a run, to be audited or played again.
 *
 * @example
 * ```ts
 * import { createMechane, journalRecorder } from '@mechane/core';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const journal = journalRecorder();
 * mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 9 }, bob: { bid: 7 } }, journal });
 * mechane.replay(journal.journal()).outcome; // => { winner: 'ann', payment: 7, allocation: { ann: 1 }, payments: { ann: 7, bob: 0 } }
 * ```
 */
export function journalRecorder(): JournalRecorder {
  let header: JournalHeader | undefined;
  let ending: { outcome?: unknown } = {};
  const rounds: JournalRound[] = [];
  return {
    open(opened) {
      if (header) {
        throw new MechaneError('invalid-journal', {
          problem: 'this journal already holds a run',
          fix: 'record every run in a journal of its own',
        });
      }
      header = opened;
    },
    round: (round) => {
      // As it was said: whatever the mechanism does to a reply afterwards.
      rounds.push(structuredClone(round));
    },
    close(outcome) {
      ending = { outcome };
    },
    journal() {
      if (header) return { ...header, rounds: [...rounds], ...ending };
      throw new MechaneError('invalid-journal', {
        problem: 'nothing has been recorded',
        fix: 'pass it to a run: run(id, { …, journal })',
      });
    },
  };
}

const journalSchema: z.ZodType<Journal> = z.strictObject({
  format: z.literal(1),
  mechanism: z.string(),
  settings: z.unknown(),
  participants: z.array(z.string()),
  seed: z.int(),
  note: z.unknown().optional(),
  outcome: z.unknown().optional(),
  rounds: z.array(
    z.strictObject({
      round: z.int().positive(),
      replies: z.array(z.tuple([z.string(), z.unknown()])),
    }),
  ),
});

/** Reads what claims to be a journal. */
export function readJournal(candidate: unknown): Journal {
  return validate(journalSchema, candidate, 'invalid-journal', ['journal']);
}

/** The rounds of a journal, played again one by one. */
export class RecordedRounds {
  readonly #journal: Journal;
  readonly #mechanism: Mechanism;
  #position = 0;
  /** What was said in the round played last. */
  lastReplies: Replies<unknown> = new Map();

  constructor(journal: Journal, mechanism: Mechanism) {
    this.#journal = journal;
    this.#mechanism = mechanism;
  }

  get hasNext(): boolean {
    return this.#position < this.#journal.rounds.length;
  }

  /** @throws MechaneError `invalid-journal` when the journal has no such round, or one that cannot have happened. */
  next(asked: readonly AgentId[]): Replies<unknown> {
    const recorded = this.#journal.rounds[this.#position];
    this.#position += 1;
    if (recorded === undefined) throw this.#mismatch('the journal ends before the run does');
    const { round, replies } = recorded;
    if (round !== this.#position) throw this.#mismatch(`round ${round} stands in the place of ${this.#position}`);
    const expected = new Set(asked);
    const path = ['journal', 'rounds', this.#position - 1, 'replies'];
    this.lastReplies = new Map(
      replies.map(([agent, message]) => {
        if (!expected.delete(agent)) throw this.#mismatch(`it has a reply of ${quote(agent)}, who was not asked`);
        return [agent, validate(this.#mechanism.message, message, 'invalid-journal', [...path, agent])];
      }),
    );
    return this.lastReplies;
  }

  /** @throws MechaneError `invalid-journal` when the next round of the journal is not this one. */
  expect(asked: readonly AgentId[], replies: Replies<unknown>): void {
    const recorded = this.next(asked);
    if (!sameInJson([...recorded], [...replies])) throw this.#mismatch('the scenario says something else here');
  }

  /** @throws MechaneError `invalid-journal` when there is more than the run took, or something else came out. */
  finish(outcome: unknown): void {
    this.#position += 1;
    if (this.#position <= this.#journal.rounds.length) throw this.#mismatch('the run ends before the journal does');
    if (!('outcome' in this.#journal) || sameInJson(outcome, this.#journal.outcome)) return;
    throw new MechaneError('invalid-journal', {
      problem: 'the replies lead to another outcome than the journal says',
      path: ['journal', 'outcome'],
      fix: howToReplay,
    });
  }

  #mismatch(problem: string): MechaneError<'invalid-journal'> {
    const path = ['journal', 'rounds', this.#position - 1];
    return new MechaneError('invalid-journal', { problem, path, fix: howToReplay });
  }
}

const howToReplay = 'replay an unedited journal with the version of the mechanism that wrote it';

function sameInJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
