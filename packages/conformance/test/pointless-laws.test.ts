import { doubleAuction, housing, type Subject, singleItem, singlePeaked, verify } from '@mechane/conformance';
import type { LawName } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as choices from './mechanisms/choices.ts';
import { claiming, holds } from './mechanisms/claiming.ts';
import * as markets from './mechanisms/markets.ts';
import * as driven from './mechanisms/message-driven.ts';
import * as item from './mechanisms/single-item-auctions.ts';

/** What is said of a law by the examination of a mechanism that claims nothing. */
async function silenceOn(law: LawName, mechanism: Subject['mechanism'], domain: unknown): Promise<object | undefined> {
  const subject = { mechanism: claiming(mechanism), domain } as Subject;
  return (await verify(subject, { laws: [law], runs: 5 })).laws[0];
}

describe('a law of which a mechanism claims nothing does not apply', () => {
  test.each<[law: LawName, why: string, mechanism: Subject['mechanism'], domain: unknown]>([
    ['shill-proof', 'outcomes have no payments', choices.median, singlePeaked()],
    ['credible', 'outcomes have no payments', choices.median, singlePeaked()],
    ['no-deficit', 'outcomes have no payments', choices.median, singlePeaked()],
    ['non-bossy-in-allocation', 'nothing is paid: `non-bossy` says as much', choices.median, singlePeaked()],
    ['shill-proof', 'agents sell to each other, and no seller bids from outside', markets.halfWay, doubleAuction()],
    [
      'shill-proof',
      'agents sell to each other, and no seller bids from outside',
      markets.tradeReduction,
      doubleAuction(),
    ],
    [
      'participation',
      'outcomes concern only those who take part: `individually-rational` says as much',
      item.secondPrice,
      singleItem(),
    ],
    ['efficient', 'values are ranks in the domain housing, and are not added up', choices.topTradingCycles, housing()],
    [
      'not-obviously-manipulable',
      'it takes messages, and nobody knows what would be truthful',
      driven.honestKiosk,
      singleItem({ report: (maxPrice) => ({ maxPrice }) }),
    ],
  ])('%s, where %s', async (law, reason, mechanism, domain) => {
    expect(await silenceOn(law, mechanism, domain)).toMatchObject({ claim: null, verdict: 'not-applicable', reason });
  });
});

describe('a law of which a mechanism claims nothing is unclaimed', () => {
  test.each<[law: LawName, mechanism: Subject['mechanism'], domain: unknown]>([
    ['shill-proof', item.secondPrice, singleItem()],
    ['participation', choices.median, singlePeaked()],
    ['credible', markets.halfWay, doubleAuction()],
    ['non-bossy-in-allocation', item.secondPrice, singleItem()],
  ])('%s, where it could say something', async (law, mechanism, domain) => {
    expect(await silenceOn(law, mechanism, domain)).toMatchObject({ claim: null, verdict: 'unclaimed' });
  });

  test('where the mechanism cannot be played', async () => {
    const broken = { ...claiming(item.secondPrice, holds('no-deficit')), setup: () => null } as never;
    const subject = { mechanism: broken, domain: singleItem() } as Subject;
    expect((await verify(subject, { laws: ['shill-proof'], runs: 5 })).laws[0]).toMatchObject({ verdict: 'unclaimed' });
  });
});

test('what is claimed is examined although another law says as much', async () => {
  const subject = { mechanism: claiming(item.entryFee, holds('participation')), domain: singleItem() } as Subject;
  const { laws } = await verify(subject, { laws: ['participation'], runs: 20 });
  expect(laws[0]).toMatchObject({ verdict: 'refuted' });
});
