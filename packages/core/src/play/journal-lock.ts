import { journalInUse } from '../errors.ts';
import type { JournalSink } from './journal.ts';

/** The sinks that runs of this process are writing to. Processes are kept apart by whoever stores the lines. */
const inUse = new WeakSet<JournalSink>();

/** @throws MechaneError `journal-in-use` when another run is writing to it. */
export function held(sink: JournalSink): void {
  if (inUse.has(sink)) throw journalInUse();
  inUse.add(sink);
}

export function release(sink: JournalSink): void {
  inUse.delete(sink);
}
