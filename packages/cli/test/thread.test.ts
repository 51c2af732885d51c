import { afterEach, describe, expect, test } from 'vitest';
import { reportOf } from '../src/error-report.ts';
import { Thread } from '../src/thread.ts';
import { project } from './project.ts';

const started: Thread<'play'>[] = [];

/** A thread that plays what the plugins of a project have; ended after the test. */
function playing(plugin: string, signal = new AbortController().signal): Thread<'play'> {
  const thread = new Thread('play', { cwd: project([plugin]), signal });
  started.push(thread);
  return thread;
}

afterEach(async () => {
  for (const thread of started.splice(0)) await thread.close();
});

const auction = { mechanism: 'auction-sealed/second-price', reports: { ann: { bid: 3 } } };
const quit = (by: string) => ({ mechanism: `quitter/${by}`, reports: {} });

/** What is said of what a promise rejects with. */
async function complaint(promised: Promise<unknown>): Promise<string> {
  return promised.then(
    () => 'it resolved',
    (thrown: unknown) => `${reportOf(thrown).code}: ${reportOf(thrown).message}`,
  );
}

describe('a thread', () => {
  test('performs one task after another, whatever became of the one before', async () => {
    const thread = playing('@mechane/auction-sealed');
    expect(JSON.parse(await thread.perform(auction)).outcome.winner).toBe('ann');
    expect(await complaint(thread.perform({ mechanism: 'auction-sealed/third' }))).toMatch(/^unknown-mechanism: /);
    expect(JSON.parse(await thread.perform(auction)).outcome.winner).toBe('ann');
  });

  test('that has more to do than one task does them in their order', async () => {
    const thread = playing('@mechane/auction-sealed');
    const done: number[] = [];
    const given = [4, 2, 9].map((bid) => ({ ...auction, reports: { ann: { bid } } }));
    await Promise.all(
      given.map(async (each) => {
        done.push(JSON.parse(await thread.perform(each)).metrics.welfare);
      }),
    );
    expect(done).toEqual([4, 2, 9]);
  });

  test('hears of being called off, before it starts and between tasks', { tags: ['long'] }, async () => {
    const calling = new AbortController();
    const thread = playing('@mechane/auction-sealed', calling.signal);
    expect(JSON.parse(await thread.perform(auction)).outcome.winner).toBe('ann');
    calling.abort();
    expect(await complaint(thread.perform(auction))).toMatch(/^aborted: /);
    expect(await complaint(playing('@mechane/auction-sealed', AbortSignal.abort()).perform(auction))).toMatch(
      /^aborted: /,
    );
  });

  test('that a plugin ends says so, at once and ever after', async () => {
    const thread = playing('quitter');
    expect(JSON.parse(await thread.perform(quit('staying'))).outcome).toEqual({});
    const left = thread.perform(quit('leaving'));
    const behind = thread.perform(quit('staying'));
    for (const each of [left, behind])
      expect(await complaint(each)).toMatch(/^internal: .*a thread ended with the code 3/);
    expect(await complaint(thread.perform(quit('staying')))).toMatch(/^internal: .*a thread ended with the code 3/);
  });

  test('that breaks where nobody catches it says what broke it', async () => {
    const thread = playing('quitter');
    // Whether it is heard before or after the outcome, Node decides.
    await complaint(thread.perform(quit('throwing')));
    expect(await complaint(thread.perform(quit('staying')))).toMatch(/^internal: .*nobody catches this/);
  });
});
