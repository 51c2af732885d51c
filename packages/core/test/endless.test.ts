import { createMechane, defineMechanism, definePlugin, journalRecorder } from '@mechane/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { Conversing, mostRounds } from '../src/play/conversing.ts';

let rounds = 0;

/** Asks for ever. */
const endless = defineMechanism({
  id: 'example/endless',
  settings: z.strictObject({}),
  report: z.strictObject({}),
  message: z.literal('on'),
  *conduct({ participants, ask }) {
    for (; rounds < 100; rounds++) yield* ask(participants, {});
    return { rounds };
  },
  proxy: () => () => 'on' as const,
});
const mechane = createMechane().use(definePlugin({ name: 'endless', version: '1.0.0', mechanisms: [endless] }));
const reports = { ann: {} };

/** Ten million rounds take a while: all but the last three are taken as held. */
beforeEach(() => {
  rounds = 0;
  const { next } = Conversing.prototype;
  vi.spyOn(Conversing.prototype, 'next').mockImplementation(function (this: Conversing, replies) {
    if (this.rounds === 0) this.rounds = mostRounds - 3;
    return next.call(this, replies);
  });
});
afterEach(() => vi.restoreAllMocks());

describe('a mechanism that goes on for ever is stopped after ten million rounds', () => {
  const stopped = expect.objectContaining({
    code: 'too-many-rounds',
    message: expect.stringContaining('10000000 rounds'),
  });
  test('in a run at once', () => {
    expect(() => mechane.run('example/endless', { reports })).toThrow(stopped);
    expect(rounds).toBe(3);
  });
  test('in a run with a journal, of messages too', () => {
    expect(() => mechane.run('example/endless', { reports, journal: journalRecorder() })).toThrow(stopped);
    expect(() => mechane.run('example/endless', { messages: [] })).toThrow(stopped);
    expect(rounds).toBe(6);
  });
  test('in a run that is recorded', async () => {
    const scenario = { mechanism: 'example/endless', reports };
    await expect(mechane.record(scenario, { journal: journalRecorder() })).rejects.toThrow(stopped);
    expect(rounds).toBe(3);
  });
  test('in a live run', async () => {
    await expect(mechane.open('example/endless', { agents: { ann: () => 'on' } }).outcome).rejects.toThrow(stopped);
    expect(rounds).toBe(3);
  });
});
