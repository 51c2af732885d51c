import { fileURLToPath } from 'node:url';
import { CliError } from './errors.ts';
import { findPluginPackages } from './plugin-folders.ts';
import { importFrom } from './plugins.ts';

/** What the command shows of a game: its players, and the names of strategies or of information sets with their actions. */
export interface ReadGame {
  readonly players: readonly string[];
  readonly strategies?: readonly (readonly string[])[];
  readonly informationSets?: readonly (readonly { readonly label: string; readonly actions: readonly string[] }[])[];
}

/** A solution as JSON, as the package that solves it prints it. */
export interface SolvedGame {
  readonly method: string;
  readonly complete: boolean;
  readonly reason?: string;
  readonly equilibria: readonly Readonly<Record<string, unknown>>[];
  readonly [finding: string]: unknown;
}

/** The part of @mechane/game-theory that the command uses. */
export interface GameTheory {
  readNfg(text: string): ReadGame;
  readEfg(text: string): ReadGame;
  readJsonGame(value: unknown): ReadGame;
  readJsonTree(value: unknown): ReadGame;
  solve(
    game: ReadGame,
    options: {
      readonly signal: AbortSignal;
      readonly method?: string;
      readonly seconds?: number;
      readonly objective?: string | { readonly player: number };
      onProgress(steps: number): void;
    },
  ): Promise<SolvedGame>;
}

const packageName = '@mechane/game-theory';
const commandFolder: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Loads @mechane/game-theory as the project in `cwd` would.
 *
 * @throws CliError `missing-plugin` when the project does not depend on it
 */
export async function gameTheoryOf(cwd: string): Promise<GameTheory> {
  const found = findPluginPackages(cwd, commandFolder).find(({ name }) => name === packageName);
  if (found === undefined) {
    throw new CliError('missing-plugin', {
      problem: `games are solved by ${packageName}, which is not installed here`,
      fix: `npm install ${packageName}`,
    });
  }
  return (await importFrom(found)) as object as GameTheory;
}
