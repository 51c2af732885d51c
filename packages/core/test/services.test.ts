import {
  type Clock,
  ClockService,
  createMechane,
  definePlugin,
  directMechanism,
  EventsService,
  journalRecorder,
  type Lifetime,
  MechaneError,
  type Provider,
  provide,
  provideClass,
  type RunEvent,
  testClock,
  token,
} from '@mechane/core';
import { localEvents, ServiceScope } from '@mechane/core/host';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';

interface Greeter {
  greet(): string;
}
const GreeterService = token<Greeter>('greeter');
const NameService = token<string>('name');

describe('a service', () => {
  test('is made when first asked for, once, with what it needs', () => {
    const scope = new ServiceScope();
    let made = 0;
    scope.bind(provide(NameService, () => 'ann'));
    scope.bind(
      provide(GreeterService, (resolve) => {
        made += 1;
        const name = resolve(NameService);
        return { greet: () => `hello ${name}` };
      }),
    );
    expect(made).toBe(0);
    expect(scope.resolve(GreeterService).greet()).toBe('hello ann');
    expect(scope.resolve(GreeterService)).toBe(scope.resolve(GreeterService));
    expect(made).toBe(1);
    expectTypeOf(scope.resolve(GreeterService)).toEqualTypeOf<Greeter>();
  });
  test('of a run is made anew for every run, one of the application is shared', () => {
    const application = new ServiceScope();
    application.bind(provide(NameService, () => 'shared'));
    application.bind(provide(GreeterService, () => ({ greet: () => 'mine' }), 'run'));
    const [one, two] = [new ServiceScope(application), new ServiceScope(application)];
    expect(one.resolve(GreeterService)).toBe(one.resolve(GreeterService));
    expect(one.resolve(GreeterService)).not.toBe(two.resolve(GreeterService));
    expect(one.resolve(NameService)).toBe(two.resolve(NameService));
  });
  test('that needs itself is named instead of looping', () => {
    const scope = new ServiceScope();
    scope.bind(provide(NameService, (resolve) => resolve(GreeterService).greet()));
    scope.bind(
      provide(GreeterService, (resolve) => ({ greet: () => resolve(NameService), name: resolve(NameService) })),
    );
    expect(() => scope.resolve(NameService)).toThrow(/needs the service itself/);
  });
  test('whose maker fails says why every time it is asked for, and is made once it can be', () => {
    const scope = new ServiceScope();
    let broken = true;
    scope.bind(
      provide(NameService, () => {
        if (broken) throw new MechaneError('aborted', { problem: 'not yet' });
        return 'ann';
      }),
    );
    scope.bind(provide(GreeterService, (resolve) => ({ greet: () => 'hello', name: resolve(NameService) })));
    for (let tries = 0; tries < 2; tries++) {
      expect(() => scope.resolve(GreeterService)).toThrow('not yet');
      expect(() => scope.resolve(NameService)).toThrow('not yet');
    }
    // What fails for another reason later is not told as this.
    expect(() => scope.resolve(token('optimizer'))).toThrow(/nothing provides the service "optimizer"/);
    broken = false;
    expect(scope.resolve(GreeterService).greet()).toBe('hello');
    expect(scope.resolve(NameService)).toBe('ann');
  });
  test('that nobody provides is named in the error', () => {
    expect(() => new ServiceScope().resolve(token('optimizer'))).toThrow(
      expect.objectContaining({ code: 'service-missing', path: ['services', 'optimizer'] }),
    );
  });
  test('is not bound twice by accident, but may be overridden on purpose', () => {
    const scope = new ServiceScope();
    scope.bind(provide(NameService, () => 'first'));
    expect(() => scope.bind(provide(NameService, () => 'second'))).toThrow(
      expect.objectContaining({ code: 'duplicate-service' }),
    );
    scope.bind(
      provide(NameService, () => 'third'),
      { override: true },
    );
    expect(scope.resolve(NameService)).toBe('third');
  });
  test('of the same name is the same service, whichever copy of core made the token', () => {
    const scope = new ServiceScope();
    scope.bind(provide(NameService, () => 'ann'));
    expect(scope.resolve(token<string>('name'))).toBe('ann');
  });
});

describe('a class', () => {
  /** What a third party would write: a class that knows nothing of us, and is given two services. */
  class Doorkeeper {
    readonly greeting: string;
    constructor(clock: Clock, greeter: Greeter) {
      this.greeting = `${greeter.greet()} at ${clock.now()}`;
    }
  }
  const DoorkeeperService = token<Doorkeeper>('acme/doorkeeper');
  const greeted = directMechanism({
    id: 'acme/greeted',
    settings: z.strictObject({}),
    report: z.strictObject({}),
    decide: (_, { service }) => ({ greeting: service(DoorkeeperService).greeting }),
  });
  let made = 0;
  class Shouting implements Greeter {
    readonly name: string;
    constructor(name: string) {
      made += 1;
      this.name = name;
    }
    greet() {
      return `HELLO ${this.name}`;
    }
  }
  const plugin = (scope: Lifetime) =>
    definePlugin({
      name: 'acme',
      version: '1.0.0',
      mechanisms: [greeted],
      providers: [
        provideClass(DoorkeeperService, Doorkeeper, [ClockService, GreeterService], 'run'),
        provideClass(GreeterService, Shouting, [NameService], scope),
        provide(NameService, () => 'ANN'),
      ],
    });
  const clock = provide(ClockService, () => testClock());

  test('is constructed with its two dependencies, and one of them replaced by a test double', () => {
    const mechane = createMechane({ services: [clock] }).use(plugin('application'));
    expect(mechane.run('acme/greeted', { reports: {} }).outcome).toEqual({ greeting: 'HELLO ANN at 0' });
    const double = provide(GreeterService, () => ({ greet: () => 'a double' }));
    const tested = createMechane({ services: [clock, double] }).use(plugin('application'));
    expect(tested.run('acme/greeted', { reports: {} }).outcome).toEqual({ greeting: 'a double at 0' });
  });
  test('is made once for all runs, or once for every run that asks', () => {
    for (const [scope, expected] of [['application', 1] as const, ['run', 3] as const]) {
      made = 0;
      const mechane = createMechane({ services: [clock] }).use(plugin(scope));
      for (let run = 0; run < 3; run++) mechane.run('acme/greeted', { reports: {} });
      expect(made).toBe(expected);
    }
  });
  test('of the application never keeps what belongs to one run', () => {
    const perRun = provideClass(NameService, class extends String {}, [], 'run');
    const shared = provideClass(GreeterService, Shouting, [NameService]);
    const application = new ServiceScope();
    application.bind(perRun as Provider);
    application.bind(shared);
    const [one, two] = [new ServiceScope(application), new ServiceScope(application)];
    expect(one.resolve(GreeterService)).toBe(two.resolve(GreeterService));
    expect((one.resolve(GreeterService) as Shouting).name).not.toBe(one.resolve(NameService));
  });
  test('may be bound twice with different needs', () => {
    const OtherService = token<string>('other name');
    const scope = new ServiceScope();
    scope.bind(provide(NameService, () => 'ANN'));
    scope.bind(provide(OtherService, () => 'BOB'));
    const AnotherService = token<Greeter>('another greeter');
    scope.bind(provideClass(GreeterService, Shouting, [NameService]));
    scope.bind(provideClass(AnotherService, Shouting, [OtherService]));
    expect([scope.resolve(GreeterService).greet(), scope.resolve(AnotherService).greet()]).toEqual([
      'HELLO ANN',
      'HELLO BOB',
    ]);
    expect(scope.resolve(GreeterService)).toBeInstanceOf(Shouting);
    expect(scope.resolve(GreeterService).constructor.name).toBe('Shouting');
  });
  test('whose dependency is missing, or whose dependency fails, says so in a coded error', () => {
    const lonely = createMechane({ services: [provideClass(GreeterService, Shouting, [NameService])] });
    expect(() => lonely.service(GreeterService)).toThrow(
      expect.objectContaining({ code: 'service-missing', path: ['services', 'name'] }),
    );
    const failing = provide(NameService, (): string => {
      throw new MechaneError('not-ready', { problem: 'it is too early' });
    });
    const early = createMechane({ services: [provideClass(GreeterService, Shouting, [NameService]), failing] });
    for (let attempt = 0; attempt < 2; attempt++)
      expect(() => early.service(GreeterService)).toThrow(expect.objectContaining({ code: 'not-ready' }));
  });
  test('that needs itself by way of another is named', () => {
    class One {
      readonly other: unknown;
      constructor(other: unknown) {
        this.other = other;
      }
    }
    const [A, B] = [token<One>('a'), token<One>('b')];
    const scope = new ServiceScope();
    scope.bind(provideClass(A, One, [B]));
    scope.bind(provideClass(B, One, [A]));
    expect(() => scope.resolve(A)).toThrow(
      expect.objectContaining({ code: 'service-missing', path: ['services', 'a'] }),
    );
  });
  test('does not compile with the wrong needs', () => {
    // @ts-expect-error a doorkeeper needs a clock first
    provideClass(DoorkeeperService, Doorkeeper, [NameService, GreeterService]);
    // @ts-expect-error a doorkeeper needs a greeter as well
    provideClass(DoorkeeperService, Doorkeeper, [ClockService]);
    // @ts-expect-error a doorkeeper is no greeter
    provideClass(GreeterService, Doorkeeper, [ClockService, GreeterService]);
  });
});

describe('disposal', () => {
  test('goes from the youngest to the oldest, once, past failures, and leaves nothing to resolve', async () => {
    const scope = new ServiceScope();
    const disposed: string[] = [];
    const disposable = (name: string, fail = false) => ({
      dispose() {
        disposed.push(name);
        if (fail) throw new Error(`${name} failed`);
      },
    });
    const tokens = ['a', 'b', 'c'].map((name) => token<object>(name));
    tokens.forEach((each, index) => {
      scope.bind(provide(each, () => disposable(each.name, index === 1)));
    });
    scope.bind(provide(NameService, () => 'no dispose'));
    scope.bind(provide(token<null>('nothing'), () => null));
    scope.bind(provide(token<object>('odd'), () => ({ dispose: 'a word' })));
    for (const each of [...tokens, NameService, token('nothing'), token('odd')]) scope.resolve<unknown>(each);
    await expect(scope.dispose()).rejects.toThrow(AggregateError);
    await expect(scope.dispose()).rejects.toThrow(AggregateError);
    expect(disposed).toEqual(['c', 'b', 'a']);
    expect(() => scope.resolve(NameService)).toThrow(expect.objectContaining({ code: 'disposed' }));
  });
});

describe('Mechane', () => {
  test('takes services from plugins, and the application has the last word', () => {
    const plugin = definePlugin({
      name: 'greetings',
      version: '1.0.0',
      mechanisms: [],
      providers: [provide(GreeterService, () => ({ greet: () => 'plugin' }))],
    });
    expect(createMechane().use(plugin).service(GreeterService).greet()).toBe('plugin');
    const chosen = createMechane({ services: [provide(GreeterService, () => ({ greet: () => 'chosen' }))] });
    expect(chosen.use(plugin).service(GreeterService).greet()).toBe('chosen');
  });
  test('lets the application replace its clock', () => {
    const clock = testClock();
    const mechane = createMechane({ services: [provide(ClockService, () => clock)] });
    expect(mechane.service(ClockService)).toBe(clock);
  });
  test('disposes its services', async () => {
    let disposed = 0;
    const mechane = createMechane({
      services: [provide(GreeterService, () => ({ greet: () => '', dispose: () => disposed++ }))],
    });
    mechane.service(GreeterService);
    await mechane.dispose();
    await mechane.dispose();
    expect(disposed).toBe(1);
  });
});

describe('a service that takes time to load', () => {
  function slow() {
    let loads = 0;
    let loaded = false;
    const load = async () => {
      loads += 1;
      await Promise.resolve();
      loaded = true;
    };
    let loading: Promise<void> | undefined;
    const provider: Provider<Greeter> = {
      ...provide(GreeterService, () => ({ greet: () => (loaded ? 'hello' : 'not yet') })),
      prepare() {
        loading ??= load();
        return loading;
      },
    };
    return { provider, loads: () => loads };
  }
  const greeting = directMechanism({
    id: 'slow/greeting',
    settings: z.strictObject({}),
    report: z.strictObject({}),
    needs: [GreeterService],
    decide: (_, { service }) => ({ greeting: service(GreeterService).greet() }),
  });
  const plain = directMechanism({
    id: 'slow/plain',
    settings: z.strictObject({}),
    report: z.strictObject({}),
    decide: () => ({}),
  });
  const mechanisms = [greeting, plain];

  test('is prepared for the mechanisms that need it, once', async () => {
    const { provider, loads } = slow();
    const mechane = createMechane().use(
      definePlugin({ name: 'slow', version: '1.0.0', mechanisms, providers: [provider] }),
    );
    await mechane.prepare('slow/plain');
    expect(loads()).toBe(0);
    expect(mechane.mechanism('slow/plain').needs).toEqual([]);
    await mechane.prepare('slow/greeting');
    await mechane.prepare();
    expect(loads()).toBe(1);
    expect(mechane.run('slow/greeting', { reports: {} }).outcome).toEqual({ greeting: 'hello' });
  });
  test('that nobody provides is named', async () => {
    const mechane = createMechane().use(definePlugin({ name: 'slow', version: '1.0.0', mechanisms }));
    await expect(mechane.prepare('slow/greeting')).rejects.toMatchObject({ code: 'service-missing' });
    await expect(mechane.prepare('slow/greetin' as never)).rejects.toMatchObject({ code: 'unknown-mechanism' });
    await expect(mechane.prepare()).resolves.toBe(undefined);
  });
});

describe('events', () => {
  test('reach every listener until it leaves, whatever another listener does', () => {
    const events = localEvents();
    const heard: RunEvent[] = [];
    expect(events.heard).toBe(false);
    events.on(() => {
      throw new Error('a bad listener');
    });
    const leave = events.on((event) => heard.push(event));
    expect(events.heard).toBe(true);
    const event: RunEvent = { kind: 'finished', mechanism: 'x/y', rounds: 1, run: 'z' };
    events.emit(event);
    leave();
    events.emit(event);
    expect(heard).toEqual([event]);
  });
  test('are a service like any other', () => {
    const events = localEvents();
    const mechane = createMechane({ services: [provide(EventsService, () => events)] });
    mechane.on(() => {});
    expect(events.heard).toBe(true);
  });
});

test('what a run has made is disposed when it ends, however it is played', async () => {
  const disposed: string[] = [];
  const Desk = token<{ readonly name: string }>('desk');
  const sitting = directMechanism({
    id: 'example/sitting',
    settings: z.strictObject({ fails: z.boolean().default(false) }),
    report: z.strictObject({}),
    decide(_, { service, settings }) {
      const { name } = service(Desk);
      if (settings.fails) throw new Error('the desk is broken');
      return { name };
    },
  });
  let made = 0;
  const desk = provide(
    Desk,
    () => {
      const name = `desk ${++made}`;
      return { name, [Symbol.dispose]: () => void disposed.push(name), dispose: () => void disposed.push(name) };
    },
    'run',
  );
  const plugin = definePlugin({ name: 'sitting', version: '1.0.0', mechanisms: [sitting], providers: [desk] });
  const mechane = createMechane().use(plugin);
  const reports = { ann: {} };
  mechane.run('example/sitting', { reports });
  expect(new Set(disposed)).toEqual(new Set(['desk 1']));
  expect(() => mechane.run('example/sitting', { reports, settings: { fails: true } })).toThrow(/broken/);
  await mechane.record({ mechanism: 'example/sitting', reports }, { journal: journalRecorder() });
  await mechane.open('example/sitting', { agents: { ann: () => ({}) } }).result;
  expect(new Set(disposed)).toEqual(new Set(['desk 1', 'desk 2', 'desk 3', 'desk 4']));
});
