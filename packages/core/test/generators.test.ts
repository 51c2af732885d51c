import { createMechane, defineGenerator, definePlugin, type InstanceGenerator } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const dice = defineGenerator({
  id: 'dice',
  summary: 'Throws of fair dice',
  settings: z.strictObject({ throws: z.int().min(1).max(1_000).default(2), sides: z.int().positive().default(6) }),
  generate: ({ throws, sides }, random) => ({ dice: Array.from({ length: throws }, () => 1 + random.below(sides)) }),
  formats: { text: ({ dice: thrown }) => thrown.join(' ') },
});
const plugin = (name: string, ...generators: InstanceGenerator[]) =>
  definePlugin({ name, version: '1.0.0', mechanisms: [], generators });
const mechane = createMechane().use(plugin('games', dice));
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('a generator', () => {
  test('gives the same instance for the same settings and seed, and another for another seed', () => {
    const settings = { throws: 100 };
    const drawn = mechane.generate('dice', { settings, seed: 1 });
    expect(mechane.generate('dice', { settings, seed: 1 })).toEqual(drawn);
    expect(mechane.generate('dice', { settings, seed: 2 })).not.toEqual(drawn);
    const { dice: thrown } = drawn.instance as { dice: number[] };
    expect([...new Set(thrown)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test('draws a seed where none is given, and says which', () => {
    const { seed, instance } = mechane.generate('dice');
    expect(mechane.generate('dice', { seed })).toEqual({ seed, instance });
  });
  test('writes other formats', () => {
    const { text } = dice.formats;
    expect(text?.({ dice: [3, 5] })).toBe('3 5');
  });
  test('is listed', () => {
    expect(mechane.generators.map(({ id }) => id)).toEqual(['dice']);
    expect(createMechane().generators).toEqual([]);
  });
  test('refuses settings that are wrong, with the path', () => {
    const given = (settings: unknown, seed?: number) => () => mechane.generate('dice', { settings, seed });
    expect(given({ throws: 0 })).toThrow(coded('invalid-settings', ['settings', 'throws']));
    expect(given({ trows: 1 })).toThrow(/did you mean "throws"/);
    expect(given([])).toThrow(coded('invalid-settings', ['settings']));
    expect(given({}, 0.5)).toThrow(coded('invalid-scenario', ['seed']));
  });
});

describe('generators in use', () => {
  test('are found by their ids, or the nearest one is named', () => {
    expect(() => mechane.generate('dise')).toThrow(
      expect.objectContaining({ code: 'unknown-generator', fix: 'did you mean "dice"?' }),
    );
    expect(() => createMechane().generate('dice')).toThrow(/expected a plugin in use that has generators/);
    expect(() => mechane.generate(7 as never)).toThrow(/no generator is named/);
  });
  test('have ids of their own', () => {
    expect(() => createMechane().use(plugin('a', dice)).use(plugin('b', dice))).toThrow(
      coded('duplicate-generator', ['generators', 'dice']),
    );
    expect(() => createMechane().use(plugin('a', dice, dice))).toThrow(
      coded('duplicate-generator', ['generators', 'dice']),
    );
  });
  test('have short names', () => {
    expect(() => defineGenerator({ id: 'a b', summary: '', settings: z.object({}), generate: () => ({}) })).toThrow(
      coded('invalid-generator', ['id']),
    );
  });
  test('are not missed in plugins that another version of core made', () => {
    const { generators: _, ...older } = plugin('old', dice);
    expect(createMechane().use(older as never).generators).toEqual([]);
  });
});
