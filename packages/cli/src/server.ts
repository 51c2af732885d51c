import { missingPackage } from './errors.ts';
import { importBeside } from './plugins.ts';

/** The part of @mechane/server that the command uses. */
export type Server = Pick<
  typeof import('@mechane/server'),
  'createService' | 'listen' | 'openStore' | 'randomToken' | 'serveOverStdio' | 'sessionIn'
>;

const serverPackage = '@mechane/server';

/**
 * Loads @mechane/server: the project's, or the one beside the command.
 *
 * @throws CliError `missing-plugin` where there is none.
 */
export async function serverOf(cwd: string): Promise<Server> {
  const found = await importBeside(cwd, serverPackage);
  if (found === undefined) throw missingPackage('auctions are served', serverPackage);
  return found as object as Server;
}
