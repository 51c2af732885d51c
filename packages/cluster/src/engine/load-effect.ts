import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve } from 'import-meta-resolve';
import { noEngine } from '../errors.ts';
import type { Engine } from './effect-types.ts';

/** What is used of the engine, one by one: all of it takes half as long again to load. */
const modules = [
  ...['Effect', 'Layer', 'Logger', 'ManagedRuntime', 'Option', 'Redacted', 'Schema', 'Stream'].map(ofEffect),
  ...['ClusterSchema', 'Entity', 'EntityAddress', 'MessageStorage', 'RunnerAddress', 'RunnerHealth', 'Runners'].map(
    ofCluster,
  ),
  ...['RunnerStorage', 'Sharding', 'ShardingConfig', 'SocketRunner', 'SqlMessageStorage', 'SqlRunnerStorage'].map(
    ofCluster,
  ),
  ...['Rpc', 'RpcClient', 'RpcSerialization'].map((name) => `effect/rpc/${name}`),
  'effect/socket/Socket',
  ...['NodeSocket', 'NodeSocketServer', 'NodeCrypto'].map((name) => `@effect/platform-node/${name}`),
  '@effect/sql-pg/PgClient',
];

function ofEffect(name: string): string {
  return `effect/${name}`;
}

function ofCluster(name: string): string {
  return `effect/cluster/${name}`;
}

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
  const loaded = await Promise.all(modules.map(async (name) => [name.split('/').at(-1), await load(name)] as const));
  return Object.fromEntries(loaded) as object as Engine;
}
