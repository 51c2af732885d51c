import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve } from 'import-meta-resolve';
import { noEngine } from '../errors.ts';
import type { ClusterModule, EffectModule, Engine, RpcModule } from './effect-types.ts';

/**
 * Loads the engine from a project.
 *
 * @throws MechaneError `missing-engine` where it is not installed there.
 */
export async function loadEffect(folder: string): Promise<Engine> {
  const from = pathToFileURL(join(folder, 'package.json')).href;
  const load = async (name: string): Promise<object> => {
    try {
      return await import(resolve(name, from));
    } catch (cause) {
      throw noEngine(folder, cause);
    }
  };
  const [effect, cluster, rpc, socket, sockets, servers, crypto, postgres] = await Promise.all([
    load('effect'),
    load('effect/cluster'),
    load('effect/rpc'),
    load('effect/socket'),
    load('@effect/platform-node/NodeSocket'),
    load('@effect/platform-node/NodeSocketServer'),
    load('@effect/platform-node/NodeCrypto'),
    load('@effect/sql-pg/PgClient'),
  ]);
  return {
    ...(effect as EffectModule),
    ...(cluster as ClusterModule),
    ...(rpc as RpcModule),
    ...(socket as Pick<Engine, 'Socket'>),
    NodeSocket: sockets as Engine['NodeSocket'],
    NodeSocketServer: servers as Engine['NodeSocketServer'],
    NodeCrypto: crypto as Engine['NodeCrypto'],
    PgClient: postgres as Engine['PgClient'],
  };
}
