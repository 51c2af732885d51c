import { describe, expect, test } from 'vitest';
import { Pace, pause, type SearchOptions } from '../src/index.ts';

/** How many steps a search takes until its pace stops it, or `most`. */
function stepsUntilStopped(options: SearchOptions, most = 1e6): readonly [steps: number, reason: string | undefined] {
  const pace = new Pace(options);
  let steps = 0;
  while (steps < most && pace.stopped === undefined) {
    pace.due();
    steps += 1;
  }
  return [steps, pace.stopped];
}

describe('the pace of a search', () => {
  test('stops it with the step that spends the budget', () => {
    expect(stepsUntilStopped({ steps: 1 })).toEqual([1, 'the budget of 1 steps is spent']);
    expect(stepsUntilStopped({ steps: 1_000 })).toEqual([1_000, 'the budget of 1000 steps is spent']);
    const pace = new Pace({ steps: 10 });
    expect([pace.due(9), pace.due(1), pace.stopped]).toEqual([false, true, 'the budget of 10 steps is spent']);
  });

  test('lets it go on where nothing is said', () => {
    expect(stepsUntilStopped({}, 1_000)).toEqual([1_000, undefined]);
  });

  test('stops it when its time is over', () => {
    expect(stepsUntilStopped({ seconds: 0.01 }, Infinity)[1]).toBe('the budget of 0.01 s is spent');
  });

  test('stops it when it has all results that are wanted', () => {
    const pace = new Pace({ results: 2 });
    pace.counted();
    expect(pace.stopped).toBeUndefined();
    pace.counted();
    expect([pace.due(), pace.stopped]).toEqual([true, 'the budget of 2 results is spent']);
  });

  test('stops it before it begins where the budget is nothing or it was called off', () => {
    for (const options of [{ steps: 0 }, { seconds: 0 }, { results: 0 }]) {
      expect(stepsUntilStopped(options)).toEqual([0, 'the budget is nothing']);
    }
    expect(stepsUntilStopped({ signal: AbortSignal.abort() })).toEqual([0, 'interrupted']);
  });

  test('sees that it was called off meanwhile, after some steps or when it is told to look', () => {
    const interruption = new AbortController();
    const [stepping, waiting] = [new Pace(interruption), new Pace(interruption)];
    interruption.abort();
    for (let steps = 0; stepping.stopped === undefined && steps < 1_000; steps++) stepping.due();
    waiting.look();
    expect([stepping.stopped, waiting.stopped]).toEqual(['interrupted', 'interrupted']);
  });

  test('asks for a pause now and then, and tells how far it has come', () => {
    const told: number[] = [];
    const pace = new Pace({ onProgress: (steps) => told.push(steps) });
    let [steps, pauses] = [0, 0];
    while (pauses < 3) {
      steps += 1;
      if (pace.due()) pauses += 1;
    }
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toBe(steps);
    expect(pace.stopped).toBeUndefined();
  });

  test('counts the seconds from when it is told to', () => {
    const pace = new Pace({ seconds: 1, since: performance.now() - 2_000 });
    expect([pace.due(), pace.stopped]).toEqual([true, 'the budget of 1 s is spent']);
  });

  test('looks at the clock at every tick where ticks take long', () => {
    const pace = new Pace({ seconds: 0.05 });
    let ticks = 0;
    for (; pace.stopped === undefined; ticks++) {
      const begun = performance.now();
      while (performance.now() - begun < 10);
      pace.due(0);
    }
    expect(ticks).toBeLessThan(10);
  });

  test('says that it was interrupted where its time was over as well', () => {
    const interruption = new AbortController();
    const pace = new Pace({ seconds: 1, since: performance.now() - 2_000, signal: interruption.signal });
    interruption.abort();
    expect([pace.due(), pace.stopped]).toEqual([true, 'interrupted']);
  });

  test('pauses a search and says whether it may go on', () => {
    const pace = new Pace({ steps: 2 });
    const first = pace.goesOn();
    expect(first.next()).toEqual({ done: true, value: true });
    const second = pace.goesOn();
    expect(second.next()).toEqual({ done: false, value: pause });
    expect(second.next()).toEqual({ done: true, value: false });
  });
});
