import type { Domain } from '@mechane/conformance';

type Kit = typeof import('@mechane/conformance');

/** A standard domain, and settings that it reads where those of a mechanism say nothing. */
export interface ForeignDomain {
  readonly domain: Domain;
  /** Values for settings that the domain reads, to begin with. */
  readonly known: Readonly<Record<string, unknown>>;
  /** The setting without which there is no such domain. */
  readonly needs: string | undefined;
}

/** The domains that a mechanism in another language may name, each with reports in the public data format. */
export const domainNames = [
  'single-item',
  'multi-unit',
  'positions',
  'xor-bids',
  'single-minded',
  'double-auction',
  'public-choice',
  'single-peaked',
  'housing',
  'two-sided',
] as const;

export type DomainName = (typeof domainNames)[number];

/** A domain by its name. The kit is given, since it takes long to load. */
export function foreignDomain(kit: Kit, name: DomainName): ForeignDomain {
  const [domain, known] = makers[name](kit);
  const needs = Object.keys(known).find((key) => !dispensable.has(key));
  return { domain: { ...(domain as Domain), name }, known, needs };
}

/** There is one unit, or houses A to E, where settings do not say. */
const dispensable: ReadonlySet<string> = new Set(['units', 'items']);

const goods = { goods: ['A', 'B', 'C'] };

const makers: Readonly<
  Record<DomainName, (kit: Kit) => readonly [domain: unknown, known: Readonly<Record<string, unknown>>]>
> = {
  'single-item': (kit) => [kit.singleItem(), {}],
  'multi-unit': (kit) => [kit.multiUnit(), { units: 2 }],
  positions: (kit) => [kit.positions(), { clickThroughRates: [2, 1] }],
  'xor-bids': (kit) => [kit.xorBids(), goods],
  'single-minded': (kit) => [kit.singleMinded(), goods],
  'double-auction': (kit) => [kit.doubleAuction(), {}],
  'public-choice': (kit) => [kit.publicChoice(), { alternatives: ['park', 'road', 'pool'] }],
  'single-peaked': (kit) => [kit.singlePeaked(), {}],
  housing: (kit) => [kit.housing(), { items: ['A', 'B', 'C', 'D', 'E'] }],
  'two-sided': (kit) => [kit.twoSided(), {}],
};
