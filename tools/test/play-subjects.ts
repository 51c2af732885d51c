import { type AgentId, type Mechanism, provide, RandomService, seededRandom, type TieBreak } from '@mechane/core';
import {
  answeredByProxies,
  answeredInOrder,
  conduct,
  countedIn,
  RunSetup,
  readSettings,
  ServiceScope,
  unitOfReports,
} from '@mechane/core/host';
import fc from 'fast-check';
import type * as z from 'zod';
import { inOtherMoney } from './amounts.ts';
import { mechanisms, owners } from './installed.ts';

/** What the kit examines a mechanism on, as far as it is needed here. */
export interface Subject {
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

export const subjects: Subject[] = [];
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
export const saidTo = (mechanism: Mechanism): z.ZodType => mechanism.report ?? mechanism.message;

const seed = 1;
const names: readonly AgentId[] = ['ann', 'bob', 'cat', 'dan', 'eve'];

/** What a mechanism is played with, as its schemas have parsed it. */
export interface Profile {
  readonly settings: unknown;
  readonly breakTie: TieBreak;
  readonly reports: ReadonlyMap<AgentId, unknown>;
}

/** Profiles of every size under every setting. */
export function* profilesOf(
  { mechanism, domain, settings = [{}], participants = {} }: Subject,
  drawing: number = seed,
): Generator<Profile> {
  const sizes = [2, 3, 1, 4, 0, 5, 3, 2].filter((size) => size <= (participants.max ?? names.length));
  for (const given of settings) {
    const read = readSettings(mechanism, given);
    const drawn = fc.sample(domain.types(read.settings), { numRuns: 20, seed: drawing });
    for (const size of sizes) {
      const own = drawn.splice(0, size);
      const types = domain.together?.(own, read.settings) ?? own;
      const reports = new Map(types.map((type, agent) => [names[agent] as AgentId, saidTo(mechanism).parse(type)]));
      yield { ...read, reports };
    }
  }
}

/** A profile in another unit of money. */
export function profileInOtherMoney(
  mechanism: Mechanism,
  { settings, breakTie, reports }: Profile,
  times: number,
): Profile {
  const said = [...reports].map(([agent, report]) => [agent, inOtherMoney(saidTo(mechanism), report, times)] as const);
  return { settings: inOtherMoney(mechanism.settings, settings, times), breakTie, reports: new Map(said) };
}

/** What came of a play, and what was asked on the way. */
export interface Played {
  readonly outcome: object;
  readonly asks: readonly unknown[];
}

/** Lets proxies play, or messages come in order where there are none. */
export function play(mechanism: Mechanism, services: ServiceScope, { settings, breakTie, reports }: Profile): Played {
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

export async function servicesOf({ providers = [] }: Subject): Promise<ServiceScope> {
  const services = new ServiceScope();
  for (const provider of providers) services.bind(provider);
  await services.prepare();
  return services;
}

/** As {@link play}, but through the edge at which a scenario's decimals become whole numbers. */
export function playAtTheEdge(mechanism: Mechanism, services: ServiceScope, profile: Profile): Played {
  const unit = unitOfReports(mechanism, undefined, profile.settings, profile.reports);
  return play(unit === undefined ? mechanism : countedIn(unit, mechanism), services, profile);
}
