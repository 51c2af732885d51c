import { type AgentId, type Mechanism, provide, RandomService, seededRandom, type TieBreak } from '@mechane/core';
import { answeredByProxies, answeredInOrder, conduct, RunSetup, readSettings, ServiceScope } from '@mechane/core/host';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { inOtherMoney, numbersIn } from './amounts.ts';
import { mechanisms, owners } from './installed.ts';
import { anything, plainNumbers } from './plain-numbers.ts';

/** What the kit examines a mechanism on, as far as it is needed here. */
interface Subject {
  readonly mechanism: Mechanism;
  readonly domain: {
    readonly name: string;
    types(settings: unknown): fc.Arbitrary<unknown>;
    together?(types: readonly unknown[], settings: unknown): readonly unknown[];
  };
  readonly settings?: readonly unknown[];
  readonly participants?: { readonly max?: number };
  readonly providers?: readonly Parameters<ServiceScope['bind']>[0][];
}

const subjects: Subject[] = [];
for (const owner of owners) {
  const { subjects: own } = (await import(`${owner}/conformance`)) as { readonly subjects: readonly Subject[] };
  subjects.push(...own);
}

/** Buyers whom the kit does not draw: money they keep counts, or one of the goods is their money. */
const quasiLinear = fc.record({
  budget: fc.integer({ min: 1, max: 9 }),
  utility: fc.record({
    kind: fc.constant('quasi-linear'),
    weights: fc.record({ x: fc.integer({ min: 1, max: 9 }), y: fc.integer({ min: 1, max: 9 }) }),
    numeraire: fc.constantFrom(undefined, 'x'),
  }),
});
subjects.push({
  mechanism: mechanisms.find(({ id }) => id === 'market/fisher') as Mechanism,
  domain: { name: 'quasi-linear-buyers', types: () => quasiLinear },
  settings: [{ goods: { x: 1, y: 2 } }],
});

/** What agents say to a mechanism, and so what its money is counted in. */
const saidTo = (mechanism: Mechanism): z.ZodType => mechanism.report ?? mechanism.message;

const seed = 1;
const names: readonly AgentId[] = ['ann', 'bob', 'cat', 'dan', 'eve'];

/** What a mechanism is played with, as its schemas have parsed it. */
interface Profile {
  readonly settings: unknown;
  readonly breakTie: TieBreak;
  readonly reports: ReadonlyMap<AgentId, unknown>;
}

/** Profiles of every size under every setting. */
function* profilesOf({ mechanism, domain, settings = [{}], participants = {} }: Subject): Generator<Profile> {
  const sizes = [2, 3, 1, 4, 0, 5, 3, 2].filter((size) => size <= (participants.max ?? names.length));
  for (const given of settings) {
    const read = readSettings(mechanism, given);
    const drawn = fc.sample(domain.types(read.settings), { numRuns: 20, seed });
    for (const size of sizes) {
      const own = drawn.splice(0, size);
      const types = domain.together?.(own, read.settings) ?? own;
      const reports = new Map(types.map((type, agent) => [names[agent] as AgentId, saidTo(mechanism).parse(type)]));
      yield { ...read, reports };
    }
  }
}

/** The same profile where money is of another unit. */
function profileInOtherMoney(mechanism: Mechanism, { settings, breakTie, reports }: Profile, times: number): Profile {
  const said = [...reports].map(([agent, report]) => [agent, inOtherMoney(saidTo(mechanism), report, times)] as const);
  return { settings: inOtherMoney(mechanism.settings, settings, times), breakTie, reports: new Map(said) };
}

/** What came of a play, and what was asked on the way. */
interface Played {
  readonly outcome: object;
  readonly asks: readonly unknown[];
}

/** Lets proxies play, or messages come in order where there are none. */
function play(mechanism: Mechanism, services: ServiceScope, { settings, breakTie, reports }: Profile): Played {
  const openScope = () => {
    const scope = new ServiceScope(services);
    scope.bind(provide(RandomService, () => seededRandom(seed), 'run'));
    return scope;
  };
  const participants = [...reports.keys()];
  const setup = new RunSetup({ settings, breakTie, participants, seed, signal: undefined, openScope });
  const hold = mechanism.report ? answeredByProxies(mechanism, reports) : answeredInOrder([...reports]).hold;
  const asks: unknown[] = [];
  const { outcome } = conduct(mechanism, setup, (round, number) => {
    asks.push(...round.agents.map((agent) => round.contentFor(agent)));
    return hold(round, number);
  });
  return { outcome, asks };
}

async function servicesOf({ providers = [] }: Subject): Promise<ServiceScope> {
  const services = new ServiceScope();
  for (const provider of providers) services.bind(provider);
  await services.prepare();
  return services;
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('every mechanism is played', () => {
  const played = new Set(subjects.map(({ mechanism }) => mechanism.id));
  expect(mechanisms.filter(({ id }) => !played.has(id))).toEqual([]);
});

describe.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))('%s', (id, mechanism) => {
  const { settings, report, message, ask, outcome } = mechanism;
  const schemas = { settings, report, message: message === report ? undefined : message, ask, outcome };
  const numbers = Object.entries(schemas).flatMap(([part, schema]) => (schema ? [...numbersIn(schema, part)] : []));
  const ofKind = (kind: string): readonly string[] =>
    [...new Set(numbers.filter((number) => number.kind === kind).map(({ path }) => path))].sort();

  test('says of every number whether it is money, a quantity or neither', () => {
    expect(ofKind('plain')).toEqual([...(plainNumbers[id] ?? [])].sort());
    expect(ofKind('anything')).toEqual([...(anything[id] ?? [])].sort());
  });
});

describe.each(subjects.map((subject) => [subject.mechanism.id, subject.domain.name, subject] as const))(
  '%s on %s',
  (id, _, subject) => {
    const { mechanism } = subject;
    const [askShape, outcomeShape] = [mechanism.ask as z.ZodType, mechanism.outcome as z.ZodType];

    test('asks and decides what it describes, and nothing besides', async () => {
      const services = await servicesOf(subject);
      for (const profile of profilesOf(subject)) {
        const { outcome, asks } = play(mechanism, services, profile);
        expect(asJson(outcomeShape.parse(outcome))).toEqual(asJson(outcome));
        for (const asked of asks) expect(asJson(askShape.parse(asked))).toEqual(asJson(asked));
      }
    });

    // Doubling loses nothing in binary arithmetic: whatever is computed without logarithms has to be the same to the last digit.
    test('decides the same where everything costs twice as much, for twice the money', async () => {
      const services = await servicesOf(subject);
      for (const profile of profilesOf(subject)) {
        const once = play(mechanism, services, profile);
        const twice = play(mechanism, services, profileInOtherMoney(mechanism, profile, 2));
        const expected = inOtherMoney(outcomeShape, once.outcome, 2);
        expect(twice.outcome).toEqual(id === 'market/fisher' ? nearly(expected) : expected);
        expect(twice.asks).toEqual(once.asks.map((asked) => inOtherMoney(askShape, asked, 2)));
      }
    });
  },
);

/** Every number up to rounding. */
function nearly(value: unknown): unknown {
  if (typeof value === 'number') return expect.closeTo(value, 9);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, nearly(held)]));
}
