import {
  amount,
  certified,
  createMechane,
  defineGenerator,
  defineMechanism,
  definePlugin,
  directMechanism,
} from '@mechane/core';
import { conclusionOf, isMechanism, isPlugin } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const nothing = z.strictObject({});

describe('what a definition leaves out is filled in', () => {
  test('of a mechanism that agents only send messages to', () => {
    const mechanism = defineMechanism({
      id: 'x/heard',
      settings: nothing,
      message: z.string(),
      *conduct({ participants, ask }) {
        return { heard: (yield* ask(participants, {})).size };
      },
    });
    expect(mechanism).toMatchObject({ summary: '', direct: false, needs: [], report: undefined, columns: undefined });
    expect(mechanism.proxy({} as never, 'ann')({})).toBe(undefined);
    expect(mechanism.outsideOption('ann', {} as never, {})).toBe(0);
    expect(mechanism.claims({})).toEqual([]);
    expect(isMechanism(mechanism)).toBe(true);
    expect(Object.isFrozen(mechanism)).toBe(true);
  });
  test('of a direct one, whose proxy says the report', () => {
    const mechanism = directMechanism({
      id: 'x/direct',
      settings: nothing,
      report: z.strictObject({ bid: amount }),
      decide: (reports) => ({ size: reports.size }),
    });
    const report = { bid: 3 };
    expect(mechanism.direct).toBe(true);
    expect(mechanism.message).toBe(mechanism.report);
    expect(mechanism.proxy(report, 'ann')({ report: 'requested' })).toBe(report);
  });
  test('of a plugin', () => {
    const plugin = definePlugin({ name: 'x', version: '1.0.0', mechanisms: [] });
    expect(plugin).toMatchObject({ apiVersion: 1, providers: [], generators: [] });
    expect(isPlugin(plugin)).toBe(true);
  });
  test('of a generator', () => {
    const generator = defineGenerator({
      id: 'bids-2',
      summary: 'Bids',
      settings: nothing,
      generate: (_, random) => ({ bid: random.below(9) }),
    });
    expect(generator.formats).toEqual({});
    const mechane = createMechane().use(
      definePlugin({ name: 'x', version: '1.0.0', mechanisms: [], generators: [generator] }),
    );
    expect(() => mechane.generate('bids-2', { settings: 7 })).toThrow(
      'settings: number was given; expected an object of settings.',
    );
  });
});

test.each(['a', 'cats', 'cats-regions', 'l3', 'x-1-y'])('a generator may be called %s', (id) => {
  expect(defineGenerator({ id, summary: '', settings: nothing, generate: () => 1 }).id).toBe(id);
});

test.each(['', 'Cats', '3l', '-x', 'cats regions', 'cats/regions', 'cats_regions', 'é'])('but not "%s"', (id) => {
  expect(() => defineGenerator({ id, summary: '', settings: nothing, generate: () => 1 })).toThrow(
    expect.objectContaining({ code: 'invalid-generator', path: ['id'] }),
  );
});

test('what is none is not taken for a mechanism or a plugin', () => {
  for (const candidate of [null, undefined, 7, 'clock', {}, [], () => {}]) {
    expect(isMechanism(candidate)).toBe(false);
    expect(isPlugin(candidate)).toBe(false);
  }
});

test('what a mechanism returns is split into its outcome and its proof, where there is one', () => {
  const certificate = { status: 'optimal' } as const;
  const outcome = { winner: 'ann' };
  expect(conclusionOf(certified(outcome, certificate))).toMatchObject({ outcome, certificate });
  const plain: readonly unknown[] = [outcome, { outcome, certificate }, null, undefined, 7, 'ann'];
  for (const returned of plain) {
    expect(conclusionOf(returned)).toStrictEqual({ outcome: returned, certificate: undefined });
  }
});

test('agents are told with the question which names they may speak of, where the settings give them, and until when', async () => {
  const choice = directMechanism({
    id: 'x/choice',
    settings: z.strictObject({ alternatives: z.array(z.string()) }),
    report: z.string(),
    outcome: z.strictObject({ chosen: z.string() }),
    among: ({ alternatives }) => alternatives,
    decide: (reports) => ({ chosen: reports.get('ann') ?? '' }),
  });
  const mechane = createMechane().use(definePlugin({ name: 'x', version: '1.0.0', mechanisms: [choice] }));
  const settings = { alternatives: ['bridge', 'wait'] };
  const asked: unknown[] = [];
  const session = mechane.open('x/choice', { settings, agents: { ann: 'external' }, within: 60_000 });
  expect(session.closesAt).toBeNull();
  for await (const event of session) {
    if (event.kind !== 'asked') continue;
    asked.push(session.asked('ann')?.content);
    expect(session.closesAt).toBe(session.asked('ann')?.closesAt);
    await session.submit('ann', 'wait');
    session.close();
  }
  expect(asked).toEqual([{ report: 'requested', among: ['bridge', 'wait'] }]);
  expect(await session.outcome).toEqual({ chosen: 'wait' });
});

test('an agent is told of no end where a round stays open until somebody closes it', async () => {
  const vote = directMechanism({
    id: 'x/vote',
    settings: nothing,
    report: z.string(),
    decide: (reports) => ({ votes: reports.size }),
  });
  const mechane = createMechane().use(definePlugin({ name: 'x', version: '1.0.0', mechanisms: [vote] }));
  const session = mechane.open('x/vote', { agents: { ann: 'external' }, within: Number.POSITIVE_INFINITY });
  for await (const event of session) {
    if (event.kind !== 'asked') continue;
    expect([session.closesAt, session.asked('ann')?.content]).toEqual([null, { report: 'requested' }]);
    session.close();
  }
  expect(await session.outcome).toEqual({ votes: 0 });
});
