import { solutionJson, solve } from '@mechane/game-theory';
import { readGame } from './read-game.ts';

/** What the solver is asked. */
export interface SolveTask {
  readonly text: string;
  /** The default method unless given. */
  readonly method?: string;
}

/** What it found, as JSON reads it. */
export type SolveAnswer =
  | {
      readonly method: string;
      readonly complete: boolean;
      readonly reason?: string;
      readonly equilibria: readonly object[];
      readonly components?: readonly (readonly number[])[];
      readonly milliseconds: number;
    }
  | { readonly error: string };

const [mostSeconds, mostShown] = [8, 200];

addEventListener('message', ({ data }: MessageEvent<SolveTask>) => {
  void solved(data)
    .catch((thrown: unknown): SolveAnswer => ({ error: thrown instanceof Error ? thrown.message : String(thrown) }))
    .then((answer) => postMessage(answer));
});

async function solved({ text, method }: SolveTask): Promise<SolveAnswer> {
  const started = performance.now();
  const game = readGame(text);
  const found = await solve(game, {
    seconds: mostSeconds,
    ...(method === undefined ? {} : { method: method as never }),
  });
  const { equilibria, ...rest } = found as unknown as { readonly equilibria: readonly object[] } & Readonly<
    Record<string, unknown>
  >;
  const plain = JSON.parse(solutionJson({ ...rest, equilibria: equilibria.slice(0, mostShown) })) as Exclude<
    SolveAnswer,
    { readonly error: string }
  >;
  return { ...plain, milliseconds: performance.now() - started };
}
