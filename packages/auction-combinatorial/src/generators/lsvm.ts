/*
 * The local synergy value model: Scheffel, Ziegler and Bichler, "On the impact of package selection in combinatorial auctions" (2012), with the defaults by which
 * the Spectrum Auction Test Suite draws it (Weiss, Lubin and Seuken 2017). Licences form a grid of three rows and six columns; those
 * that touch each other in a bundle are worth the more together the more they are.
 */
import { defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { PackageScenario } from './package-scenario.ts';
import { type ModelBidder, modelScenario, type ValueModelSettings, valueModelSettings } from './value-model.ts';
import { uniform } from './variates.ts';
import { writeCats } from './write-cats.ts';

const rows = 3;
const columns = 6;
const all: readonly number[] = Array.from({ length: rows * columns }, (_, licence) => licence);

/** A bidder's values are even between two bounds; n licences in touch are worth 1 + a / (100 (1 + e^(b − n))) times as much. */
interface Kind {
  readonly lowest: number;
  readonly highest: number;
  readonly a: number;
  readonly b: number;
}

const nationalKind: Kind = { lowest: 3, highest: 9, a: 320, b: 10 };
const regionalKind: Kind = { lowest: 3, highest: 20, a: 160, b: 4 };

interface Parameters {
  readonly nationalBidders: number;
  readonly regionalBidders: number;
  readonly proximity: number;
}

const bidders = z.int().min(0).max(100);

export const lsvm: InstanceGenerator<
  ValueModelSettings & { readonly [Name in keyof Parameters]?: number | undefined },
  PackageScenario
> = defineGenerator({
  id: 'lsvm',
  summary: 'Licences on a grid, worth more where they touch (Scheffel, Ziegler and Bichler 2012)',
  settings: z.strictObject({
    nationalBidders: bidders.default(1).describe('Bidders for all licences'),
    regionalBidders: bidders.default(5).describe('Bidders for the licences around one of them'),
    proximity: z.int().min(0).max(8).default(2).describe('How many steps away a regional bidder is interested'),
    ...valueModelSettings,
  }),
  generate: (settings, random) => modelScenario(settings, all.length, lsvmBidders(settings, random), random),
  formats: { cats: writeCats },
});

export function lsvmBidders(
  { nationalBidders, regionalBidders, proximity }: Parameters,
  random: Random,
): ModelBidder[] {
  return [
    ...Array.from({ length: nationalBidders }, (_, index) =>
      neighbourly(`national${index}`, all, nationalKind, random),
    ),
    ...Array.from({ length: regionalBidders }, (_, index) => {
      const home = random.below(all.length);
      const around = all.filter((licence) => steps(home, licence) <= proximity);
      return neighbourly(`regional${index}`, around, regionalKind, random);
    }),
  ];
}

function neighbourly(agent: string, licences: readonly number[], kind: Kind, random: Random): ModelBidder {
  const values = new Map(licences.map((licence) => [licence, uniform(random, kind.lowest, kind.highest)]));
  const worth = (group: readonly number[]): number =>
    group.reduce((sum, licence) => sum + (values.get(licence) ?? 0), 0) * synergy(kind, group.length);
  return {
    agent,
    licences,
    most: licences.length,
    valueOf: (bundle) => touching(bundle).reduce((sum, group) => sum + worth(group), 0),
  };
}

function synergy({ a, b }: Kind, size: number): number {
  return 1 + a / (100 * (1 + Math.exp(b - size)));
}

/** The groups of licences that touch each other, directly or by way of others of the bundle. */
function touching(bundle: readonly number[]): readonly (readonly number[])[] {
  const left = new Set(bundle);
  const groups: number[][] = [];
  for (const first of bundle) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const licence of group) {
      for (const other of [...left].filter((candidate) => steps(licence, candidate) === 1)) {
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Steps from one licence to another: beside, above or below, never across a corner. */
function steps(one: number, other: number): number {
  return (
    Math.abs(Math.floor(one / columns) - Math.floor(other / columns)) + Math.abs((one % columns) - (other % columns))
  );
}
