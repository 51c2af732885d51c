import {
  type Domain,
  type LawVerdict,
  publicChoice,
  type Subject,
  singleItem,
  singlePeaked,
  verify,
} from '@mechane/conformance';
import {
  amount,
  type Claim,
  defineMechanism,
  type LawName,
  type Mechanism,
  perAgent,
  type Witness,
} from '@mechane/core';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import * as choices from './mechanisms/choices.ts';
import * as conversations from './mechanisms/conversations.ts';
import * as odd from './mechanisms/ill-formed.ts';
import * as messages from './mechanisms/message-driven.ts';
import * as item from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const one = singleItem() as Domain;
const valued = singleItem({ report: (value) => ({ value }), largest: 40 }) as Domain;
const { prior: _, ...withoutPrior } = valued;

async function verdictOn(
  claim: Partial<Claim> & { law: LawName },
  mechanism: Mechanism,
  subject: Partial<Subject> = {},
): Promise<LawVerdict | undefined> {
  const claims: readonly Claim[] = [{ holds: true, because: 'it says so', ...claim }];
  const examined = { mechanism: { ...mechanism, claims: () => claims }, domain: one, ...subject };
  return (await verify(examined, { laws: [claim.law], runs: 20, seconds: 60 })).laws[0];
}

const broken = (law: LawName, witness: Witness): Partial<Claim> & { law: LawName } => ({ law, holds: false, witness });

describe('a single case shows that', () => {
  test('the best case of a lie beats the best of the truth', async () => {
    const witness = { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { ann: { bid: 7 } } };
    const verdict = await verdictOn(broken('not-obviously-manipulable', witness), item.firstPrice);
    expect(verdict).toMatchObject({ verdict: 'witnessed' });
    expect(verdict?.reason).toBe(
      'ann, worth 9, ends with 0 at best when it is truthful, whatever the others are, and may end with 2 by bidding 7 instead of 9 if bob bids 6',
    );
  });

  test('the worst case of a lie beats the worst of the truth', async () => {
    const witness = { reports: { ann: { bid: 4 }, bob: { bid: 5 } }, deviation: { ann: { bid: 0 } } };
    const charged = item.auction('charged', { price: () => 0, losersPay: (bid) => bid });
    const verdict = await verdictOn(broken('not-obviously-manipulable', witness), charged);
    expect(verdict).toMatchObject({ verdict: 'witnessed' });
    expect(verdict?.reason).toBe(
      'ann, worth 4, may end with -4 when it is truthful if bob bids 5, and ends with 0 at worst, whatever the others are, by bidding 0 instead of 4',
    );
  });

  test.each<[LawName, Witness, Mechanism]>([
    [
      'not-obviously-manipulable',
      { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { ann: { bid: 7 } } },
      item.secondPrice,
    ],
    ['not-obviously-manipulable', { reports: { ann: { bid: 9 } } }, item.firstPrice],
    ['credible', { reports: { ann: { bid: 9 }, bob: { bid: 6 } } }, item.firstPrice],
    [
      'non-bossy',
      { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { ann: { bid: 7 } }, agent: 'ann' },
      item.firstPrice,
    ],
    ['non-bossy', { reports: { ann: { bid: 9 }, bob: { bid: 6 } } }, item.secondPrice],
    ['participation', { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { ann: { bid: 7 } } }, item.entryFee],
  ])('and no case shows %s broken that is about something else', async (law, witness, mechanism) => {
    expect(await verdictOn(broken(law, witness), mechanism)).toMatchObject({
      verdict: 'refuted',
      reason: expect.stringContaining('the witness does not break it'),
    });
  });

  test('an operator tells a winner of a higher rival, and of none whose kind is not there', async () => {
    const witness = { reports: { ann: { bid: 9 }, bob: { bid: 6 }, cat: { bid: 2 } } };
    const parties: Domain = { ...one, mayReport: (type, report) => isOdd(type) === isOdd(report) };
    const verdict = await verdictOn(broken('credible', witness), item.secondPrice, { domain: parties });
    expect(verdict).toMatchObject({ verdict: 'refuted' });
    const free = await verdictOn(broken('credible', witness), item.secondPrice);
    expect(free?.reason).toMatch(
      /^when ann bids 9 and bob bids 6 and cat bids 2, the operator earns 9 rather than 6 by telling ann that/,
    );
  });
});

const isOdd = (report: unknown): boolean => (report as { bid: number }).bid % 2 === 1;

/** Whoever asks for more than 2 is not answered. */
const deaf: Mechanism = defineMechanism({
  id: 'test/deaf',
  settings: z.strictObject({}),
  report: z.strictObject({ value: amount }),
  message: amount,
  *conduct({ participants, ask }) {
    const replies = yield* ask(participants, 'a number, please');
    if ([...replies.values()].some((number) => number > 2)) throw new Error('what?');
    return { winner: null, payments: perAgent(participants, () => 0) };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

/** First price; but where somebody bids more than 100, who does not win gets 1000. */
const windfall = item.auction('windfall', {
  price: ([first]) => first?.bid ?? 0,
  losersPay: () => 0,
});
const windfalls: Mechanism = {
  ...windfall,
  decide: (reports, setup) => {
    const outcome = windfall.decide?.(reports, setup) as item.Item;
    const isRich = [...reports.values()].some((report) => (report as { bid: number }).bid > 100);
    const payments = perAgent(reports.keys(), (agent) =>
      isRich && agent !== outcome.winner ? -1_000 : (outcome.payments[agent] ?? 0),
    );
    return { ...outcome, payments };
  },
};

describe('it is undecided', () => {
  test.each<[LawName, string, Mechanism, Partial<Subject>]>([
    ['not-obviously-manipulable', 'it takes messages', messages.honestKiosk, {}],
    ['not-obviously-manipulable', 'it draws lots', odd.byLot, {}],
    ['not-obviously-manipulable', 'no report of the grid could be played', choices.median, {}],
    ['not-obviously-manipulable', 'empty or too large', item.secondPrice, { domain: { ...one, grid: () => [] } }],
    [
      'not-obviously-manipulable',
      'empty or too large',
      choices.clarke,
      {
        domain: publicChoice({ grid: [0, 1, 2, 3, 4, 5] }) as Domain,
        settings: [{ alternatives: ['park', 'road', 'pool'] }],
        participants: { min: 3 },
      },
    ],
    [
      'not-obviously-manipulable',
      'obvious on the grid, and not against others beyond it',
      windfalls,
      { participants: { min: 2 } },
    ],
    [
      'non-bossy',
      'says what an outcome is worth to an agent',
      choices.dictator,
      { domain: { name: 'mute', grid: () => [{ peak: 1 }], types: one.types } },
    ],
    [
      'participation',
      'says what an outcome is worth to an agent',
      { ...choices.median, utility: undefined } as object as Mechanism,
      { domain: { name: 'mute', grid: () => [{ peak: 1 }], types: one.types } },
    ],
    ['shill-proof', 'outcomes have no payments', choices.median, { domain: singlePeaked() as Domain }],
    ['credible', 'it takes messages', messages.honestKiosk, {}],
    ['credible', 'it draws lots', odd.byLot, {}],
    ['credible', 'outcomes have no payments', choices.median, { domain: singlePeaked() as Domain }],
    ['credible', 'between two agents', conversations.takeIt, { domain: valued, participants: { min: 3 } }],
    ['credible', 'empty or too large', conversations.takeIt, { domain: { ...withoutPrior, grid: () => [] } }],
    [
      'credible',
      'something is public about types',
      conversations.takeIt,
      { domain: { ...valued, mayReport: () => true } },
    ],
    ['credible', 'not every conversation could be played', deaf, { domain: withoutPrior }],
  ])('whether %s, where %s', async (law, why, mechanism, subject) => {
    expect(await verdictOn({ law }, mechanism, subject)).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining(why),
    });
  });

  test('what agents expect that only send messages, and nothing is expected where nobody can stay away', async () => {
    const interim = { law: 'individually-rational', mode: 'interim' } as const;
    expect(await verdictOn(interim, messages.honestKiosk)).toMatchObject({ verdict: 'undecided' });
    expect(await verdictOn(interim, choices.median, { domain: singlePeaked() as Domain })).toMatchObject({
      verdict: 'vacuous',
      reason: 'nobody can stay away',
    });
  });
});

describe('what agents expect', () => {
  const interim = { law: 'individually-rational', mode: 'interim' } as const;

  test('is taken over the plays that have an outcome', async () => {
    expect(await verdictOn(interim, odd.failsOnTies)).toMatchObject({ verdict: 'holds', method: 'statistical' });
  });

  test('is nothing that anybody could expect where a payment is no number', async () => {
    const spoilt = item.auction('spoilt', { price: () => Number.NaN });
    expect(await verdictOn(interim, spoilt)).toMatchObject({ verdict: 'refuted' });
  });

  test('of one agent alone is told without others', async () => {
    const verdict = await verdictOn(interim, item.entryFee, { participants: { max: 1 } });
    expect(verdict?.reason).toMatch(/which is 0 \(400 draws\)$/);
  });
});

describe('in conversations whose domain has no prior, types of the grid are equally likely', () => {
  test('and what an operator expects is computed, not estimated', async () => {
    const verdict = await verdictOn({ law: 'credible' }, conversations.risingClock, { domain: withoutPrior });
    expect(verdict).toMatchObject({ verdict: 'refuted', method: 'exhaustive' });
    expect(await verdictOn({ law: 'credible' }, conversations.takeIt, { domain: withoutPrior })).toMatchObject({
      verdict: 'holds',
      method: 'exhaustive',
      reason: expect.stringContaining('every profile of 2 agents over 6 types and all that they may be asked'),
    });
  });
});

describe('what holds up to a number', () => {
  test.each<[LawName, Mechanism, number]>([
    ['not-obviously-manipulable', item.firstPrice, 5],
    [
      'shill-proof',
      item.auction('a-coin-more', {
        price: ([first]) => first?.bid ?? 0,
        losersPay: (_bid, others) => (others > 1 ? 0.1 : 0),
      }),
      2,
    ],
  ])('is %s', async (law, mechanism, approximately) => {
    const verdict = await verdictOn({ law, holds: { approximately } }, mechanism);
    expect(verdict?.verdict).toBe('holds');
    expect((await verdictOn({ law, holds: { approximately: 0.01 } }, mechanism))?.verdict).toBe('refuted');
  });
});
