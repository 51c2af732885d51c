import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Effect, Engine, Layer, RunnerAddress, Socket } from './effect-types.ts';
import type { Lines } from './lines.ts';

/** So long a line to another node may take to come up, in milliseconds. */
const openTimeout = 1_000;
/** Lines wait to fill a packet (Nagle), and the other side waits to acknowledge: 40 ms each way, unless they are told not to. */
const noDelay = true;

/** Hundreds of messages may wait at once for a line to take more, and each listens for that: that is no leak, so that their number is not limited. */
const anyNumber = 0;

/** Lines that other nodes open to this one. */
export function listeningLayer(engine: Engine, { host, port }: RunnerAddress): Layer {
  const { Effect: effects, NodeSocket, NodeSocketServer, SocketServer } = engine;
  return engine.Layer.effect(
    SocketServer.SocketServer,
    effects.gen(function* () {
      const server = yield* NodeSocketServer.make({ host, port, noDelay });
      return SocketServer.SocketServer.of({
        address: server.address,
        run: (handler) =>
          server.run((socket) =>
            effects.gen(function* () {
              const line = yield* NodeSocket.NetSocket;
              line.setMaxListeners(anyNumber);
              return yield* handler(openOnce(engine, socket, line));
            }),
          ),
      });
    }),
  );
}

/** Lines that this node opens to others, each again after it was lost. */
export function callingLayer(engine: Engine, lines: Lines): Layer {
  const { Effect: effects, NodeSocket, RpcClient, RpcSerialization, Runners, Socket } = engine;
  return engine.Layer.effect(
    Runners.RpcClientProtocol,
    effects.gen(function* () {
      const serialization = yield* RpcSerialization.RpcSerialization;
      const make = (address: RunnerAddress) =>
        effects.orDie(
          effects.gen(function* () {
            let line: Duplex | undefined;
            const open = opened(engine, address, lines, (next) => {
              line = next;
            });
            const socket = yield* NodeSocket.fromDuplex(open, { openTimeout });
            const sparing = sparingly(engine, socket, () => line?.destroyed === true);
            const calling = effects.provideService(RpcClient.makeProtocolSocket(), Socket.Socket, sparing);
            return yield* effects.provideService(calling, RpcSerialization.RpcSerialization, serialization);
          }),
        );
      return { codecFor: serialization.codecFor, make };
    }),
  );
}

/** A line to a node as it is opened, which is each time that this is run. */
function opened(
  { Effect: effects, Socket }: Engine,
  address: RunnerAddress,
  lines: Lines,
  begun: (line: Duplex) => void,
): Effect<Duplex> {
  return effects.gen(function* () {
    const { host, port } = address;
    const line = connect({ host, port, noDelay, signal: lines.to(address) });
    line.setMaxListeners(anyNumber);
    begun(line);
    // Whoever reads from it, or opens it, is told by other listeners; without any, an error would end the process.
    line.on('error', () => {});
    yield* effects.addFinalizer(() => effects.sync(() => line.destroy()));
    yield* effects.tryPromise({
      try: (signal) => once(line, 'connect', { signal }),
      catch: (cause) => new Socket.SocketError({ reason: new Socket.SocketOpenError({ kind: 'Unknown', cause }) }),
    });
    return line;
  });
}

/** A line that another node has opened: it is open until it ends, and is never open again. */
export function openOnce(engine: Engine, socket: Socket, line: Duplex): Socket {
  const { Effect: effects } = engine;
  let hasEnded = false;
  const reader = effects.gen(function* () {
    const reads = yield* socket.reader;
    // The last that is added is the first that happens: before the line is given up.
    yield* effects.addFinalizer(() =>
      effects.sync(() => {
        hasEnded = true;
      }),
    );
    return reads;
  });
  return sparingly(engine, { ...socket, reader }, () => hasEnded || line.destroyed);
}

/**
 * Writes nothing to a line that is gone. The engine would wait for it to take more, which it never does: with all that is held up by that, and without
 * end, also where a node leaves.
 */
export function sparingly(
  { Effect: effects, Socket }: Engine,
  { reader, writer }: Socket,
  isGone: () => boolean,
): Socket {
  const written = (write: () => Effect<void>): Effect<void> =>
    effects.suspend(() => (isGone() ? effects.void : write()));
  return Socket.make({
    reader,
    writer: effects.gen(function* () {
      const { write, writeAll } = yield* writer;
      return {
        write: (chunk: unknown) => written(() => write(chunk)),
        writeAll: (chunks: readonly unknown[]) => written(() => writeAll(chunks)),
      };
    }),
  });
}
