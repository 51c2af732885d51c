import { lawFor, type OutcomeLaw, type Subject, singleItem, verify } from '@mechane/conformance';
import { type Claim, isMechaneError, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { claiming, claimingThat } from './mechanisms/claiming.ts';
import { firstPrice, secondPrice } from './mechanisms/single-item-auctions.ts';

interface Sale {
  readonly payments: Readonly<Record<string, number>>;
}

/** What the second-price auction keeps by its definition, and the first-price auction breaks wherever bids differ. */
const modest = lawFor(secondPrice, {
  name: 'acme/modest-price',
  says: 'nobody pays more than the second highest bid, or the reserve',
  flaw({ settings, reports, outcome }) {
    const { reserve } = settings as { reserve: number };
    const bids = [...reports.values()]
      .map((report) => (report as { bid: number }).bid)
      .sort((one, other) => other - one);
    const most = Math.max(reserve, bids[1] ?? 0);
    for (const [agent, payment] of Object.entries((outcome as Sale).payments)) {
      if (payment > most) return `${agent} pays ${payment}, and ${most} is the most it should`;
    }
    return undefined;
  },
});

async function verdictOn(mechanism: Mechanism, laws: readonly OutcomeLaw[] = [modest]) {
  const subject: Subject = { mechanism, domain: singleItem(), settings: [{}, { reserve: 3 }], laws };
  return (await verify(subject, { laws: [modest.name] })).laws[0];
}

describe('a law of a third party', () => {
  test('is gone through on the grid and searched for, under all settings', { tags: ['long'] }, async () => {
    const verdict = await verdictOn(claimingThat(secondPrice, modest.name));
    expect(verdict).toMatchObject({ verdict: 'holds', method: 'exhaustive', claim: true });
    // Pairs of the six types of the grid, under two settings, and more.
    expect(verdict?.examined).toBeGreaterThan(2 * 6 ** 2);
  });

  test('is refuted by the smallest case that breaks it, with a scenario that shows it', async () => {
    const verdict = await verdictOn(claimingThat(firstPrice, modest.name));
    expect(verdict).toMatchObject({
      verdict: 'refuted',
      counterexample: { types: { ann: { bid: 1 } } },
      reason: 'when ann bids 1, ann pays 1, and 0 is the most it should',
    });
    expect(verdict?.replay).toContain('mechane run');
  });

  test('may be claimed not to hold, with a witness', async () => {
    const witness = { reports: { ann: { bid: 10 }, bob: { bid: 6 } } };
    const claim: Claim = { law: modest.name, holds: false, because: 'the winner pays its bid', witness };
    expect(await verdictOn(claiming(firstPrice, claim))).toMatchObject({
      verdict: 'witnessed',
      reason: 'when ann bids 10 and bob bids 6, ann pays 10, and 6 is the most it should',
    });
    expect(await verdictOn(claiming(secondPrice, claim))).toMatchObject({ verdict: 'refuted' });
  });

  test('is unclaimed where nothing is claimed, and undecided where no subject lists it', async () => {
    expect(await verdictOn(claiming(secondPrice))).toMatchObject({ verdict: 'unclaimed' });
    expect(await verdictOn(claimingThat(secondPrice, modest.name), [])).toMatchObject({ verdict: 'undecided' });
  });

  test('sees what the outcome is worth to whom', async () => {
    const worthwhile: OutcomeLaw = {
      name: 'acme/worthwhile',
      says: 'somebody is better off',
      flaw: ({ reports, utility }) =>
        [...reports.keys()].some((agent) => utility(agent) > 0) ? undefined : 'nobody is better off',
    };
    const mechanism = claimingThat(secondPrice, worthwhile.name);
    const { laws } = await verify({ mechanism, domain: singleItem(), laws: [worthwhile] }, { laws: [worthwhile.name] });
    expect(laws[0]).toMatchObject({ verdict: 'refuted', reason: expect.stringContaining('nobody is better off') });
  });

  test.each(['efficient', 'structural/ends', 'acme/modest-price'])('cannot take the name %s again', async (name) => {
    const twice = [modest, { ...modest, name: name as OutcomeLaw['name'] }];
    const refused = await verdictOn(secondPrice, twice).catch((thrown: unknown) => thrown);
    expect(isMechaneError(refused) && refused.code).toBe('duplicate-law');
  });
});
