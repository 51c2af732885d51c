import {
  type Domain,
  doubleAuction,
  housing,
  isGood,
  multiUnit,
  type Subject,
  singleItem,
  singlePeaked,
  verify,
} from '@mechane/conformance';
import type { LawName, Mechanism } from '@mechane/core';
import { describe, expect, test, vi } from 'vitest';
import * as choices from './mechanisms/choices.ts';
import * as conversations from './mechanisms/conversations.ts';
import * as odd from './mechanisms/ill-formed.ts';
import * as parts from './mechanisms/in-parts.ts';
import * as markets from './mechanisms/markets.ts';
import * as others from './mechanisms/other-auctions.ts';
import * as item from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

type Examined = readonly [mechanism: Mechanism, domain: Domain, settings?: readonly unknown[]];

const one = singleItem() as Domain;
const valued = singleItem({ report: (value) => ({ value }), largest: 40 }) as Domain;
const units = multiUnit() as Domain;

const laws: readonly { law: LawName; sound: readonly Examined[]; mutants: readonly Examined[] }[] = [
  {
    law: 'structural/answers',
    sound: [[odd.wellFormed, one]],
    mutants: [
      [odd.failsOnTies, one],
      [odd.failsForFour, one],
    ],
  },
  {
    law: 'structural/deterministic',
    sound: [
      [odd.wellFormed, one],
      [odd.byLot, one, [{}, { breakTie: 'lot' }]],
    ],
    mutants: [
      [odd.whimsical, one],
      [odd.remembers, one],
    ],
  },
  {
    law: 'structural/inputs-untouched',
    sound: [[odd.wellFormed, one]],
    mutants: [
      [odd.changesReports, one],
      [odd.emptiesReports, one],
      [odd.sortsSettings, one],
      [odd.reversesParticipants, one],
    ],
  },
  {
    law: 'structural/order-independent',
    sound: [
      [odd.wellFormed, one, [{}, { breakTie: 'lot' }, { breakTie: { priority: ['bob'] } }]],
      [odd.byLot, one],
      [choices.topTradingCycles, housing() as Domain],
      [conversations.takeIt, valued],
    ],
    mutants: [
      [odd.firstComeFirstServed, one],
      [odd.earlyBirdDiscount, one],
      [odd.bobsFriend, one],
      [odd.stubbornTies, one],
    ],
  },
  {
    law: 'structural/feasible',
    sound: [
      [odd.wellFormed, one],
      [others.multiUnitVickrey, units, [{ units: 3 }]],
      [markets.tradeReduction, doubleAuction() as Domain],
    ],
    mutants: [
      [odd.twoWinners, one],
      [odd.stranger, one],
      [others.oversold, units, [{ units: 2 }]],
    ],
  },
  {
    law: 'structural/finite-payments',
    sound: [
      [odd.wellFormed, one],
      [choices.median, singlePeaked() as Domain],
    ],
    mutants: [
      [odd.divides, one],
      [odd.forgetsLosers, one],
      [odd.chargesBystanders, one],
      [odd.unlimited, one],
    ],
  },
  {
    law: 'structural/few-participants',
    sound: [
      [odd.wellFormed, one],
      [odd.hosted, one, [{ host: 'ann' }]],
    ],
    mutants: [
      [odd.needsSomebody, one],
      [odd.needsCompany, one],
      [odd.unlimited, one],
    ],
  },
  {
    law: 'structural/bad-input-refused',
    sound: [
      [odd.wellFormed, one, [{}, { reserve: 2 }]],
      [conversations.takeIt, valued],
    ],
    mutants: [
      [odd.takesAnything, one],
      [odd.takesExtras, one],
      [odd.forgivesNonsense, one],
    ],
  },
  {
    law: 'structural/ends',
    sound: [
      [odd.wellFormed, one],
      [conversations.risingClock, valued],
    ],
    mutants: [
      [conversations.patient, valued],
      [conversations.endlessForThree, valued],
      [conversations.credulous, valued],
    ],
  },
  {
    law: 'structural/bad-agents',
    sound: [
      [odd.wellFormed, one],
      [odd.hosted, one, [{ host: 'ann' }]],
      [conversations.takeIt, valued],
      [conversations.risingClock, valued],
    ],
    mutants: [
      [conversations.credulous, valued],
      [conversations.divisive, valued],
      [conversations.patient, valued],
    ],
  },
  {
    law: 'structural/replay',
    sound: [
      [odd.wellFormed, one],
      [odd.byLot, one, [{ breakTie: 'lot' }]],
      [conversations.risingClock, valued],
    ],
    mutants: [
      [odd.remembers, one],
      [odd.doubles, one],
    ],
  },
  {
    law: 'structural/shortcut',
    sound: [
      [conversations.clockWithShortcut, valued],
      [parts.secondPriceInParts, one],
    ],
    mutants: [
      [conversations.clockWithWrongShortcut, valued],
      [conversations.clockWithWrongRounds, valued],
      [parts.keepsAMap, one],
      [parts.payItsOwnBid, one],
      [parts.forgetsTheThird, one],
    ],
  },
  {
    law: 'structural/best-welfare',
    sound: [
      [odd.rightBest, one],
      [markets.halfWay, doubleAuction() as Domain],
    ],
    mutants: [
      [odd.wrongBest, one],
      [odd.optimistic, one],
    ],
  },
];

function subjectOf([mechanism, domain, settings]: Examined): Subject {
  return { mechanism, domain, ...(settings ? { settings } : {}) };
}

describe.each(laws)('$law', ({ law, sound, mutants }) => {
  test.each(sound.map((examined) => [examined[0].id, examined] as const))('holds for %s', async (_id, examined) => {
    const { laws } = await verify(subjectOf(examined), { laws: [law] });
    expect(laws).toMatchObject([{ law, claim: true, verdict: 'holds' }]);
    expect(laws[0]?.examined).toBeGreaterThan(10);
  });

  test.each(mutants.map((examined) => [examined[0].id, examined] as const))(
    'is refuted for %s',
    async (_id, examined) => {
      const { laws } = await verify(subjectOf(examined), { laws: [law] });
      expect(laws).toMatchObject([{ law, claim: true, verdict: 'refuted' }]);
      expect(laws[0]?.reason).toMatch(/\w/);
      expect(laws[0]?.counterexample).toMatchObject({ settings: expect.anything() });
    },
  );
});

test('a sound mechanism keeps every law of structure, and one that changes its inputs breaks no other', {
  tags: ['long'],
}, async () => {
  const verdicts = async (mechanism: Mechanism): Promise<readonly LawName[]> => {
    const { laws } = await verify({ mechanism, domain: one });
    return laws.filter(({ verdict }) => !isGood(verdict)).map(({ law }) => law);
  };
  expect(await verdicts(item.secondPrice)).toEqual([]);
  expect(await verdicts(odd.changesReports)).toEqual(['structural/inputs-untouched']);
});

test('a schema that throws is the mechanism’s failure, not the kit’s', { tags: ['long'] }, async () => {
  const { laws } = await verify({ mechanism: odd.throwsInSchema, domain: one });
  expect(laws.find(({ law }) => law === 'structural/bad-input-refused')?.verdict).toMatch(/holds|refuted/);
});

test('laws that say nothing about a mechanism are not applicable, and say why', { tags: ['long'] }, async () => {
  const { laws } = await verify({ mechanism: odd.wellFormed, domain: one });
  const verdictOn = (name: LawName) => laws.find(({ law }) => law === name);
  expect(verdictOn('structural/answers')).toMatchObject({ verdict: 'holds' });
  expect(verdictOn('structural/shortcut')).toMatchObject({
    verdict: 'not-applicable',
    reason: 'there is one way to the outcome',
  });
  expect(verdictOn('structural/best-welfare')).toMatchObject({ verdict: 'not-applicable' });
});
