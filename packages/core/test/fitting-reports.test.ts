import { createMechane, definePlugin, directMechanism, type RunEvent } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

/** Everybody names a dish; the one that most want is cooked. Only what is on the menu can be wanted. */
const dinner = directMechanism({
  id: 'example/dinner',
  settings: z.strictObject({ menu: z.array(z.string()) }),
  report: z.strictObject({ dishes: z.array(z.string()) }),
  refuseReport({ dishes }, { menu }) {
    if (menu.length === 0) throw new RangeError('the kitchen is closed');
    const unknown = dishes.findIndex((dish) => !menu.includes(dish));
    if (unknown === -1) return undefined;
    return { problem: 'nobody cooks that', path: ['dishes', unknown], expected: `one of ${menu.join(', ')}` };
  },
  decide: (reports) => ({ cooked: [...reports.values()].flatMap(({ dishes }) => dishes).sort()[0] ?? null }),
  value: (_, { dishes }, { cooked }) => (dishes.some((dish) => dish === cooked) ? 1 : 0),
});

const mechane = createMechane().use(definePlugin({ name: 'example', version: '1.0.0', mechanisms: [dinner] }));
const settings = { menu: ['soup', 'stew'] };

describe('a report that does not fit the settings', () => {
  test('is refused with its path', () => {
    const reports = { ann: { dishes: ['stew'] }, bob: { dishes: ['soup', 'salad'] } };
    expect(() => mechane.run('example/dinner', { settings, reports })).toThrow(
      expect.objectContaining({
        code: 'invalid-report',
        path: ['reports', 'bob', 'dishes', 1],
        message: 'reports.bob.dishes[1]: nobody cooks that; expected one of soup, stew.',
      }),
    );
  });
  test('is looked at among all reports, and all who take part', () => {
    const seen: unknown[] = [];
    const curious = directMechanism({
      id: 'example/curious',
      settings: z.strictObject({}),
      report: z.strictObject({ dish: z.string() }),
      refuseReport(report, _, { participants, reports }) {
        seen.push([report, participants, reports && [...reports.keys()]]);
        return report.dish === 'salad' ? { problem: 'nobody cooks that' } : undefined;
      },
      decide: () => ({ cooked: true }),
    });
    const own = createMechane().use(definePlugin({ name: 'curious', version: '1.0.0', mechanisms: [curious] }));
    own.run('example/curious', { reports: { ann: { dish: 'stew' }, bob: { dish: 'soup' } } });
    expect(seen).toEqual([
      [{ dish: 'stew' }, ['ann', 'bob'], ['ann', 'bob']],
      [{ dish: 'soup' }, ['ann', 'bob'], ['ann', 'bob']],
    ]);
    // Without a path within the report, it is the report that is named.
    expect(() => own.run('example/curious', { reports: { ann: { dish: 'salad' } } })).toThrow(
      expect.objectContaining({ path: ['reports', 'ann'] }),
    );
  });
  test('is refused among the true types too', () => {
    const play = { settings, reports: { ann: { dishes: ['stew'] } }, types: { ann: { dishes: ['salad'] } } };
    expect(() => mechane.run('example/dinner', play)).toThrow(
      expect.objectContaining({ code: 'invalid-types', path: ['types', 'ann', 'dishes', 0] }),
    );
  });
  test('of a live agent does not count, and the others go on', async () => {
    const events: RunEvent[] = [];
    const off = mechane.on((event) => events.push(event));
    const agents = { ann: () => ({ dishes: ['salad'] }), bob: () => ({ dishes: ['stew'] }) };
    const { outcome } = await mechane.open('example/dinner', { settings, agents }).result;
    off();
    expect(outcome).toEqual({ cooked: 'stew' });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'silent', agent: 'ann' }));
  });
  test('may be sent again by a party that submits, when it fits', async () => {
    const session = mechane.open('example/dinner', { settings, agents: { ann: 'external' } });
    for await (const { kind } of session) if (kind === 'asked') break;
    await expect(session.submit('ann', { dishes: ['salad'] })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-message' }),
    );
    session.submit('ann', { dishes: ['soup'] });
    expect((await session.result).outcome).toEqual({ cooked: 'soup' });
  });
});

test('a mechanism that fails to look at a report fails with a code', () => {
  expect(() => mechane.run('example/dinner', { settings: { menu: [] }, reports: { ann: { dishes: [] } } })).toThrow(
    expect.objectContaining({ code: 'mechanism-failed', message: expect.stringContaining('the kitchen is closed') }),
  );
});
