import { apiVersion, type Claim, createMechane, defineMechanism, definePlugin, directMechanism } from '@mechane/core';
import { isMechanism, isPlugin } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clock, counter, exampleMechane, examples, secondPrice } from './example-mechanisms.ts';

const nothing = z.strictObject({});
const coded = (code: string) => expect.objectContaining({ code });
const claiming = (...claims: Claim<Record<string, never>, Record<string, never>>[]) =>
  definePlugin({
    name: 'claims',
    version: '1.0.0',
    mechanisms: [directMechanism({ id: 'claims/all', settings: nothing, report: nothing, decide: () => ({}), claims })],
  });

describe('a plugin', () => {
  test('brings its mechanisms and says whose they are', () => {
    const mechane = exampleMechane();
    expect(mechane.mechanisms.map(({ id }) => id)).toContain('example/clock');
    expect(mechane.mechanism('example/clock')).toBe(clock);
    expect(mechane.pluginOf('example/clock')).toBe(examples);
    expect(mechane.pluginOf('example/clok')).toBeUndefined();
  });
  test('is recognised by its brand, across copies of core', () => {
    expect(isPlugin(examples)).toBe(true);
    expect(isPlugin({ ...examples })).toBe(true);
    expect(isPlugin({ name: 'x' })).toBe(false);
    expect(isPlugin(null)).toBe(false);
    expect(isMechanism(secondPrice)).toBe(true);
    expect(isMechanism('secondPrice')).toBe(false);
  });
  test('of something else is refused', () => {
    // @ts-expect-error a module is no plugin
    expect(() => createMechane().use({ examples })).toThrow(coded('invalid-plugin'));
    // @ts-expect-error a function is no mechanism
    expect(() => definePlugin({ name: 'x', version: '1.0.0', mechanisms: [() => 1] })).toThrow(coded('invalid-plugin'));
  });
  test('for another plugin API is refused, with what to update', () => {
    const old = definePlugin({ name: 'old', version: '0.9.0', apiVersion: apiVersion - 1, mechanisms: [] });
    const young = definePlugin({ name: 'young', version: '9.0.0', apiVersion: apiVersion + 1, mechanisms: [] });
    expect(() => createMechane().use(old)).toThrow(/npm install old@latest/);
    expect(() => createMechane().use(young)).toThrow(/npm install @mechane\/core@latest/);
  });
  test('cannot take an id that is taken, and then brings nothing at all', () => {
    const rival = definePlugin({
      name: 'rival',
      version: '2.0.0',
      mechanisms: [
        directMechanism({ id: 'rival/new', settings: nothing, report: nothing, decide: () => ({}) }),
        directMechanism({ id: 'example/clock', settings: nothing, report: nothing, decide: () => ({}) }),
      ],
    });
    const mechane = exampleMechane();
    expect(() => mechane.use(rival)).toThrow(/"example\/clock" of rival 2.0.0 is already there from examples 1.2.3/);
    expect(mechane.mechanisms.map(({ id }) => id)).not.toContain('rival/new');
    expect(() => mechane.use(examples)).toThrow(/use\(examples\) once/);
  });
  test('that lacks a mechanism points to one of that name elsewhere; one that is not in use is to be installed', () => {
    const mechane = exampleMechane().use(claiming());
    const play = (mechanism: string) => () => mechane.runScenario({ mechanism });
    expect(play('claims/clock')).toThrow(/did you mean "example\/clock"\?/);
    expect(play('gossip/clock')).toThrow(/npm install @mechane\/gossip/);
  });
  test('cannot define an id twice', () => {
    expect(() => definePlugin({ name: 'x', version: '1.0.0', mechanisms: [clock, clock] })).toThrow(
      coded('duplicate-mechanism'),
    );
  });
});

describe('claims are looked at when a plugin is added', () => {
  const witness = { reports: { a: {} }, deviation: { a: {} } };
  test('sound ones pass', () => {
    const sound = claiming(
      { law: 'strategy-proof', holds: true, because: 'Vickrey 1961' },
      { law: 'efficient', holds: { approximately: 0.5 }, because: 'a bound' },
      { law: 'core', holds: false, because: 'a case', witness },
    );
    expect(createMechane().use(sound).mechanism('claims/all').claims({})).toHaveLength(3);
  });
  test.each<[string, Claim<Record<string, never>, Record<string, never>>, RegExp]>([
    ['without a witness', { law: 'core', holds: false, because: 'so' }, /no witness/],
    ['without a reason', { law: 'core', holds: true, because: ' ' }, /gives no reason/],
    [
      'with a senseless bound',
      { law: 'core', holds: { approximately: Number.NaN }, because: 'so' },
      /nothing sensible/,
    ],
  ])('one %s does not', (_, claim, message) => {
    expect(() => createMechane().use(claiming(claim))).toThrow(coded('invalid-claim'));
    expect(() => createMechane().use(claiming(claim))).toThrow(message);
  });
  test('a bound of nothing is one, and what is wrong is said with its place', () => {
    const exact = claiming({ law: 'efficient', holds: { approximately: 0 }, because: 'a theorem' });
    expect(createMechane().use(exact).mechanisms).toHaveLength(1);
    const sound = { law: 'efficient', holds: true, because: 'a theorem' } as const;
    const second = (flawed: Claim<Record<string, never>, Record<string, never>>) => () =>
      createMechane().use(claiming(sound, flawed));
    const says = (message: string) => expect.objectContaining({ path: ['claims/all', 'claims', 1], message });
    expect(second({ law: 'core', holds: false, because: 'so' })).toThrow(
      says(
        '["claims/all"].claims[1]: the claim that core does not hold has no witness. Fix: add witness: { reports, deviation }.',
      ),
    );
    expect(second({ law: 'core', holds: true, because: ' ' })).toThrow(
      says('["claims/all"].claims[1]: the claim about core gives no reason. Fix: cite the result in because.'),
    );
    expect(second({ law: 'core', holds: { approximately: -1 }, because: 'so' })).toThrow(
      says(
        '["claims/all"].claims[1]: the claim about core holds approximately up to nothing sensible. Fix: give a number, 0 or more.',
      ),
    );
  });
  test('those that depend on settings without defaults wait for the kit', () => {
    const picky = directMechanism({
      id: 'picky/one',
      settings: z.strictObject({ needed: z.string() }),
      report: nothing,
      decide: () => ({}),
      claims: ({ needed }) => [{ law: 'core', holds: true, because: needed }],
    });
    const mechane = createMechane().use(definePlugin({ name: 'picky', version: '1.0.0', mechanisms: [picky] }));
    expect(mechane.mechanism('picky/one').claims({ needed: 'a theorem' })).toEqual([
      { law: 'core', holds: true, because: 'a theorem' },
    ]);
  });
});

describe('a definition', () => {
  test('fills in what it left out', () => {
    expect(counter).toMatchObject({ summary: '', report: undefined, columns: undefined, direct: false });
    expect(counter.claims({})).toEqual([]);
    expect(counter.outsideOption('a', {}, {})).toBe(0);
    expect(counter.proxy({}, 'a')({})).toBeUndefined();
    expect(secondPrice.direct).toBe(true);
    expect(Object.isFrozen(secondPrice)).toBe(true);
  });
  test('needs an id of package and mechanism', () => {
    const define = (id: string) => () =>
      directMechanism({ id, settings: nothing, report: nothing, decide: () => ({}) });
    for (const id of ['second-price', 'a/b/c', '/x', 'x/', 'a b/c'])
      expect(define(id)).toThrow(coded('invalid-mechanism'));
  });
  test('needs a proxy where there are reports', () => {
    expect(() =>
      defineMechanism({
        id: 'x/y',
        settings: nothing,
        report: nothing,
        message: nothing,
        // biome-ignore lint/correctness/useYield: it ends before its first round
        *conduct() {
          return {};
        },
      }),
    ).toThrow(/has no proxy/);
  });
});
