import type { Board } from './board.ts';
import type { JobStore } from './job-store.ts';
import { persistently } from './persistently.ts';

/** So much text is held at most before it is kept, in characters. */
const fullLoad = 4 * 1024 * 1024;

/** So many tasks are kept by one statement: Postgres takes 65,535 values in one, and a task is two. */
const fullStatement = 10_000;

/** Keeps tasks as they come, many in one statement where they come faster than they are kept; the board learns of those that are. */
export async function keepTasks(
  store: JobStore,
  name: string,
  tasks: Iterable<string> | AsyncIterable<string>,
  board: Board,
  signal: AbortSignal,
): Promise<void> {
  let load: string[] = [];
  let size = 0;
  let kept = 0;
  let keeping: Promise<void> | undefined;
  const keep = async (): Promise<void> => {
    while (load.length > 0) {
      const [first, now] = [kept, load.slice(0, fullStatement)];
      load = load.slice(fullStatement);
      size = 0;
      await persistently(() => store.add(name, first, now), signal);
      kept += now.length;
      board.grow(kept);
    }
    keeping = undefined;
  };
  for await (const task of tasks) {
    if (signal.aborted) break;
    load.push(task);
    size += task.length;
    if (keeping === undefined) {
      keeping = keep();
      keeping.catch(() => {});
    }
    if (size > fullLoad) await keeping;
  }
  if (signal.aborted) return;
  // What was read to its end is kept to its end, whoever is called off meanwhile.
  board.isRead = true;
  await keeping;
  await persistently(() => store.complete(name, kept), signal);
  board.close();
}
