import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve } from 'import-meta-resolve';
import { noEngine } from '../errors.ts';
import type { Engine } from './effect-types.ts';

/** What is used of the engine, one by one: all of it takes half as long again to load. */
const modules: Readonly<Record<keyof Engine, string>> = {
  Effect: 'effect/Effect',
  Layer: 'effect/Layer',
  Logger: 'effect/Logger',
  ManagedRuntime: 'effect/ManagedRuntime',
  Option: 'effect/Option',
  Redacted: 'effect/Redacted',
  Schema: 'effect/Schema',
  Stream: 'effect/Stream',
  ClusterSchema: 'effect/cluster/ClusterSchema',
  Entity: 'effect/cluster/Entity',
  EntityAddress: 'effect/cluster/EntityAddress',
  MessageStorage: 'effect/cluster/MessageStorage',
  RunnerAddress: 'effect/cluster/RunnerAddress',
  RunnerHealth: 'effect/cluster/RunnerHealth',
  Runners: 'effect/cluster/Runners',
  RunnerStorage: 'effect/cluster/RunnerStorage',
  Sharding: 'effect/cluster/Sharding',
  ShardingConfig: 'effect/cluster/ShardingConfig',
  ShardId: 'effect/cluster/ShardId',
  SocketRunner: 'effect/cluster/SocketRunner',
  SqlMessageStorage: 'effect/cluster/SqlMessageStorage',
  SqlRunnerStorage: 'effect/cluster/SqlRunnerStorage',
  Rpc: 'effect/rpc/Rpc',
  RpcClient: 'effect/rpc/RpcClient',
  RpcSerialization: 'effect/rpc/RpcSerialization',
  Socket: 'effect/socket/Socket',
  SocketServer: 'effect/socket/SocketServer',
  NodeSocket: '@effect/platform-node/NodeSocket',
  NodeSocketServer: '@effect/platform-node/NodeSocketServer',
  NodeCrypto: '@effect/platform-node/NodeCrypto',
  PgClient: '@effect/sql-pg/PgClient',
};

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
  const loaded = await Promise.all(Object.entries(modules).map(async ([name, path]) => [name, await load(path)]));
  return Object.fromEntries(loaded) as object as Engine;
}
