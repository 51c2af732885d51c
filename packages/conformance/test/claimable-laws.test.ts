import {
  type Domain,
  doubleAuction,
  housing,
  multiUnit,
  positions,
  publicChoice,
  type Subject,
  singleItem,
  singleMinded,
  singlePeaked,
  verify,
  xorBids,
} from '@mechane/conformance';
import type { LawName, Mechanism } from '@mechane/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as choices from './mechanisms/choices.ts';
import { claimingThat } from './mechanisms/claiming.ts';
import * as conversations from './mechanisms/conversations.ts';
import * as markets from './mechanisms/markets.ts';
import * as others from './mechanisms/other-auctions.ts';
import * as item from './mechanisms/single-item-auctions.ts';

type Examined = readonly [mechanism: Mechanism, domain: Domain, settings?: readonly unknown[]];

const one = singleItem() as Domain;
const smoothly = singleItem({
  prior: () => fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 10_000),
}) as Domain;
const valued = singleItem({ report: (value) => ({ value }), largest: 40 }) as Domain;
const slots = positions() as Domain;
const units = multiUnit() as Domain;
const bundles = xorBids() as Domain;
const minded = singleMinded() as Domain;
const trade = doubleAuction() as Domain;
const choice = publicChoice() as Domain;
const line = singlePeaked() as Domain;
const homes = housing() as Domain;

const reserves = [{}, { reserve: 3 }];
const clicks = [{ clickThroughRates: [3, 2] }, { clickThroughRates: [0.3, 0.2, 0.1] }];
const twoUnits = [{ units: 2 }, { units: 3 }];
const goods = [{ goods: ['A', 'B'] }];
const alternatives = [{ alternatives: ['park', 'road'] }];

const laws: readonly { law: LawName; sound: readonly Examined[]; mutants: readonly Examined[] }[] = [
  {
    law: 'strategy-proof',
    sound: [
      [item.secondPrice, one, reserves],
      [item.postedPrice, one],
      [others.positionVcg, slots, clicks],
      [others.multiUnitVickrey, units, twoUnits],
      [others.combinatorialVcg, bundles, goods],
      [markets.tradeReduction, trade],
      [choices.clarke, choice, alternatives],
      [choices.median, line],
      [choices.topTradingCycles, homes],
    ],
    mutants: [
      [item.firstPrice, one],
      [item.reserveIgnoredInPayment, one, reserves],
      [item.crowdedFirstPrice, one],
      [item.oneInAThousand, one],
      [item.unluckyNumber, one],
      [item.thirdPrice, one],
      [others.gsp, slots, clicks],
      [others.uniformPrice, units, twoUnits],
      [others.combinatorialFirstPrice, minded, goods],
      [markets.halfWay, trade],
      [choices.cappedVcg, choice, alternatives],
      [choices.mean, line],
      [choices.boston, homes],
      [conversations.risingClock, valued],
    ],
  },
  {
    law: 'ex-post-incentive-compatible',
    sound: [
      [item.secondPrice, one, reserves],
      [conversations.takeIt, valued],
    ],
    mutants: [
      [item.firstPrice, one],
      [item.crowdedFirstPrice, one],
      [item.oneInAThousand, one],
      [others.gsp, slots, clicks],
    ],
  },
  {
    law: 'bayesian-incentive-compatible',
    sound: [
      [item.secondPrice, one],
      [item.shadedFirstPrice, smoothly],
    ],
    mutants: [
      [item.firstPrice, one],
      [item.thirdPrice, one],
      [choices.mean, line],
    ],
  },
  {
    law: 'obviously-strategy-proof',
    sound: [
      [conversations.takeIt, valued, [{}, { price: 2 }]],
      [conversations.buttonAuction, valued],
    ],
    mutants: [
      [item.secondPrice, one],
      [conversations.nameYourPrice, valued],
      [conversations.risingClock, valued],
      [conversations.fallingClock, valued],
    ],
  },
  {
    law: 'not-obviously-manipulable',
    // Troyan and Morrill 2020: uniform prices are, and the Boston mechanism, pay-as-bid and markets that split the difference are not.
    sound: [
      [item.secondPrice, one, reserves],
      [choices.topTradingCycles, homes],
    ],
    mutants: [
      [item.firstPrice, one],
      [markets.halfWay, trade],
    ],
  },
  {
    law: 'group-strategy-proof',
    sound: [
      [choices.median, line],
      [choices.topTradingCycles, homes],
    ],
    mutants: [
      [item.secondPrice, one],
      [choices.mean, line],
      [choices.clarke, choice, alternatives],
    ],
  },
  {
    law: 'false-name-proof',
    sound: [[item.secondPrice, one]],
    mutants: [
      [others.combinatorialVcg, bundles, goods],
      [item.consolation, one],
      [choices.mean, line],
    ],
  },
  {
    law: 'shill-proof',
    sound: [[item.firstPrice, one]],
    mutants: [
      [item.secondPrice, one, reserves],
      [others.multiUnitVickrey, units, twoUnits],
    ],
  },
  {
    law: 'credible',
    // Akbarpour and Li 2020: of sealed auctions, the first price is, and the second price is not.
    sound: [[item.firstPrice, one, reserves]],
    mutants: [
      [item.secondPrice, one, reserves],
      [others.gsp, slots, clicks],
    ],
  },
  {
    law: 'non-bossy',
    sound: [[item.payYourBid, one]],
    mutants: [
      [item.secondPrice, one],
      [others.gsp, slots, clicks],
    ],
  },
  {
    law: 'non-bossy-in-allocation',
    sound: [[choices.topTradingCycles, homes]],
    mutants: [
      [item.kingmaker, one],
      [markets.tradeReduction, trade],
    ],
  },
  {
    law: 'individually-rational',
    sound: [
      [item.secondPrice, one, reserves],
      [markets.halfWay, trade],
      [choices.topTradingCycles, homes],
    ],
    mutants: [
      [item.allPay, one],
      [item.entryFee, one],
      [choices.eviction, homes],
    ],
  },
  {
    law: 'participation',
    sound: [[choices.median, line]],
    mutants: [
      [choices.busyMeeting, line],
      [choices.eviction, homes],
    ],
  },
  {
    law: 'budget-balanced',
    sound: [[markets.halfWay, trade]],
    mutants: [
      [item.secondPrice, one],
      [item.roundedSharing, one],
      [markets.wholeCoins, trade],
      [markets.brokered, trade],
    ],
  },
  {
    law: 'no-deficit',
    sound: [
      [item.secondPrice, one],
      [markets.tradeReduction, trade],
      [choices.clarke, choice, alternatives],
    ],
    mutants: [
      [item.roundedSharing, one],
      [markets.wholeCoins, trade],
      [markets.marketVcg, trade],
    ],
  },
  {
    law: 'efficient',
    sound: [
      [item.vickrey, one],
      [others.positionVcg, slots, clicks],
      [others.multiUnitVickrey, units, twoUnits],
      [others.combinatorialVcg, bundles, goods],
      [others.combinatorialVcg, minded, [{ goods: ['A', 'B', 'C'] }]],
      [markets.halfWay, trade],
      [choices.clarke, choice, alternatives],
    ],
    mutants: [
      [item.secondPrice, one, reserves],
      [item.lowestWins, one],
      [others.upsideDownPositions, slots, clicks],
      [markets.tradeReduction, trade],
    ],
  },
  {
    law: 'pareto-efficient',
    sound: [
      [item.vickrey, one],
      [choices.median, line],
      [choices.topTradingCycles, homes],
      [choices.dictator, line],
    ],
    mutants: [
      [item.neverSells, one],
      [choices.beyond, line],
      [choices.nobodyMoves, homes],
    ],
  },
  {
    law: 'core',
    sound: [
      [item.vickrey, one],
      [markets.halfWay, trade],
      [choices.topTradingCycles, homes],
    ],
    mutants: [
      [others.combinatorialVcg, minded, goods],
      [choices.eviction, homes],
      [markets.closed, trade],
      [markets.lastPair, trade],
    ],
  },
  {
    law: 'envy-free',
    sound: [
      [item.secondPrice, one],
      [choices.median, line],
    ],
    mutants: [
      [choices.clarke, choice, alternatives],
      [choices.topTradingCycles, homes],
    ],
  },
  {
    law: 'anonymous',
    sound: [
      [item.secondPrice, one, reserves],
      [choices.median, line],
    ],
    mutants: [
      [item.annCountsDouble, one],
      [item.favourite, one],
      [choices.dictator, line],
    ],
  },
  {
    law: 'allocation-monotone',
    sound: [
      [item.secondPrice, one, reserves],
      [others.positionVcg, slots, clicks],
      [others.multiUnitVickrey, units, twoUnits],
      [others.combinatorialVcg, minded, goods],
      [markets.halfWay, trade],
    ],
    mutants: [
      [item.lowestWins, one],
      [item.highBidsIgnored, one],
      [others.upsideDownPositions, slots, clicks],
    ],
  },
  {
    law: 'revenue-monotone',
    sound: [[item.secondPrice, one, reserves]],
    mutants: [
      [item.threeIsACrowd, one],
      [others.combinatorialVcg, minded, goods],
    ],
  },
];

/** Of each law, the first mechanism that breaks it is examined before every merge; all of them in the full run, with those that keep it. */
const examinations = laws.flatMap(({ law, sound, mutants }) => [
  { law, sound: [], mutants: mutants.slice(0, 1), tags: [] },
  { law, sound, mutants: mutants.slice(1), tags: ['long'] },
]);

describe.each(examinations)('$law', ({ law, sound, mutants, tags }) => {
  const examine = ([mechanism, domain, settings]: Examined): Promise<Awaited<ReturnType<typeof verify>>> => {
    const subject: Subject = { mechanism: claimingThat(mechanism, law), domain, ...(settings ? { settings } : {}) };
    return verify(subject, { laws: [law], runs: 300, seconds: 60 });
  };

  test.each(sound.map((examined) => [examined[0].id, examined] as const))(
    'holds for %s',
    { tags },
    async (_id, examined) => {
      const [verdict] = (await examine(examined)).laws;
      expect(verdict).toMatchObject({ verdict: 'holds', law });
      expect(verdict?.examined).toBeGreaterThan(100);
    },
  );

  test.each(mutants.map((examined) => [examined[0].id, examined] as const))(
    'is refuted for %s',
    { tags },
    async (_id, examined) => {
      const [verdict] = (await examine(examined)).laws;
      expect(verdict).toMatchObject({ verdict: 'refuted', law });
      expect(verdict?.counterexample).toMatchObject({ settings: expect.anything() });
      expect(verdict?.reason).toMatch(/\w/);
    },
  );
});
