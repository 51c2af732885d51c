import { createMechane, definePlugin, directMechanism, type ErrorDetails, journalRecorder } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

/** A mechanism with a host, who has to take part. */
const hosted = directMechanism({
  id: 'acme/hosted',
  settings: z.strictObject({ host: z.string() }),
  report: z.strictObject({ bid: z.number() }),
  outcome: z.strictObject({ host: z.string() }),
  refuseSettings({ host }, { participants }): ErrorDetails | undefined {
    if (host === 'nonsense') throw new Error('no such thing');
    if (participants.includes(host)) return undefined;
    return { problem: `${host} is not here`, path: ['host'], expected: 'somebody who is', fix: 'name another' };
  },
  decide: (_, { settings: { host } }) => ({ host }),
  columns: {
    agents: (columns) => (columns as { readonly ids: readonly string[] }).ids,
    decide: (_, { settings: { host } }) => ({ outcome: { host }, welfare: 0, bestWelfare: 0, revenue: 0 }),
  },
});
const mechane = createMechane().use(definePlugin({ name: 'acme', version: '1.0.0', mechanisms: [hosted] }));
const reports = { ann: { bid: 1 }, bob: { bid: 2 } };
const agents = { ann: () => ({ bid: 1 }), bob: () => ({ bid: 2 }) };
const refused = expect.objectContaining({
  code: 'invalid-settings',
  path: ['settings', 'host'],
  message: 'settings.host: zed is not here; expected somebody who is. Fix: name another.',
});

describe('settings that do not fit those who take part', () => {
  test('are refused before anybody is asked, however a mechanism is played', () => {
    const settings = { host: 'zed' };
    expect(() => mechane.run('acme/hosted', { settings, reports })).toThrow(refused);
    expect(() => mechane.run('acme/hosted', { settings, columns: { ids: ['ann'] } as never })).toThrow(refused);
    expect(() => mechane.open('acme/hosted', { settings, agents })).toThrow(refused);
    expect(() => mechane.runScenario({ mechanism: 'acme/hosted', settings, reports })).toThrow(refused);
  });
  test('are taken where they fit', async () => {
    const settings = { host: 'ann' };
    expect(mechane.run('acme/hosted', { settings, reports }).outcome).toEqual({ host: 'ann' });
    const journal = journalRecorder();
    const session = mechane.open('acme/hosted', { settings, agents, journal });
    expect((await session.result).outcome).toEqual({ host: 'ann' });
    expect(mechane.replay(journal.journal()).outcome).toEqual({ host: 'ann' });
  });
  test('are the mechanism’s fault where it fails to say', () => {
    expect(() => mechane.run('acme/hosted', { settings: { host: 'nonsense' }, reports })).toThrow(
      expect.objectContaining({ code: 'mechanism-failed' }),
    );
  });
});
