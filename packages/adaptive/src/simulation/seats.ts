import { type AgentId, nearestKey, quote, type Random, seededRandom } from '@mechane/core';
import type { Bidder, Side } from '../bidders/bidder.ts';
import { exp3Bidder } from '../bidders/exp3-bidder.ts';
import { hedge } from '../bidders/hedge.ts';
import { regretMatching } from '../bidders/regret-matching.ts';
import { shading } from '../bidders/shading.ts';
import { truthful } from '../bidders/truthful.ts';
import { zeroIntelligence } from '../bidders/zero-intelligence.ts';
import { zip } from '../bidders/zip.ts';
import { invalidExperiment, overflow } from '../errors.ts';
import { type ValueClasses, valueClasses } from '../population/value-classes.ts';
import { type Values, valuesOf } from '../population/value-distribution.ts';
import type { FullExperiment } from './experiment.ts';

/**
 * What a bidder of some kind is made from.
 *
 * @category Experiments
 */
export interface BidderParts {
  readonly random: Random;
  readonly side: Side;
  /** The bids that learners choose among. */
  readonly grid: Float64Array;
  readonly classes: ValueClasses;
  /** How far apart utilities can be at the mechanism that is played. */
  readonly range: number;
  /** The highest value of anyone, which is the highest bid that learners choose. */
  readonly highest: number;
  readonly rounds: number;
  /** The share that a shading bidder bids. */
  readonly share: number | undefined;
}

/**
 * Makes a bidder.
 *
 * @category Experiments
 */
export type BidderMaker = (parts: BidderParts) => Bidder;

const makers: Readonly<Record<string, BidderMaker>> = {
  truthful: () => truthful(),
  shading: ({ share = 1, side }) => shading({ share, side }),
  'zero-intelligence': ({ random, side, highest }) => zeroIntelligence(random, { side, highest }),
  zip: ({ random, side }) => zip(random, { side }),
  hedge: ({ random, ...parts }) => hedge(random, parts),
  exp3: ({ random, ...parts }) => exp3Bidder(random, parts),
  'regret-matching': ({ random, ...parts }) => regretMatching(random, parts),
};

/** An agent of the population, before it sits down at an arm. */
export interface Member {
  readonly agent: AgentId;
  readonly kind: string;
  readonly side: Side;
  /** What its reports say besides the bid. */
  readonly fixed: object;
  readonly values: Values;
  readonly classes: ValueClasses;
  /** Where in the experiment it comes from. */
  readonly group: number;
  /** `range` says how far apart utilities can be where it sits down. */
  makeBidder(seed: number, range: number): Bidder;
}

/** Who takes part, and the bids that learners look at. */
export interface Members {
  readonly members: readonly Member[];
  readonly grid: Float64Array;
  /** The highest value of anyone. */
  readonly highest: number;
}

/**
 * Names the agents of a population after their kinds, and says how their bidders are made.
 *
 * @throws MechaneError `invalid-experiment` for a kind that nobody knows, or one that lacks what it needs; `overflow` for values whose squares
 * cannot be added up.
 */
export function membersOf(
  { population, rounds }: FullExperiment,
  own: Readonly<Record<string, BidderMaker>> = {},
): Members {
  const { bidders, bids, classes: most } = population;
  const all = bidders.map(({ values }) => valuesOf(values));
  const highest = Math.max(...all.map((values) => values.highest)) || 1;
  if (!(highest * highest * rounds < Number.MAX_VALUE)) throw overflow(['population', 'bidders']);
  const grid = Float64Array.from({ length: bids }, (_, index) => (highest * index) / (bids - 1));
  const twoSided = bidders.some(({ side }) => side !== undefined);
  const named = new Map<string, number>();
  const members = bidders.flatMap(({ kind, count, side = 'buy', share, with: more = {} }, group): Member[] => {
    const make = Object.hasOwn(own, kind) ? own[kind] : Object.hasOwn(makers, kind) ? makers[kind] : undefined;
    if (make === undefined) throw unknownKind(kind, group, Object.keys({ ...makers, ...own }));
    if (kind === 'shading' && share === undefined) throw shareMissing(group);
    const values = all[group] as Values;
    const classes = valueClasses(values, most);
    return Array.from({ length: count }, () => {
      const number = (named.get(kind) ?? 0) + 1;
      named.set(kind, number);
      return {
        agent: `${kind}${number}`,
        kind,
        side,
        fixed: twoSided ? { side, ...more } : more,
        values,
        classes,
        group,
        makeBidder: (seed, range) =>
          make({ random: seededRandom(seed), side, grid, classes, range, highest, rounds, share }),
      };
    });
  });
  return { members, grid, highest };
}

function unknownKind(kind: string, group: number, known: readonly string[]): Error {
  const nearest = nearestKey(kind, known);
  return invalidExperiment(
    `there is no bidder of the kind ${quote(kind)}`,
    ['population', 'bidders', group, 'kind'],
    `one of ${known.join(', ')}`,
    nearest === undefined ? undefined : `did you mean ${quote(nearest)}?`,
  );
}

function shareMissing(group: number): Error {
  return invalidExperiment(
    'it is not said what share of its value the bidder bids',
    ['population', 'bidders', group, 'share'],
    'a number above 0, 1 at the most',
  );
}
