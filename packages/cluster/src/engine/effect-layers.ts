import { callingLayer, listeningLayer } from './effect-lines.ts';
import type { Engine, Layer, RunnerAddress } from './effect-types.ts';
import { healthLayer, signatureOf, watchingLayer } from './effect-watch.ts';
import type { NodePlace } from './engine.ts';
import { Lines } from './lines.ts';

/**
 * How long a lock on sessions outlives a node of which nothing else is known, and how often it is renewed. A renewal that takes longer than its interval
 * costs a node all that it holds, so that this leaves a busy machine time; whoever is found dead is not waited for.
 */
const [lock, renewal] = ['9 seconds', '3 seconds'];
/** So often a node looks who holds what, and whether there are messages. */
const watch = '500 millis';

/** Sessions and work are shared out apart: not every node holds sessions, and not every one works. */
export const sessionShards = 'default';
export const workShards = 'work';
/** Into so many parts either is divided. */
export const shardCount = 300;

/**
 * All that a node consists of, put together.
 *
 * @param groups what is shared out among this node and others
 */
export function nodeLayer(
  engine: Engine,
  { database, address }: NodePlace,
  groups: readonly string[],
  handlers: readonly Layer[],
): Layer {
  const { Layer: layers, Logger, NodeCrypto, PgClient, Redacted, RpcSerialization, Runners } = engine;
  const { SocketRunner, SqlMessageStorage, SqlRunnerStorage } = engine;
  const own = address && engine.RunnerAddress.make(address.host, address.port);
  const lines = new Lines();
  const calls = callingLayer(engine, lines);
  const socket = own
    ? layers.provide(SocketRunner.layer, [listeningLayer(engine, own), calls])
    : layers.provide(SocketRunner.layerClientOnly, calls);
  const parts = [
    socket,
    layers.provide(healthLayer(engine), layers.provide(Runners.layerRpc, calls)),
    layers.provide(SqlMessageStorage.layer, NodeCrypto.layerDigest),
    layers.orDie(SqlRunnerStorage.layer),
    configLayer(engine, own, groups),
    RpcSerialization.layerSchemaBinary({}),
    PgClient.layer({
      url: Redacted.make(database),
      maxConnections: 6,
      ...(own ? { applicationName: signatureOf(own) } : {}),
    }),
    Logger.layer([]),
  ];
  const top = layers.mergeAll(...handlers, ...(own ? [watchingLayer(engine, own, lines)] : []), layers.empty);
  return parts.reduce((above, part) => layers.provideMerge(above, part), top);
}

function configLayer(
  { Option, ShardingConfig }: Engine,
  own: RunnerAddress | undefined,
  groups: readonly string[],
): Layer {
  const at = own ? Option.some(own) : Option.none();
  return ShardingConfig.layerFromEnv({
    runnerAddress: at,
    runnerListenAddress: at,
    availableShardGroups: [sessionShards, workShards],
    assignedShardGroups: groups,
    shardsPerGroup: shardCount,
    shardLockExpiration: lock,
    shardLockRefreshInterval: renewal,
    // Rows, not locks of a connection: a connection that is lost on a busy machine would take along all that the node holds.
    shardLockDisableAdvisory: true,
    runnerHealthCheckInterval: watch,
    refreshAssignmentsInterval: watch,
    entityMessagePollInterval: watch,
    entityReplyPollInterval: '200 millis',
    entityTerminationTimeout: '1 second',
  });
}
