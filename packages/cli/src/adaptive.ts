import { missingPackage } from './errors.ts';
import { importInstalled } from './plugins.ts';

/** The part of @mechane/adaptive that the command uses. */
export type Adaptive = Pick<typeof import('@mechane/adaptive'), 'simulate' | 'replicated'>;

const packageName = '@mechane/adaptive';

/**
 * Loads @mechane/adaptive as the project in `cwd` would.
 *
 * @throws CliError `missing-plugin` when the project does not depend on it
 */
export async function adaptiveOf(cwd: string): Promise<Adaptive> {
  const found = await importInstalled(cwd, packageName);
  if (found === undefined) throw missingPackage('simulations are run', packageName);
  return found as object as Adaptive;
}
