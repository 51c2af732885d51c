import type { Service, ServiceOptions } from '@mechane/server';
import { addressIn, clusterOf } from './cluster.ts';
import { needsAdminToken } from './errors.ts';
import type { Server } from './server.ts';

/** Where sessions are kept, and whether others share them. */
export interface Keeping {
  /** The name of the store. */
  readonly store: string;
  /** Where it listens, to tell those who come to another service for one of its sessions. */
  readonly url: string;
  /** The Postgres that this node shares with others. */
  readonly cluster?: string | undefined;
  /** Where other nodes reach this one: HOST:PORT. */
  readonly clusterAddress?: string | undefined;
}

/** A service, and what it was opened with. */
export interface OpenedService {
  readonly service: Service;
  /** Lets go of all that it was opened with; the service is closed before, unless it is a node. */
  close(): Promise<void>;
}

/** Opens a service on its store, or as a node of a cluster. */
export async function openedService(
  { store: name, url, cluster, clusterAddress }: Keeping,
  made: Omit<ServiceOptions, 'store'>,
  server: Server,
  cwd: string,
): Promise<OpenedService> {
  if (cluster === undefined) {
    const store = await server.openStore(inFolder(name, cwd), { address: url });
    return { service: server.createService({ ...made, store }), close: () => store.close() };
  }
  const address = addressIn(clusterAddress);
  const { joinCluster } = await clusterOf(cwd);
  const node = await joinCluster({ ...made, database: cluster, address, from: cwd });
  return { service: node.service, close: () => node.close() };
}

/** All nodes know the same tokens: none of them can make one for itself. @throws CliError `missing-argument`. */
export function sharedToken(given: string | undefined): string {
  if (given === undefined || given === '') throw needsAdminToken();
  return given;
}

/** A file of SQLite by where the command runs. */
function inFolder(store: string, cwd: string): string {
  const file = /^sqlite:(?![/\\]|:memory:)(.+)$/.exec(store)?.[1];
  return file === undefined ? store : `sqlite:${cwd}/${file}`;
}
