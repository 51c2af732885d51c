import { fileURLToPath } from 'node:url';
import type { Mechanism, Provider } from '@mechane/core';
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

/** A mechanism as a game with types and actions. */
export interface InducedGame {
  readonly actions: readonly (readonly string[])[];
  payoff(player: number, types: readonly number[], actions: readonly number[]): number;
}

/** The part of @mechane/game-theory that the command uses. */
export interface GameTheory {
  induce(
    mechanism: Mechanism,
    space: {
      readonly types: Readonly<Record<string, readonly object[]>>;
      readonly reports: Readonly<Record<string, readonly object[]>>;
      readonly settings: unknown;
      readonly services: readonly Provider[];
    },
  ): InducedGame;
  readonly NormalFormGame: new (parts: {
    readonly strategies: readonly number[];
    readonly payoffs: readonly Float64Array[];
  }) => object;
  externalRegret(game: object, history: readonly (readonly number[])[]): readonly number[];
  swapRegret(game: object, history: readonly (readonly number[])[]): readonly number[];
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

export const gameTheoryPackage = '@mechane/game-theory';
const commandFolder: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Loads @mechane/game-theory as the project in `cwd` would.
 *
 * @throws CliError `missing-plugin` when the project does not depend on it
 */
export async function gameTheoryOf(cwd: string): Promise<GameTheory> {
  const found = await installedGameTheory(cwd);
  if (found !== undefined) return found;
  throw new CliError('missing-plugin', {
    problem: `games are solved by ${gameTheoryPackage}, which is not installed here`,
    fix: `npm install ${gameTheoryPackage}`,
  });
}

/** The same, or `undefined` where the project does not depend on it. */
export async function installedGameTheory(cwd: string): Promise<GameTheory | undefined> {
  const found = findPluginPackages(cwd, commandFolder).find(({ name }) => name === gameTheoryPackage);
  return found && ((await importFrom(found)) as object as GameTheory);
}
