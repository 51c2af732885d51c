import { missingPackage } from './errors.ts';
import { importBeside } from './plugins.ts';

/** The part of @mechane/cluster that the command uses. */
export type Cluster = Pick<typeof import('@mechane/cluster'), 'joinCluster'>;

const clusterPackage = '@mechane/cluster';

/**
 * Loads @mechane/cluster: the project's, or the one beside the command.
 *
 * @throws CliError `missing-plugin` where there is none.
 */
export async function clusterOf(cwd: string): Promise<Cluster> {
  const found = await importBeside(cwd, clusterPackage);
  if (found === undefined) throw missingPackage('sessions are shared out', clusterPackage);
  return found as object as Cluster;
}
