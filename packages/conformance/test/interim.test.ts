import { type Domain, formatReport, singleItem, verify } from '@mechane/conformance';
import { amount, type Claim, directMechanism, type Mechanism, perAgent } from '@mechane/core';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import * as item from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const one = singleItem() as Domain;

const interim: Claim = { law: 'individually-rational', mode: 'interim', holds: true, because: 'on average' };
const never: Claim = {
  law: 'individually-rational',
  holds: false,
  because: 'whoever meets odd bids pays',
  witness: { reports: { ann: { bid: 0 }, bob: { bid: 1 } }, agent: 'ann' },
};

/** Nobody gets the item. Where an odd number of the others bid odd numbers, one pays 1, and otherwise gets 2: half a coin on average. */
const oddOrEven: Mechanism = directMechanism({
  id: 'test/odd-or-even',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  decide(reports, { participants }) {
    const meets = (agent: string): number =>
      [...reports].filter(([other, { bid }]) => other !== agent && bid % 2 === 1).length;
    return { winner: null, payments: perAgent(participants, (agent) => (meets(agent) % 2 === 1 ? 1 : -2)) };
  },
}) as object as Mechanism;

const claiming = (mechanism: Mechanism, ...claims: readonly Claim[]): Mechanism => ({
  ...mechanism,
  claims: () => claims,
});

describe('individual rationality in the interim', () => {
  test('holds on average where a single outcome breaks it, both under one name', async () => {
    const report = await verify(
      { mechanism: claiming(oddOrEven, never, interim), domain: one },
      { runs: 100, laws: [never.law] },
    );
    expect(report.laws).toMatchObject([
      { law: 'individually-rational', claim: false, verdict: 'witnessed' },
      { law: 'individually-rational', mode: 'interim', claim: true, verdict: 'holds', method: 'statistical' },
    ]);
    expect(report.laws[1]?.reason).toMatch(/^who fares worst expects 0\.\d+ ± 0\.\d+ more than staying away is worth/);
    expect(formatReport(report)).toMatch(
      /✓ individually-rational {12}does not[\s\S]*✓ individually-rational \(interim\) {2}holds/,
    );
  });

  test.each([item.entryFee, item.allPay])('is refuted for $id by what a type expects', async (mechanism) => {
    const [verdict] = (
      await verify({ mechanism: claiming(mechanism, interim), domain: one }, { runs: 100, laws: [never.law] })
    ).laws;
    expect(verdict).toMatchObject({
      mode: 'interim',
      verdict: 'refuted',
      counterexample: { agent: expect.anything() },
    });
    expect(verdict?.reason).toMatch(
      /is truthful and expects [\d.]+ ± [\d.]+ less than staying away is worth to it, which is 0/,
    );
    expect(verdict?.replay).toMatch(/^mechane verify /);
  });

  test('does not hold where a witness shows who expects to lose', async () => {
    const witness = { reports: { ann: { bid: 2 }, bob: { bid: 9 } }, agent: 'ann' };
    const mechanism = claiming(item.entryFee, { ...interim, holds: false, witness });
    const [verdict] = (await verify({ mechanism, domain: one }, { runs: 20, laws: [never.law] })).laws;
    expect(verdict).toMatchObject({ mode: 'interim', verdict: 'witnessed' });
    const sound = claiming(item.secondPrice, { ...interim, holds: false, witness });
    expect((await verify({ mechanism: sound, domain: one }, { runs: 20, laws: [never.law] })).laws[0]).toMatchObject({
      verdict: 'refuted',
    });
  });

  test('is a mode of individual rationality, and of no law that has no modes', async () => {
    const mechanism = claiming(item.secondPrice, { ...interim, law: 'efficient' });
    const [verdict] = (await verify({ mechanism, domain: one }, { runs: 20, laws: ['efficient'] })).laws;
    expect(verdict).toMatchObject({
      verdict: 'undecided',
      reason: 'the kit does not know efficient in the mode interim',
    });
  });
});
