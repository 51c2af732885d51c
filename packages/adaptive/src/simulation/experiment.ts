import { isMechaneError, validate } from '@mechane/core';
import * as z from 'zod';
import type { Side } from '../bidders/bidder.ts';
import { refusedExperiment } from '../errors.ts';
import { type ValueDistribution, valueDistribution } from '../population/value-distribution.ts';

/**
 * A mechanism with settings, for a designer to choose.
 *
 * @category Experiments
 */
export interface Arm {
  mechanism: string;
  settings?: unknown;
}

/**
 * Bidders of one kind; `count` of them.
 *
 * @category Experiments
 */
export interface BidderGroup {
  /** `truthful`, `shading`, `zero-intelligence`, `zip`, `hedge`, `exp3`, `regret-matching`, or a kind of one's own. */
  kind: string;
  count?: number;
  /** What each one's value is drawn from in each round. */
  values: ValueDistribution;
  /** `buy` unless given; where there are sellers, reports say `side`, and a seller's value is its cost. */
  side?: Side;
  /** What reports say besides the bid. */
  with?: Record<string, unknown>;
  /** The share of its value that a shading bidder bids. */
  share?: number;
}

/**
 * Who plays, and how finely learners look at bids and values.
 *
 * @category Experiments
 */
export interface Population {
  bidders: BidderGroup[];
  /** The key of a report under which bids go, where it is none of the usual. */
  report?: string;
  /** How many bids learners choose among, from 0 to the highest value: 21 unless given. */
  bids?: number;
  /** How many classes of equally likely values learners tell apart: 10 unless given. */
  classes?: number;
}

/**
 * How the designer chooses among arms.
 *
 * @category Experiments
 */
export type PolicyChoice =
  | { kind: 'ucb1' | 'thompson' }
  | { kind: 'exp3'; exploration?: number }
  | { kind: 'sliding-window-ucb'; window?: number; width?: number }
  | { kind: 'fixed'; arm?: number };

/**
 * What an arm has to keep to, on average over the last rounds that it was played; one that does not is taken out for the next in the chain.
 *
 * @category Experiments
 */
export interface Fallback {
  /** Arms by index, the one to begin with first, the safest last: all in their order unless given. */
  chain?: number[];
  minimumEfficiency?: number;
  /** The most milliseconds that a round may take. */
  maximumMilliseconds?: number;
  /** The most agents that may fail to bid in a round. */
  maximumFailures?: number;
  /** How many rounds the averages go back: 50 unless given. */
  window?: number;
}

/**
 * What makes the designer start learning afresh: a change of what an arm brings, scaled to [0, 1].
 *
 * @category Experiments
 */
export type Trigger =
  | { kind: 'page-hinkley'; slack?: number; threshold?: number }
  | { kind: 'cusum'; target: number; slack?: number; threshold?: number };

/**
 * What `simulate` takes.
 *
 * @category Experiments
 */
export interface Experiment {
  arms: Arm[];
  policy?: PolicyChoice;
  population: Population;
  objective?: 'revenue' | 'welfare' | 'efficiency';
  /** The least and the most that a round brings by the objective; what is seen unless given. */
  range?: [low: number, high: number];
  fallback?: Fallback;
  triggers?: Trigger[];
  rounds: number;
  seed?: number;
}

/** The policy of a designer, as it is read. */
type FullPolicy =
  | { kind: 'ucb1' | 'thompson' }
  | { kind: 'exp3'; exploration?: number | undefined }
  | { kind: 'sliding-window-ucb'; window?: number | undefined; width?: number | undefined }
  | { kind: 'fixed'; arm?: number | undefined };

/** An experiment with defaults filled in. */
export interface FullExperiment {
  arms: { mechanism: string; settings?: unknown }[];
  policy: FullPolicy;
  population: {
    bidders: {
      kind: string;
      count: number;
      values: ValueDistribution;
      side?: Side | undefined;
      with?: Record<string, unknown> | undefined;
      share?: number | undefined;
    }[];
    report?: string | undefined;
    bids: number;
    classes: number;
  };
  objective: 'revenue' | 'welfare' | 'efficiency';
  range?: [low: number, high: number] | undefined;
  fallback?:
    | {
        chain?: number[] | undefined;
        minimumEfficiency?: number | undefined;
        maximumMilliseconds?: number | undefined;
        maximumFailures?: number | undefined;
        window: number;
      }
    | undefined;
  triggers: (
    | { kind: 'page-hinkley'; slack: number; threshold: number }
    | { kind: 'cusum'; target: number; slack: number; threshold: number }
  )[];
  rounds: number;
  seed?: number | undefined;
}

/** The most rounds of one simulation. */
const mostRounds = 1_000_000_000;
const notNegative: z.ZodNumber = z.number().nonnegative();
const positive: z.ZodNumber = z.number().positive();
const share: z.ZodType<number> = z.number().positive().max(1);
const index: z.ZodType<number> = z.int().nonnegative();

const policy: z.ZodType<FullPolicy> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['ucb1', 'thompson']) }),
  z.strictObject({ kind: z.literal('exp3'), exploration: share.optional() }),
  z.strictObject({
    kind: z.literal('sliding-window-ucb'),
    window: z.int().positive().max(1_000_000).optional(),
    width: positive.optional(),
  }),
  z.strictObject({ kind: z.literal('fixed'), arm: index.optional() }),
]);

const group: z.ZodType<FullExperiment['population']['bidders'][number]> = z.strictObject({
  kind: z.string(),
  count: z.int().positive().max(1_000).default(1),
  values: valueDistribution,
  side: z.enum(['buy', 'sell']).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  share: share.optional(),
});

const trigger: z.ZodType<FullExperiment['triggers'][number]> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page-hinkley'),
    slack: notNegative.default(0.1),
    threshold: positive.default(20),
  }),
  z.strictObject({
    kind: z.literal('cusum'),
    target: z.number().min(0).max(1),
    slack: notNegative.default(0.1),
    threshold: positive.default(20),
  }),
]);

const experiment: z.ZodType<FullExperiment> = z.strictObject({
  arms: z
    .array(z.strictObject({ mechanism: z.string(), settings: z.unknown().optional() }))
    .min(1)
    .max(1_000),
  policy: policy.default({ kind: 'ucb1' }),
  population: z.strictObject({
    bidders: z.array(group).min(1),
    report: z.string().optional(),
    bids: z.int().min(2).max(1_000).default(21),
    classes: z.int().min(1).max(1_000).default(10),
  }),
  objective: z.enum(['revenue', 'welfare', 'efficiency']).default('welfare'),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, 'expected the low end before the high one')
    .optional(),
  fallback: z
    .strictObject({
      chain: z.array(index).min(1).optional(),
      minimumEfficiency: z.number().min(0).max(1).optional(),
      maximumMilliseconds: positive.optional(),
      maximumFailures: notNegative.optional(),
      window: z.int().positive().max(1_000_000).default(50),
    })
    .optional(),
  triggers: z.array(trigger).default([]),
  rounds: z.int().positive().max(mostRounds),
  seed: z.int().optional(),
});

/** @throws MechaneError `invalid-experiment` or `unknown-key`, with the path. */
export function readExperiment(given: unknown): FullExperiment {
  try {
    return validate(experiment, given, 'invalid-scenario', []);
  } catch (thrown) {
    if (!isMechaneError(thrown) || thrown.code !== 'invalid-scenario') throw thrown;
    throw refusedExperiment(thrown);
  }
}
