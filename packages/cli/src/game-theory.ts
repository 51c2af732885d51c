import { missingPackage } from './errors.ts';
import { importInstalled } from './plugins.ts';

/** The part of @mechane/game-theory that the command uses. */
export type GameTheory = Pick<
  typeof import('@mechane/game-theory'),
  | 'NormalFormGame'
  | 'distinctNames'
  | 'externalRegret'
  | 'induce'
  | 'methodsFor'
  | 'readEfg'
  | 'readJsonGame'
  | 'readJsonTree'
  | 'solutionJson'
  | 'readNfg'
  | 'reducedNormalForm'
  | 'solve'
  | 'swapRegret'
>;

export const gameTheoryPackage = '@mechane/game-theory';

/**
 * Loads @mechane/game-theory as the project in `cwd` would.
 *
 * @throws CliError `missing-plugin` when the project does not depend on it
 */
export async function gameTheoryOf(cwd: string): Promise<GameTheory> {
  const found = await installedGameTheory(cwd);
  if (found === undefined) throw missingPackage('games are solved', gameTheoryPackage);
  return found;
}

/** Loads @mechane/game-theory as the project in `cwd` would; `undefined` where the project does not depend on it. */
export async function installedGameTheory(cwd: string): Promise<GameTheory | undefined> {
  return (await importInstalled(cwd, gameTheoryPackage)) as object | undefined as GameTheory | undefined;
}
