import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, defineMechanism, definePlugin, directMechanism, type Mechanism, sold } from '@mechane/core';
import * as z from 'zod';
import {
  adaptive,
  type Experiment,
  type MechanismSource,
  type SimulateOptions,
  type Simulation,
  simulate,
} from '../src/index.ts';

export const uniform = { kind: 'uniform' as const, low: 0, high: 1 };

const bid = z.strictObject({ bid: z.number().nonnegative() });
const highestOf = (reports: ReadonlyMap<string, { bid: number }>): [string, number] =>
  [...reports].map(([agent, said]): [string, number] => [agent, said.bid]).reduce((a, b) => (b[1] > a[1] ? b : a));
const itemValue = {
  value: (agent: string, type: { bid: number }, { winner }: { winner: string | null }) =>
    winner === agent ? type.bid : 0,
  bestWelfare: (types: ReadonlyMap<string, { bid: number }>) =>
    Math.max(...[...types.values()].map((type) => type.bid)),
};

/** A second-price auction that goes wrong after so many plays, in one of these ways. */
export function failing(id: `test/${string}`, after: number, way: 'throws' | 'lowest-wins' | 'infinite'): Mechanism {
  let plays = 0;
  return directMechanism({
    id,
    settings: z.strictObject({}),
    report: bid,
    decide(reports, { participants }) {
      plays += 1;
      const wrong = plays > after;
      if (wrong && way === 'throws') throw new Error('out of order');
      const [winner] = highestOf(reports);
      const [worst] = [...reports].reduce((a, b) => (b[1].bid < a[1].bid ? b : a));
      if (wrong && way === 'infinite') return sold(participants, winner, Number.POSITIVE_INFINITY);
      return sold(participants, wrong ? worst : winner, 0);
    },
    ...itemValue,
  }) as object as Mechanism;
}

/** What outcomes are worth is no line over values: below 0.5, nothing is worth anything. */
export const stepped = directMechanism({
  id: 'test/stepped',
  settings: z.strictObject({}),
  report: bid,
  decide: (reports, { participants }) => sold(participants, highestOf(reports)[0], 0),
  value: (agent, type, { winner }) => (winner === agent && type.bid > 0.5 ? type.bid : 0),
  bestWelfare: itemValue.bestWelfare,
}) as object as Mechanism;

/** Knows no values in numbers. */
export const ordinal = directMechanism({
  id: 'test/ordinal',
  settings: z.strictObject({}),
  report: bid,
  decide: (_, { participants }) => ({ first: participants[0] ?? null }),
}) as object as Mechanism;

/** Takes no reports. */
export const messaged = defineMechanism({
  id: 'test/messaged',
  settings: z.strictObject({}),
  message: z.string(),
  *conduct({ ask, participants }) {
    yield* ask(participants, 'anything');
    return {};
  },
  value: () => 0,
}) as object as Mechanism;

/** The sealed auctions, the mechanisms of this package, and these. */
export function source(...mechanisms: readonly Mechanism[]): MechanismSource {
  const mechane = createMechane().use(sealedAuctions).use(adaptive);
  return mechane.use(definePlugin({ name: 'test', version: '1.0.0', mechanisms }));
}

/** An experiment with one arm unless it says otherwise. */
export function run(experiment: Partial<Experiment>, options: Partial<SimulateOptions> = {}): Promise<Simulation> {
  return simulate(
    {
      arms: [{ mechanism: 'auction-sealed/second-price' }],
      policy: { kind: 'fixed' },
      population: { bidders: [{ kind: 'truthful', count: 3, values: uniform }] },
      rounds: 1_000,
      seed: 1,
      ...experiment,
    },
    { mechane: source(), ...options },
  );
}
