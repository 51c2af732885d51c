import type { Context } from '../context.ts';
import type { DrawTask, NamedTask } from './named-task.ts';
import { type JobRecord, Spread, valueIn } from './spread.ts';

/** So many pieces nodes have to share, where there are so many instances; and so many instances a piece has at most. */
const [fewestPieces, largestPiece] = [64, 256];

/** Instances that are drawn from one seed after another. */
export interface Drawing extends Omit<DrawTask, 'count'> {
  readonly count: number;
  readonly options: JobRecord['options'];
}

/** Has instances drawn by the nodes of a cluster, and tells each, with its seed, in their order. */
export async function drawnByNodes(
  { count, options, ...drawing }: Drawing,
  { cluster, job }: { readonly cluster: string; readonly job: string | undefined },
  context: Context,
  tell: (text: string, seed: number) => Promise<void>,
): Promise<void> {
  const record = { command: 'generate', inputs: [drawing.id], options } as const;
  const most = Math.min(Math.ceil(count / fewestPieces), largestPiece);
  const tasks = Array.from({ length: Math.ceil(count / most) }, (_, piece): NamedTask => {
    const before = piece * most;
    const given: DrawTask = { ...drawing, first: drawing.first + before, count: Math.min(most, count - before) };
    return { task: 'draw', given };
  });
  await new Spread(cluster, job, context).told({ record, tasks }, async (outcomes) => {
    let seed = drawing.first;
    for await (const outcome of outcomes)
      for (const text of valueIn(outcome) as readonly string[]) {
        await tell(text, seed);
        seed += 1;
      }
  });
}
