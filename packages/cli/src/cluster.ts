import { missingCluster, wrongAddress } from './errors.ts';
import { importBeside } from './plugins.ts';

/** The part of @mechane/cluster that the command uses. */
export type Cluster = Pick<
  typeof import('@mechane/cluster'),
  'clusterStatus' | 'connectJobs' | 'joinCluster' | 'joinWorkers'
>;

const clusterPackage = '@mechane/cluster';

/**
 * Loads @mechane/cluster: the project's, or the one beside the command.
 *
 * @throws CliError `missing-plugin` where there is none.
 */
export async function clusterOf(cwd: string): Promise<Cluster> {
  const found = await importBeside(cwd, clusterPackage);
  if (found === undefined) throw missingCluster(clusterPackage);
  return found as object as Cluster;
}

/** Where other nodes reach this one, as it was typed: HOST:PORT, or nothing. @throws CliError `invalid-option`. */
export function addressIn(text: string | undefined): { readonly host?: string; readonly port?: number } {
  if (text === undefined) return {};
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === '') throw wrongAddress(text);
  return { host, port: Number(port) };
}
