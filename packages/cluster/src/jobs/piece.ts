import type { JobStore } from './job-store.ts';
import { persistently } from './persistently.ts';

/** One piece of a job, as nodes tell each other of it: what is to be done stays in the database. */
export interface Piece {
  readonly job: string;
  readonly number: number;
}

/** Its own name among all pieces that there are. */
export function nameOf({ job, number }: Piece): string {
  return `${job} ${number}`;
}

/**
 * Does pieces: each is done once it has a result in the database, and a result that is there stays.
 *
 * @param signal aborts when this node leaves: what it has not done by then, others do
 */
export function workOn(
  store: JobStore,
  work: (task: string) => Promise<string>,
  signal: AbortSignal,
): (piece: string) => Promise<string> {
  return async (text) => {
    const { job, number } = JSON.parse(text) as Piece;
    const task = await persistently(() => store.task(job, number), signal);
    if (task === undefined) return '';
    const outcome = await work(task).then(
      (result) => ({ result, failure: null }),
      (thrown: unknown) => ({ result: null, failure: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
    signal.throwIfAborted();
    await persistently(() => store.keep(job, number, outcome), signal);
    return '';
  };
}
