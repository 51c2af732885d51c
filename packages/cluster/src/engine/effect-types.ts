/*
 * The parts of Effect 4.1 that this package uses, as far as it uses them. Effect is a peer that only those install who have more than one machine, so
 * its own types are not there when this is compiled; the tests run on the real one.
 */

import type { Duplex } from 'node:stream';

declare const value: unique symbol;

/** What will give a value when it is run. */
export interface Effect<out Value> {
  readonly [value]?: Value;
  [Symbol.iterator](): Generator<Effect<unknown>, Value, unknown>;
}

/** What will give values when it is run. */
export interface Stream<out Value> {
  readonly [value]?: Value;
  readonly isStream?: true;
}

/** What services are built by. */
export interface Layer {
  readonly isLayer?: true;
}

/** A service, by which it is found. */
export interface Tag<Service> extends Effect<Service> {
  of(service: Service): Service;
}

export interface Schema {
  readonly isSchema?: true;
}

export interface Optional<Value> {
  readonly [value]?: Value;
}

/** The module `effect`. */
export interface EffectModule {
  readonly Effect: {
    gen<Value>(body: () => Generator<Effect<unknown>, Value, unknown>): Effect<Value>;
    promise<Value>(make: (signal: AbortSignal) => Promise<Value>): Effect<Value>;
    tryPromise<Value>(options: {
      readonly try: (signal: AbortSignal) => Promise<Value>;
      readonly catch: (error: unknown) => unknown;
    }): Effect<Value>;
    sync<Value>(make: () => Value): Effect<Value>;
    suspend<Value>(make: () => Effect<Value>): Effect<Value>;
    readonly void: Effect<void>;
    timeout<Value>(effect: Effect<Value>, duration: string): Effect<Value>;
    isSuccess(effect: Effect<unknown>): Effect<boolean>;
    ignoreCause(effect: Effect<unknown>): Effect<void>;
    forEach<Item>(
      items: readonly Item[],
      act: (item: Item) => Effect<unknown>,
      options: { readonly discard: true },
    ): Effect<void>;
    sleep(duration: string): Effect<void>;
    readonly never: Effect<never>;
    raceFirst<Value>(one: Effect<Value>, other: Effect<Value>): Effect<Value>;
    ensuring<Value>(effect: Effect<Value>, end: Effect<unknown>): Effect<Value>;
    forever(effect: Effect<unknown>): Effect<never>;
    forkScoped(effect: Effect<unknown>): Effect<unknown>;
    provideService<Value, Service>(effect: Effect<Value>, tag: Tag<Service>, service: Service): Effect<Value>;
    orDie<Value>(effect: Effect<Value>): Effect<Value>;
    addFinalizer(end: () => Effect<unknown>): Effect<void>;
    scoped<Value>(effect: Effect<Value>): Effect<Value>;
  };
  readonly Layer: {
    effect<Service>(tag: Tag<Service>, effect: Effect<Service>): Layer;
    effectDiscard(effect: Effect<unknown>): Layer;
    provide(layer: Layer, needed: Layer | readonly Layer[]): Layer;
    provideMerge(layer: Layer, needed: Layer): Layer;
    mergeAll(...layers: readonly Layer[]): Layer;
    orDie(layer: Layer): Layer;
    readonly empty: Layer;
  };
  readonly Logger: { layer(loggers: readonly unknown[]): Layer };
  readonly ManagedRuntime: { make(layer: Layer): Runtime };
  readonly Option: { some<Value>(given: Value): Optional<Value>; none<Value>(): Optional<Value> };
  readonly Redacted: { make(text: string): unknown };
  readonly Schema: { readonly String: Schema };
  readonly Stream: {
    fromAsyncIterable<Value>(values: AsyncIterable<Value>, onError: (error: unknown) => unknown): Stream<Value>;
    toReadableStreamEffect<Value>(
      stream: Stream<Value>,
      options: { readonly strategy: { readonly highWaterMark: number } },
    ): Effect<ReadableStream<Value>>;
  };
}

export interface Runtime {
  runPromise<Value>(effect: Effect<Value>, options?: { readonly signal?: AbortSignal }): Promise<Value>;
  dispose(): Promise<void>;
}

export interface RunnerAddress {
  readonly host: string;
  readonly port: number;
}

interface Sharding {
  getShardId(entity: string, group: string): unknown;
  hasShardId(shard: unknown): boolean;
}

interface Runners {
  ping(address: RunnerAddress): Effect<void>;
}

interface RpcClientProtocol {
  readonly codecFor: unknown;
  make(address: RunnerAddress): Effect<unknown>;
}

interface RpcSerialization {
  readonly codecFor: unknown;
}

/** What is read from a line to another node, and written to it: each is there once it is open. */
export interface Socket {
  readonly reader: Effect<unknown>;
  readonly writer: Effect<Writer>;
}

/** What writes to a line. */
export interface Writer {
  write(chunk: unknown): Effect<void>;
  writeAll(chunks: readonly unknown[]): Effect<void>;
}

interface SocketServer {
  readonly address: unknown;
  run(handler: (socket: Socket) => Effect<unknown>): Effect<never>;
}

interface RunnerHealth {
  isAlive(address: RunnerAddress): Effect<boolean>;
}

interface Database {
  unsafe(text: string, values: readonly unknown[]): Effect<readonly object[]>;
}

interface Runner {
  readonly address: RunnerAddress;
  readonly groups: readonly string[];
}

interface RunnerStorage {
  readonly getRunners: Effect<readonly (readonly [Runner, boolean])[]>;
  setRunnerHealth(address: RunnerAddress, isHealthy: boolean): Effect<void>;
}

/** What an entity is sent. */
export interface Call {
  readonly payload: { readonly text: string };
}

interface Asking {
  answer(payload: { readonly text: string }): Effect<string>;
  aside(payload: { readonly text: string }): Effect<string>;
  follow(payload: { readonly text: string }): Stream<string>;
  work(payload: { readonly name: string; readonly text: string }): Effect<string>;
}

interface MessageStorage {
  clearAddress(address: unknown): Effect<void>;
}

export type Handlers = Partial<{ readonly [Name in keyof Asking]: (call: Call) => unknown }>;

export interface EntityDefinition {
  readonly type: string;
  annotate(key: unknown, given: unknown): EntityDefinition;
  readonly client: Effect<(id: string) => Asking>;
  toLayer(handlers: Handlers | Effect<Handlers>, options: Readonly<Record<string, unknown>>): Layer;
}

/** The module `effect/cluster`. */
export interface ClusterModule {
  readonly ClusterSchema: { readonly Persisted: unknown; readonly ShardGroup: unknown };
  readonly Entity: {
    make(name: string, calls: readonly RpcDefinition[]): EntityDefinition;
    readonly CurrentAddress: Effect<{ readonly entityId: string }>;
  };
  readonly EntityAddress: { make(parts: Readonly<Record<string, unknown>>): unknown };
  readonly MessageStorage: { readonly MessageStorage: Tag<MessageStorage> };
  readonly RunnerAddress: { make(host: string, port: number): RunnerAddress };
  readonly RunnerHealth: { readonly RunnerHealth: Tag<RunnerHealth> };
  readonly Runners: {
    readonly Runners: Tag<Runners>;
    readonly RpcClientProtocol: Tag<RpcClientProtocol>;
    readonly layerRpc: Layer;
  };
  readonly RunnerStorage: { readonly RunnerStorage: Tag<RunnerStorage> };
  readonly Sharding: { readonly Sharding: Tag<Sharding> };
  readonly ShardingConfig: { layerFromEnv(config: Readonly<Record<string, unknown>>): Layer };
  readonly ShardId: { make(group: string, number: number): unknown };
  readonly SocketRunner: { readonly layer: Layer; readonly layerClientOnly: Layer };
  readonly SqlMessageStorage: { readonly layer: Layer };
  readonly SqlRunnerStorage: { readonly layer: Layer };
}

export interface RpcDefinition {
  annotate(key: unknown, given: unknown): RpcDefinition;
}

/** The module `effect/rpc`. */
export interface RpcModule {
  readonly Rpc: {
    make(name: string, options: Readonly<Record<string, unknown>>): RpcDefinition;
    fork<Response>(response: Response): Response;
  };
  readonly RpcClient: { makeProtocolSocket(): Effect<unknown> };
  readonly RpcSerialization: {
    readonly RpcSerialization: Tag<RpcSerialization>;
    layerSchemaBinary(options: object): Layer;
  };
}

/** All modules of the engine. */
export interface Engine extends EffectModule, ClusterModule, RpcModule {
  readonly NodeSocket: {
    fromDuplex(open: Effect<Duplex>, options: { readonly openTimeout: number }): Effect<Socket>;
    readonly NetSocket: Tag<Duplex>;
  };
  readonly NodeSocketServer: { make(options: Readonly<Record<string, unknown>>): Effect<SocketServer> };
  readonly Socket: {
    readonly Socket: Tag<Socket>;
    make(parts: Socket): Socket;
    readonly SocketError: new (parts: { readonly reason: unknown }) => Error;
    readonly SocketOpenError: new (parts: { readonly kind: 'Unknown'; readonly cause: unknown }) => Error;
  };
  readonly SocketServer: { readonly SocketServer: Tag<SocketServer> };
  readonly NodeCrypto: { readonly layerDigest: Layer };
  readonly PgClient: { layer(options: Readonly<Record<string, unknown>>): Layer; readonly PgClient: Tag<Database> };
}
