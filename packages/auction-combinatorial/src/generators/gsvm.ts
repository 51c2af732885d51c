/*
 * The global synergy value model: Goeree and Holt, "Hierarchical package bidding: a paper & pencil combinatorial auction" (2010), with the defaults by which
 * the Spectrum Auction Test Suite draws it (Weiss, Lubin and Seuken 2017). A to L are a circle of national licences, M to R one of
 * regional licences. Each licence more raises the value of all that a bidder wins by a fifth.
 */
import { defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { PackageScenario } from './package-scenario.ts';
import { type ModelBidder, modelScenario, type ValueModelSettings, valueModelSettings } from './value-model.ts';
import { uniform } from './variates.ts';
import { writeCats } from './write-cats.ts';

const national = 12;
const regional = 6;
const synergy = 0.2;

/** The most that a regional bidder can win. */
const activityLimit = 4;

interface Parameters {
  readonly nationalBidders: number;
  readonly regionalBidders: number;
}

const bidders = z.int().min(0).max(100);

export const gsvm: InstanceGenerator<
  ValueModelSettings & { readonly [Name in keyof Parameters]?: number | undefined },
  PackageScenario
> = defineGenerator({
  id: 'gsvm',
  summary: 'Licences on two circles, worth a fifth more with each further one (Goeree and Holt 2010)',
  settings: z.strictObject({
    nationalBidders: bidders.default(1).describe('Bidders for all national licences'),
    regionalBidders: bidders.default(6).describe('Bidders for four national and two regional licences side by side'),
    ...valueModelSettings,
  }),
  generate: (settings, random) => modelScenario(settings, national + regional, gsvmBidders(settings, random), random),
  formats: { cats: writeCats },
});

export function gsvmBidders({ nationalBidders, regionalBidders }: Parameters, random: Random): ModelBidder[] {
  const everywhere = Array.from({ length: national }, (_, licence) => licence);
  return [
    ...Array.from({ length: nationalBidders }, (_, index) =>
      synergist(`national${index}`, everywhere, national, (licence) => (central(licence) ? 20 : 10), random),
    ),
    ...Array.from({ length: regionalBidders }, (_, index) => {
      const around = [0, 1, 2, 3].map((step) => (2 * index + step) % national);
      const below = [0, 1].map((step) => national + ((index + step) % regional));
      const most = (licence: number): number => (central(licence) ? 40 : 20);
      return synergist(
        `regional${index}`,
        [...around, ...below].sort((a, b) => a - b),
        activityLimit,
        most,
        random,
      );
    }),
  ];
}

/** E to H, which are worth twice as much. */
function central(licence: number): boolean {
  return licence >= 4 && licence < 8;
}

function synergist(
  agent: string,
  licences: readonly number[],
  most: number,
  highest: (licence: number) => number,
  random: Random,
): ModelBidder {
  const values = new Map(licences.map((licence) => [licence, uniform(random, 0, highest(licence))]));
  return {
    agent,
    licences,
    most,
    valueOf: (bundle) =>
      bundle.reduce((sum, licence) => sum + (values.get(licence) ?? 0), 0) * (1 + synergy * (bundle.length - 1)),
  };
}
