import { nodeUnavailable } from '../errors.ts';
import { nodeLayer, sessionShards, shardCount, workShards } from './effect-layers.ts';
import type { Call, Effect, Engine, EntityDefinition, Handlers, Layer } from './effect-types.ts';
import type { Desk, Node, NodePlace, NodeStatus, SessionDesk } from './engine.ts';
import { loadEffect } from './load-effect.ts';

/** So long a session that nobody asks about keeps its place for messages. */
const idle = '5 minutes';

/**
 * Joins a cluster on Effect Cluster: it shares out sessions among nodes, by locks in Postgres, and carries messages between them.
 *
 * @param desk what this node does with what it is sent
 * @throws MechaneError `missing-engine`.
 */
export async function joinOnEffect(place: NodePlace, desk: Desk): Promise<Node> {
  const engine = await loadEffect(place.from);
  const { EntityAddress, Effect: effects, ManagedRuntime, MessageStorage, RunnerStorage, Sharding, Stream } = engine;
  const { sessions, works } = entitiesOf(engine);
  const groups = [...(desk.sessions ? [sessionShards] : []), ...(desk.work ? [workShards] : [])];
  const runtime = ManagedRuntime.make(nodeLayer(engine, place, groups, handlersOf(engine, sessions, works, desk)));
  const parts = effects.gen(function* () {
    return {
      session: yield* sessions.client,
      work: yield* works.client,
      sharding: yield* Sharding.Sharding,
      storage: yield* RunnerStorage.RunnerStorage,
      messages: yield* MessageStorage.MessageStorage,
    };
  });
  const { session, work, sharding, storage, messages } = await runtime.runPromise(parts);
  const shards = Array.from({ length: shardCount }, (_, number) => engine.ShardId.make(sessionShards, number + 1));
  return {
    holds: (id) => sharding.hasShardId(sharding.getShardId(id, sessionShards)),
    holdings: () => shards.map((shard) => (sharding.hasShardId(shard) ? '1' : '0')).join(''),
    async ask(id, text, { manner, patience, signal }) {
      const { answer, aside } = session(id);
      const asked = manner === 'turn' ? answer({ text }) : aside({ text });
      try {
        return await runtime.runPromise(effects.timeout(asked, `${patience} millis`), { signal });
      } catch (cause) {
        throw nodeUnavailable(id, cause);
      }
    },
    async *follow(id, text, signal) {
      const opening = Stream.toReadableStreamEffect(session(id).follow({ text }), { strategy: { highWaterMark: 0 } });
      const reader = (await runtime.runPromise(opening)).getReader();
      const stop = (): void => void reader.cancel().catch(() => {});
      signal.addEventListener('abort', stop, { once: true });
      try {
        while (!signal.aborted) {
          const { done, value } = await reader.read();
          if (done) return;
          yield value;
        }
      } finally {
        signal.removeEventListener('abort', stop);
        stop();
      }
    },
    work: (name, text, signal) => runtime.runPromise(work(name).work({ name, text }), { signal }),
    forget(name) {
      const shardId = sharding.getShardId(name, workShards);
      const address = EntityAddress.make({ shardId, entityType: works.type, entityId: name });
      return runtime.runPromise(messages.clearAddress(address));
    },
    async nodes() {
      const known = await runtime.runPromise(storage.getRunners);
      return known.map(
        ([{ address, groups: of }, isUp]): NodeStatus => ({
          address: `${address.host}:${address.port}`,
          isUp,
          holdsSessions: of.includes(sessionShards),
          works: of.includes(workShards),
        }),
      );
    },
    close: () => runtime.dispose(),
  };
}

/** What nodes send each other: a session takes one message at a time, besides those that only look; a piece of work is kept until it is done. */
function entitiesOf(engine: Engine): { readonly sessions: EntityDefinition; readonly works: EntityDefinition } {
  const { ClusterSchema, Entity, Rpc } = engine;
  const text = engine.Schema.String;
  const said = { payload: { text }, success: text };
  const sessions = Entity.make('Session', [
    Rpc.make('answer', said),
    Rpc.make('aside', said),
    Rpc.make('follow', { ...said, stream: true }),
  ]);
  const working = {
    payload: { name: text, text },
    success: text,
    primaryKey: ({ name }: { readonly name: string }) => name,
  };
  const works = Entity.make('Work', [Rpc.make('work', working).annotate(ClusterSchema.Persisted, true)]);
  return { sessions, works: works.annotate(ClusterSchema.ShardGroup, () => workShards) };
}

function handlersOf(engine: Engine, sessions: EntityDefinition, works: EntityDefinition, desk: Desk): Layer[] {
  const { sessions: held, work } = desk;
  return [
    ...(held ? [sessions.toLayer(sessionHandlers(engine, held), { maxIdleTime: idle, ...tough })] : []),
    ...(work ? [works.toLayer(workHandlers(engine, work), { maxIdleTime: '10 seconds', ...tough })] : []),
  ];
}

/** What one message does to a node ends with that message. */
const tough = { disableFatalDefects: true };

function sessionHandlers({ Effect: effects, Entity, Rpc, Stream }: Engine, desk: SessionDesk): Effect<Handlers> {
  return effects.gen(function* () {
    const { entityId: id } = yield* Entity.CurrentAddress;
    yield* effects.addFinalizer(() => effects.sync(() => desk.released(id)));
    const answer = ({ payload }: Call): Effect<string> =>
      effects.promise((signal) => desk.answer(id, payload.text, signal));
    return {
      answer,
      aside: (call: Call) => Rpc.fork(answer(call)),
      follow: ({ payload }: Call) => Rpc.fork(Stream.fromAsyncIterable(followed(desk, id, payload.text), String)),
    };
  });
}

function workHandlers({ Effect: effects }: Engine, work: (task: string) => Promise<string>): Handlers {
  return { work: ({ payload }: Call) => effects.promise(() => work(payload.text)) };
}

/** What is told to whoever follows: given up at once where nobody does any more, and not only once there is more to tell. */
function followed(desk: SessionDesk, id: string, text: string): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]() {
      const stop = new AbortController();
      const told = desk.follow(id, text, stop.signal)[Symbol.asyncIterator]();
      return {
        next: () => told.next(),
        async return() {
          stop.abort();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
