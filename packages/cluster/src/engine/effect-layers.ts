import type { Engine, Layer, RunnerAddress } from './effect-types.ts';
import type { NodePlace } from './engine.ts';
import { isReached } from './reached.ts';

/** How long a lock on sessions outlives a node that is frozen, and how often it is renewed. */
const [lock, renewal] = ['3 seconds', '1 second'];
/** So often a node looks after the others, and so long each has to answer. */
const [watch, answerTime] = ['500 millis', '2 seconds'];
/** So long a connection to another node may take to come up, and to be silent, in milliseconds. */
const [opening, silence] = [1_000, 5_500];

/** Sessions and work are shared out apart: not every node holds sessions, and not every one works. */
export const sessionShards = 'default';
export const workShards = 'work';

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
  const calls = callingLayer(engine);
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
    PgClient.layer({ url: Redacted.make(database), maxConnections: 6 }),
    Logger.layer([]),
  ];
  const top = layers.mergeAll(...handlers, ...(own ? [watchingLayer(engine)] : []), layers.empty);
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
    shardLockExpiration: lock,
    shardLockRefreshInterval: renewal,
    runnerHealthCheckInterval: watch,
    refreshAssignmentsInterval: watch,
    entityMessagePollInterval: watch,
    entityReplyPollInterval: '200 millis',
    entityTerminationTimeout: '1 second',
  });
}

/** The engine's own connections wait to fill a packet (Nagle), and the other side waits to acknowledge: 40 ms each way, which ours do not. */
const noDelay = true;

function listeningLayer({ NodeSocketServer }: Engine, { host, port }: RunnerAddress): Layer {
  return NodeSocketServer.layer({ host, port, noDelay });
}

function callingLayer(engine: Engine): Layer {
  const { Effect: effects, NodeSocket, RpcClient, RpcSerialization, Runners, Socket } = engine;
  return engine.Layer.effect(
    Runners.RpcClientProtocol,
    effects.gen(function* () {
      const serialization = yield* RpcSerialization.RpcSerialization;
      const make = ({ host, port }: RunnerAddress) =>
        effects.orDie(
          effects.gen(function* () {
            const socket = yield* NodeSocket.makeNet({ openTimeout: opening, timeout: silence, host, port, noDelay });
            const calling = effects.provideService(RpcClient.makeProtocolSocket(), Socket.Socket, socket);
            return yield* effects.provideService(calling, RpcSerialization.RpcSerialization, serialization);
          }),
        );
      return { codecFor: serialization.codecFor, make };
    }),
  );
}

/**
 * Whether a node is alive, it has to say itself: a process that is stopped still takes connections, but answers nothing. One that is busy is given
 * time; where nothing listens any more, none is needed.
 */
function healthLayer({ Effect: effects, Layer: layers, RunnerHealth, Runners }: Engine): Layer {
  return layers.effect(
    RunnerHealth.RunnerHealth,
    effects.gen(function* () {
      const runners = yield* Runners.Runners;
      return RunnerHealth.RunnerHealth.of({
        isAlive: (address) =>
          effects.gen(function* () {
            if (!(yield* effects.promise(() => isReached(address)))) return false;
            const answered = effects.timeout(runners.ping(address), answerTime);
            return yield* effects.isSuccess(effects.retry(answered, { times: 1 }));
          }),
      });
    }),
  );
}

/** Every node looks after every other: the engine's own watch is one node's, and nobody's while that one is dead. */
function watchingLayer({ Effect: effects, Layer: layers, RunnerHealth, RunnerStorage }: Engine): Layer {
  const watchAll = effects.gen(function* () {
    const storage = yield* RunnerStorage.RunnerStorage;
    const health = yield* RunnerHealth.RunnerHealth;
    const round = effects.gen(function* () {
      for (const [{ address }, isUp] of yield* storage.getRunners)
        if (isUp && !(yield* health.isAlive(address))) yield* storage.setRunnerHealth(address, false);
      return undefined;
    });
    return yield* effects.forever(
      effects.gen(function* () {
        yield* effects.ignoreCause(round);
        return yield* effects.sleep(watch);
      }),
    );
  });
  return layers.effectDiscard(effects.forkScoped(watchAll));
}
