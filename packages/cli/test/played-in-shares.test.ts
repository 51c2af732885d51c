import { PassThrough } from 'node:stream';
import type { Mechane, Mechanism } from '@mechane/core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Context } from '../src/context.ts';
import { Interrupted } from '../src/interrupted.ts';
import { PlaysApart } from '../src/plays-apart.ts';
import { loadPlugins } from '../src/plugins.ts';
import { playedInShares } from '../src/spread/played-in-shares.ts';
import type { RunTask } from '../src/thread-tasks.ts';
import { here as cwd } from './command.ts';

const vcg = 'auction-combinatorial/vcg';
let mechane: Mechane<Mechanism>;
let auction: RunTask;

beforeAll(async () => {
  mechane = (await loadPlugins(cwd)).mechane;
  const settings = { goods: 20, bids: 60 };
  auction = { ...(mechane.generate('cats-arbitrary', { settings, seed: 5 }).instance as object), mechanism: vcg };
});

/** Plays a scenario as the command does, other threads starting at once or never. */
async function played(scenario: unknown, threads: number, patience: number, signal = new AbortController().signal) {
  const stream = () => Object.assign(new PassThrough(), { isTTY: false });
  const [stdout, stderr] = [stream(), stream()];
  const host = { argv: [], stdin: new PassThrough(), stdout, stderr, cwd, env: {}, playground: undefined, signal };
  const context = new Context(host);
  const apart = new PlaysApart(context);
  onTestFinished(() => apart.close());
  return playedInShares(scenario as RunTask, () => 'auction', { apart, threads, mechane, context, patience });
}

const [atOnce, never] = [-1, Number.POSITIVE_INFINITY];

describe('an auction that is played in shares', () => {
  test.each([
    ['by three threads', 3, atOnce],
    ['by more threads than it has winners', 50, atOnce],
    ['by one of two threads', 2, never],
    ['by one thread', 1, atOnce],
  ])('%s comes out as it does as a whole', async (_what, threads, patience) => {
    expect(await played(auction, threads, patience)).toBe(JSON.stringify(mechane.runScenario(auction)));
  });

  test('that nobody wins, that limits hold for, or whose reports are sealed comes out so, too', {
    tags: ['long'],
  }, async () => {
    const { settings, reports } = auction;
    const sealing = { commit: true, deposit: 1 };
    const others = [
      { mechanism: vcg, settings: { goods: ['A'] }, reports: {} },
      { mechanism: vcg, settings: { ...settings, timeLimit: 1_000 }, reports },
      { mechanism: vcg, settings: { ...settings, sealing }, reports },
      { mechanism: 'auction-sealed/first-price', reports: { ann: { bid: 3 } } },
    ];
    for (const other of others) expect(await played(other, 2, atOnce)).toBe(JSON.stringify(mechane.runScenario(other)));
  });

  test('that is none is refused as it is as a whole', { tags: ['long'] }, async () => {
    const reports = { ann: { xor: [{ bundle: ['Z'], value: 1 }] } };
    for (const wrong of [
      null,
      3,
      { mechanism: vcg, settings: 3, reports },
      { mechanism: vcg, settings: null, reports },
    ])
      await expect(played(wrong, 2, atOnce)).rejects.toMatchObject({ report: { code: expect.any(String) } });
    const stranger = played({ mechanism: vcg, settings: { goods: ['A'] }, reports }, 2, atOnce);
    await expect(stranger).rejects.toMatchObject({ report: { code: 'invalid-report' } });
  });

  test('that is called off says so', async () => {
    const off = played(auction, 2, atOnce, AbortSignal.abort('SIGINT'));
    await expect(off).rejects.toBeInstanceOf(Interrupted);
  });
});
