import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Circumstance, circumstances, putBack, under } from '../src/game/circumstances.ts';
import { hideFrames } from '../src/game/hidden-frames.ts';

function all(how: string): readonly Circumstance[] {
  const found = circumstances.filter((circumstance) => circumstance.how === how);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

const day = 86_400_000;

afterEach(() => {
  putBack();
  vi.unstubAllGlobals();
});

describe('at another time', () => {
  test('every way to ask for the time tells it, and a date that is named stays itself', () => {
    for (const later of all('at another time')) {
      const [before, ran] = [Date.now(), performance.now()];
      under(later, () => {
        expect(Math.abs(Date.now() - before)).toBeGreaterThan(day);
        expect(Math.abs(Date.parse(new Date().toISOString()) - before)).toBeGreaterThan(day);
        expect(Math.abs(new Date(Date()).getTime() - before)).toBeGreaterThan(day - 1_000);
        expect(performance.now() - ran).toBeGreaterThan(day);
        expect(new Date(5).getTime()).toBe(5);
        expect(Date.UTC(1970, 0, 2)).toBe(day);
      });
      expect(Math.abs(Date.now() - before)).toBeLessThan(day);
      expect(performance.now() - ran).toBeLessThan(day);
    }
  });

  test('a host that lets nobody change one of its clocks keeps that, and the other is changed and put back', () => {
    vi.stubGlobal('performance', Object.freeze({ now: () => 7 }));
    const before = Date.now();
    for (const later of all('at another time')) {
      under(later, () => {
        expect(performance.now()).toBe(7);
        expect(Math.abs(Date.now() - before)).toBeGreaterThan(day);
      });
    }
    expect(Math.abs(Date.now() - before)).toBeLessThan(day);
  });
});

describe('with other dice', () => {
  test('they fall alike a few times, whoever throws them, and then as they will', () => {
    for (const dice of all('with other dice of the host')) {
      const fallen = under(dice, () => Math.random());
      const bytes = under(dice, () => [...crypto.getRandomValues(new Uint8Array(4))]);
      expect(bytes).toEqual(new Array(4).fill(Math.floor(fallen * 256)));
      const thrown = under(dice, () => Array.from({ length: 40 }, () => Math.random()));
      expect(thrown.slice(0, 8)).toEqual(new Array(8).fill(fallen));
      expect(new Set(thrown.slice(8)).size).toBe(32);
      const filled = under(dice, () =>
        Array.from({ length: 40 }, () => crypto.getRandomValues(new Uint32Array(1))[0] as number),
      );
      expect(new Set(filled.slice(0, 8)).size).toBe(1);
      expect(new Set(filled.slice(8)).size).toBeGreaterThan(30);
    }
  });

  test('all else that the host has of them does as before, and refuses what it did', () => {
    for (const dice of all('with other dice of the host')) {
      under(dice, () => {
        expect(crypto.randomUUID()).toMatch(/^[0-9a-f-]{36}$/);
        expect(crypto.subtle).toBeInstanceOf(Object);
        expect(() => crypto.getRandomValues(null as never)).toThrow('TypedArray');
      });
    }
  });
});

describe('in another environment', () => {
  const [elsewhere] = all('in another environment') as [Circumstance];

  test('variables and arguments are a server’s, and no runner of tests is there', () => {
    const { env, argv } = process;
    vi.stubGlobal('__coverage__', { counted: true });
    under(elsewhere, () => {
      expect(process.env.NODE_ENV).toBe('production');
      expect(process.env.VITEST).toBeUndefined();
      expect(process.argv).toHaveLength(2);
      expect(globalThis).not.toHaveProperty('__coverage__');
    });
    expect(process.env).toBe(env);
    expect(process.argv).toBe(argv);
    expect(globalThis).toHaveProperty('__coverage__', { counted: true });
  });

  test('a host that has neither only loses its runner of tests', () => {
    vi.stubGlobal('__coverage__', {});
    vi.stubGlobal('process', undefined);
    const seen = under(elsewhere, () => '__coverage__' in globalThis);
    vi.unstubAllGlobals();
    expect(seen).toBe(false);
  });
});

test('the world is as it was also after a play that throws, and putting it back twice does nothing', () => {
  const before = Math.random;
  for (const circumstance of circumstances) {
    expect(() =>
      under(circumstance, () => {
        throw new Error('a play that fails');
      }),
    ).toThrow('a play that fails');
    expect(Math.random).toBe(before);
  }
  putBack();
  expect(Math.random).toBe(before);
});

describe('while frames are hidden', () => {
  type Prepare = (error: Error, frames: readonly unknown[]) => unknown;
  const engine = Error as object as { prepareStackTrace?: Prepare | undefined };
  const traced = (prepare: Prepare | undefined): string => {
    const before = engine.prepareStackTrace;
    engine.prepareStackTrace = prepare;
    const show = hideFrames();
    try {
      return String(new Error('here').stack);
    } finally {
      show();
      expect(engine.prepareStackTrace).toBe(prepare);
      engine.prepareStackTrace = before;
    }
  };

  test('traces are written as engines write them, with the frames of others in them', () => {
    const [first, ...frames] = traced(undefined).split('\n');
    expect(first).toBe('Error: here');
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.every((frame) => frame.startsWith('    at '))).toBe(true);
  });

  test('whoever prepares traces by itself still does', () => {
    expect(traced(({ message }, frames) => `${message} with ${frames.length > 0 ? 'frames' : 'none'}`)).toBe(
      'here with frames',
    );
  });
});
