import * as z from 'zod';
import type { AgentId } from './agent.ts';
import { MechaneError } from './errors.ts';
import { validate } from './validate.ts';

/** How a run began. */
export interface JournalHeader {
  readonly format: 1;
  readonly mechanism: string;
  /** As they were given, the tie-break included. */
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  readonly seed: number;
}

/** A round as it closed: who said what. */
export interface JournalRound {
  readonly round: number;
  readonly replies: readonly (readonly [AgentId, unknown])[];
}

/** All that is needed to play a run again. */
export interface Journal extends JournalHeader {
  readonly rounds: readonly JournalRound[];
}

/** Takes a journal down while it happens. In live runs the next round waits for the promise. */
export interface JournalSink {
  open(header: JournalHeader): void | Promise<void>;
  round(round: JournalRound): void | Promise<void>;
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
      rounds.push(round);
    },
    journal() {
      if (header) return { ...header, rounds: [...rounds] };
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

/** The replies that each round of a journal recorded, asked for one by one. */
export function recordedRounds({ rounds }: Journal): {
  next(asked: readonly AgentId[]): JournalRound;
  finish(): void;
} {
  let position = 0;
  return {
    next(asked) {
      const recorded = rounds[position];
      position += 1;
      if (recorded === undefined) throw journalMismatch(position, 'the journal ends before the run does');
      if (recorded.round !== position)
        throw journalMismatch(position, `round ${recorded.round} stands in the place of ${position}`);
      for (const [agent] of recorded.replies) {
        if (!asked.includes(agent))
          throw journalMismatch(position, `it has a reply of "${agent.slice(0, 60)}", who was not asked`);
      }
      return recorded;
    },
    finish() {
      if (position < rounds.length) throw journalMismatch(position + 1, 'the run ends before the journal does');
    },
  };
}

function journalMismatch(round: number, problem: string): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem,
    path: ['journal', 'rounds', round - 1],
    fix: 'replay an unedited journal with the version of the mechanism that wrote it',
  });
}
