import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { openOnce, sparingly } from '../src/engine/effect-lines.ts';
import type { Effect, Engine, Socket, Writer } from '../src/engine/effect-types.ts';
import { loadEffect } from '../src/engine/load-effect.ts';
import { engineFolder, hasEngine } from './nodes.ts';

describe.runIf(hasEngine)('a line to another node', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEffect(engineFolder);
  });

  const run = <Value>(effect: Effect<Value>): Promise<Value> =>
    engine.ManagedRuntime.make(engine.Layer.empty).runPromise(effect);
  const ends = (write: Effect<void>): Promise<boolean> =>
    run(engine.Effect.isSuccess(engine.Effect.timeout(write, '200 millis')));

  /** What writes to a line, kept over the end of all that holds the line. */
  async function writerOf(line: PassThrough, made: (socket: Socket) => Socket): Promise<Writer> {
    const { Effect: effects, NodeSocket } = engine;
    return run(
      effects.scoped(
        effects.gen(function* () {
          const socket = made(
            yield* NodeSocket.fromDuplex(
              effects.sync(() => line),
              { openTimeout: 1000 },
            ),
          );
          const writer = yield* socket.writer;
          yield* socket.reader;
          return writer;
        }),
      ),
    );
  }

  test('what is written to it once it was given up ends, which by the engine it never does', async () => {
    const line = new PassThrough();
    const { write } = await writerOf(line, (socket) => socket);
    expect(await ends(write('late'))).toBe(false);
    const other = new PassThrough();
    const writer = await writerOf(other, (socket) => openOnce(engine, socket, other));
    expect(await ends(writer.write('late'))).toBe(true);
    expect(await ends(writer.writeAll(['late', 'later']))).toBe(true);
  });

  test('what is written to it once it was destroyed ends, which by the engine it never does', async () => {
    const { Effect: effects, NodeSocket } = engine;
    const ended = (made: (socket: Socket, line: PassThrough) => Socket): Promise<boolean> =>
      run(
        effects.scoped(
          effects.gen(function* () {
            const line = new PassThrough();
            const socket = made(
              yield* NodeSocket.fromDuplex(
                effects.sync(() => line),
                { openTimeout: 1000 },
              ),
              line,
            );
            const { write } = yield* socket.writer;
            yield* socket.reader;
            line.destroy();
            yield* effects.sleep('20 millis');
            return yield* effects.isSuccess(effects.timeout(write('late'), '200 millis'));
          }),
        ),
      );
    expect(await ended((socket) => socket)).toBe(false);
    expect(await ended((socket, line) => sparingly(engine, socket, () => line.destroyed))).toBe(true);
  });

  test('what is written to it while it is open arrives', async () => {
    const { Effect: effects, NodeSocket } = engine;
    const line = new PassThrough();
    await run(
      effects.scoped(
        effects.gen(function* () {
          const socket = openOnce(
            engine,
            yield* NodeSocket.fromDuplex(
              effects.sync(() => line),
              { openTimeout: 1000 },
            ),
            line,
          );
          const writer = yield* socket.writer;
          const { pull } = (yield* socket.reader) as { readonly pull: Effect<readonly Uint8Array[]> };
          yield* writer.write('one');
          yield* writer.writeAll([' two', ' three']);
          const read = yield* pull;
          expect(read.map((chunk) => new TextDecoder().decode(chunk)).join('')).toBe('one two three');
        }),
      ),
    );
  });
});
