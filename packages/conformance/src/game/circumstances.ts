/** Something about the world that no outcome may depend on, and how to change it for the length of one play. */
export interface Circumstance {
  /** In words: "at another time". */
  readonly how: string;
  /** Changes it, and says how to change it back. */
  arrange(): () => void;
}

type Host = Record<string, unknown> & {
  process?: { env?: unknown; argv?: unknown };
};

const host = globalThis as object as Host;
const day = 86_400_000;

/** Replaces a global and says how to put it back. */
function replaced(owner: object, key: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  try {
    Object.defineProperty(owner, key, {
      value,
      configurable: true,
      writable: true,
      enumerable: before?.enumerable ?? true,
    });
  } catch {
    return () => {};
  }
  return () => {
    if (before) Object.defineProperty(owner, key, before);
    else Reflect.deleteProperty(owner, key);
  };
}

function all(...restore: readonly (() => void)[]): () => void {
  return () => {
    for (const put of restore.toReversed()) put();
  };
}

/** The time of day, and how long the process has been running, so many milliseconds later. */
function later(milliseconds: number): Circumstance {
  return {
    how: 'at another time',
    arrange() {
      const RealDate = Date;
      const now = RealDate.now.bind(RealDate);
      const shifted = { now: () => now() + milliseconds }.now;
      const time = new Proxy(RealDate, {
        construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [shifted()] : given, self),
        apply: () => new RealDate(shifted()).toString(),
        get: (target, key, self) => (key === 'now' ? shifted : Reflect.get(target, key, self)),
      });
      const elapsed = performance.now.bind(performance);
      return all(
        replaced(globalThis, 'Date', time),
        replaced(performance, 'now', () => elapsed() + Math.abs(milliseconds)),
      );
    },
  };
}

/** The dice of the host, which no mechanism has any business with, fall so a few times. */
function dice(fallen: number): Circumstance {
  return {
    how: 'with other dice of the host',
    arrange() {
      let left = 8;
      const random = Math.random.bind(Math);
      const { crypto } = globalThis;
      const fill = <View extends ArrayBufferView | null>(view: View): View => {
        if (view === null || left-- <= 0) return crypto.getRandomValues(view as never) as View;
        new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(Math.floor(fallen * 256));
        return view;
      };
      const fake = new Proxy(crypto, {
        get: (target, key) => {
          const own = Reflect.get(target, key, target);
          if (key === 'getRandomValues') return fill;
          return typeof own === 'function' ? own.bind(target) : own;
        },
      });
      return all(
        replaced(Math, 'random', () => (left-- > 0 ? fallen : random())),
        replaced(globalThis, 'crypto', fake),
      );
    },
  };
}

/** Marks by which test runners and their surroundings are recognised. */
const marks =
  /^(__vitest|__jest|vitest|jest|vi$|describe$|it$|test$|expect$|beforeEach$|afterEach$|mocha$|__coverage__$)/i;

/** Another environment: the variables, arguments and globals of a server that has been started long ago. */
const elsewhere: Circumstance = {
  how: 'in another environment',
  arrange() {
    const hidden = Object.getOwnPropertyNames(globalThis)
      .filter((name) => marks.test(name))
      .map((name) => {
        const before = Object.getOwnPropertyDescriptor(globalThis, name);
        if (!before?.configurable) return () => {};
        Reflect.deleteProperty(globalThis, name);
        return () => Object.defineProperty(globalThis, name, before);
      });
    const { process } = host;
    if (process === undefined) return all(...hidden);
    return all(
      ...hidden,
      replaced(process, 'env', { NODE_ENV: 'production', PATH: '/usr/bin', HOME: '/srv' }),
      replaced(process, 'argv', ['/usr/bin/node', '/srv/server.js']),
    );
  },
};

/** Another time, other dice, another place. */
export const circumstances: readonly Circumstance[] = [
  dice(0),
  later(day + 3 * 3_600_000),
  dice(1 - 2 ** -32),
  elsewhere,
  later(3 * day + 7 * 3_600_000),
  later(190 * day),
  dice(0.5),
  later(800 * day + 11 * 3_600_000),
  later(-400 * day),
  later(2 * day + 13 * 3_600_000 + 17 * 60_000),
  later(20_000 * day),
];

let next = 0;

/** One after the other. */
export function nextCircumstance(): Circumstance {
  next = (next + 1) % circumstances.length;
  return circumstances[next] as Circumstance;
}

let arranged: (() => void) | undefined;

/** Plays under a circumstance. */
export function under<Result>(circumstance: Circumstance, play: () => Result): Result {
  arranged = circumstance.arrange();
  try {
    return play();
  } finally {
    putBack();
  }
}

/** Puts the world back as it was, also after a play that was cut off without a chance to. */
export function putBack(): void {
  arranged?.();
  arranged = undefined;
}
