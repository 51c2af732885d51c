import { createMechane, definePlugin, directMechanism, MechaneError, type Mechanism } from '@mechane/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { truthfulCase } from '../src/case.ts';
import { outcomeAtEdge } from '../src/game/edge.ts';
import type { Game } from '../src/game/game.ts';
import { Nondeterminism } from '../src/game/nondeterminism.ts';
import { Unplayable } from '../src/game/unplayable.ts';
import { confirm } from '../src/search/confirm.ts';

const moody = directMechanism({
  id: 'test/moody',
  settings: z.strictObject({}),
  report: z.strictObject({ mood: z.enum(['good', 'bad', 'ugly']) }),
  decide(reports) {
    const [first] = reports.values();
    if (first?.mood === 'bad') throw new TypeError('boom');
    if (first?.mood === 'ugly') {
      throw new MechaneError('invalid-report', { path: [], problem: 'ugly', expected: 'beauty', fix: 'smile' });
    }
    return { payments: {}, smiles: reports.size };
  },
}) as object as Mechanism;
const mechane = createMechane().use(definePlugin({ name: 'test', version: '1.0.0', mechanisms: [moody] }));

test('at the edge there is an outcome, or how the mechanism failed, or nothing where what is said is refused', () => {
  const outcome = (mood: string): unknown =>
    outcomeAtEdge({ mechane: mechane as never }, 'test/moody', {
      settings: {},
      reports: [['ann', { mood }]],
      seed: 1,
    });
  expect(outcome('good')).toMatchObject({ smiles: 1 });
  expect(outcome('bad')).toEqual({ failure: expect.stringContaining('boom') });
  expect(outcome('ugly')).toBeUndefined();
  expect(outcome('no such mood')).toBeUndefined();
});

/** Plays a truthful case again, in a game of which only these ways to play are known. */
function confirmed(play: () => object, playAfresh: () => { outcome: unknown }): void {
  const steps = confirm({ play, playAfresh } as object as Game, truthfulCase(new Map([['ann', { mood: 'good' }]]), 1));
  while (!steps.next().done);
}

test('a counterexample is shown where it comes out again, and is nondeterminism where something else does', () => {
  const same = { smiles: 1 };
  expect(() =>
    confirmed(
      () => same,
      () => ({ outcome: { smiles: 1 } }),
    ),
  ).not.toThrow();
  const refused = (): never => {
    throw new Unplayable('refused', new Error('not today'));
  };
  // What cannot be played shows nothing.
  expect(() => confirmed(refused, refused)).not.toThrow();
  const caught = (call: () => void): unknown => {
    try {
      call();
    } catch (thrown) {
      return thrown;
    }
    return undefined;
  };
  expect(
    caught(() =>
      confirmed(
        () => same,
        () => ({ outcome: { smiles: 2 } }),
      ),
    ),
  ).toBeInstanceOf(Nondeterminism);
  expect(caught(() => confirmed(() => same, refused))).toBeInstanceOf(Nondeterminism);
  const broken = new RangeError('a fault of the kit');
  const fault = (): never => {
    throw broken;
  };
  expect(caught(() => confirmed(() => same, fault))).toBe(broken);
});
