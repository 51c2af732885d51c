/*
 * Temporal scheduling: a job needs a machine for some time slots in a row, and is worth the less the later it is done. After Wellman, Walsh, Wurman and
 * MacKie-Mason, "Auction protocols for decentralized scheduling" (1998), as Leyton-Brown, Pearson and Shoham (2000) draw it.
 */
import { defineGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { collectBids, type DrawBidder } from './collect-bids.ts';
import type { DrawnBid } from './package-scenario.ts';
import { uniform, whole } from './variates.ts';
import { writeCats } from './write-cats.ts';

/** The defaults are those of the suite's release 2.1. */
interface Parameters {
  readonly goods: number;
  readonly maxLength: number;
  readonly deviation: number;
  readonly additionalDeadline: number;
  readonly additivity: number;
}

export const catsScheduling: CatsGenerator<'maxLength' | 'deviation' | 'additionalDeadline' | 'additivity'> =
  defineGenerator({
    id: 'cats-scheduling',
    summary: 'Time slots on a machine for jobs with deadlines (Leyton-Brown, Pearson and Shoham 2000)',
    settings: catsSettings({
      maxLength: z.int().min(1).max(5_000).default(10).describe('The most slots that a job needs'),
      deviation: z.number().min(0).max(1).default(0.5).describe('How far jobs of a length differ in value'),
      additionalDeadline: z.number().min(0).max(0.999).default(0.7).describe('How likely a job has one more deadline'),
      additivity: z
        .number()
        .min(-1)
        .max(2)
        .default(0.2)
        .describe('A job of l slots is worth about l to the 1 + additivity'),
    }),
    generate: (settings, random) => collectBids(settings, random, (source) => jobs(settings, source)),
    formats: { cats: writeCats },
  });

/** Bids for all places of a job before its deadlines; what it is worth falls from deadline to deadline. */
export function jobs(parameters: Parameters, random: Random): DrawBidder {
  const { goods, deviation, additionalDeadline, additivity } = parameters;
  const maxLength = Math.min(parameters.maxLength, goods);
  return () => {
    const bids: DrawnBid[] = [];
    const length = whole(random, 1, maxLength);
    const first = whole(random, length, goods);
    const worth = uniform(random, 1 - deviation, 1 + deviation) * length ** (1 + additivity);
    let before = 0;
    for (let deadline = first; ; deadline = whole(random, before + 1, goods)) {
      for (let end = Math.max(length, before + 1); end <= deadline; end++) {
        bids.push({
          goods: Array.from({ length }, (_, slot) => end - length + slot),
          value: (worth * first) / deadline,
        });
      }
      before = deadline;
      if (before === goods || random.next() > additionalDeadline) return bids;
    }
  };
}
