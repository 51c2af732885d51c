import { nodeUnavailable } from '../errors.ts';
import { nodeLayer } from './effect-layers.ts';
import type { Call, Effect, Engine, EntityDefinition, Layer } from './effect-types.ts';
import type { Desk, Node, NodePlace, NodeStatus } from './engine.ts';
import { loadEffect } from './load-effect.ts';

/** So long an answer may take, over the death of a node and the move of its sessions. */
const patience = '15 seconds';
/** So long a session that nobody asks about keeps its place for messages. */
const idle = '5 minutes';
const group = 'default';

/**
 * Joins a cluster on Effect Cluster: it shares out sessions among nodes, by locks in Postgres, and carries messages between them.
 *
 * @param desk what this node does with what it is sent; whoever only asks has none
 * @throws MechaneError `missing-engine`.
 */
export async function joinOnEffect(place: NodePlace, desk: Desk | undefined): Promise<Node> {
  const engine = await loadEffect(place.from);
  const { Effect: effects, ManagedRuntime, RunnerStorage, Sharding, Stream } = engine;
  const { sessions, works } = entitiesOf(engine);
  const handlers = desk ? handlersOf(engine, sessions, works, desk) : [];
  const runtime = ManagedRuntime.make(nodeLayer(engine, place, handlers));
  const parts = effects.gen(function* () {
    return {
      session: yield* sessions.client,
      work: yield* works.client,
      sharding: yield* Sharding.Sharding,
      storage: yield* RunnerStorage.RunnerStorage,
    };
  });
  const { session, work, sharding, storage } = await runtime.runPromise(parts);
  return {
    holds: (id) => sharding.hasShardId(sharding.getShardId(id, group)),
    async ask(id, text, manner) {
      const { answer, aside } = session(id);
      const asked = manner === 'turn' ? answer({ text }) : aside({ text });
      try {
        return await runtime.runPromise(effects.timeout(asked, patience));
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
    async nodes() {
      const known = await runtime.runPromise(storage.getRunners);
      return known.map(([{ address }, isUp]): NodeStatus => ({ address: `${address.host}:${address.port}`, isUp }));
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
  return { sessions, works };
}

function handlersOf(engine: Engine, sessions: EntityDefinition, works: EntityDefinition, desk: Desk): Layer[] {
  const { Effect: effects, Entity, Rpc, Stream } = engine;
  const session = effects.gen(function* () {
    const { entityId: id } = yield* Entity.CurrentAddress;
    yield* effects.addFinalizer(() => effects.sync(() => desk.released(id)));
    const answer = ({ payload }: Call): Effect<string> => effects.promise(() => desk.answer(id, payload.text));
    return {
      answer,
      aside: (call: Call) => Rpc.fork(answer(call)),
      follow: ({ payload }: Call) => Rpc.fork(Stream.fromAsyncIterable(followed(desk, id, payload.text), String)),
    };
  });
  const { work } = desk;
  const working = ({ payload }: Call): Effect<string> => effects.promise(() => work?.(payload.text) as Promise<string>);
  return [
    sessions.toLayer(session, { maxIdleTime: idle, disableFatalDefects: true }),
    ...(work ? [works.toLayer({ work: working }, { maxIdleTime: '10 seconds', disableFatalDefects: true })] : []),
  ];
}

async function* followed(desk: Desk, id: string, text: string): AsyncGenerator<string> {
  const stop = new AbortController();
  try {
    yield* desk.follow(id, text, stop.signal);
  } finally {
    stop.abort();
  }
}
