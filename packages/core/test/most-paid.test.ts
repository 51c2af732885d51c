import {
  amount,
  commitmentTo,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  type Mechanism,
  paymentsByAgent,
  perAgent,
  sold,
  sumOfFirst,
  unsold,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const settled = () => new Promise((resolve) => setImmediate(resolve));

const payAsBid = directMechanism({
  id: 'costly/pay-as-bid',
  settings: z.strictObject({ units: z.int() }),
  report: z.strictObject({ bids: z.array(amount) }),
  outcome: z.strictObject({ payments: paymentsByAgent }),
  revisable: true,
  mostPaid: ({ bids }, { settings: { units } }) => sumOfFirst(bids, units),
  decide: (reports, { settings: { units }, participants }) => ({
    payments: perAgent(participants, (agent) => sumOfFirst(reports.get(agent)?.bids ?? [], units)),
  }),
});

/** Prices called one after another: whoever is in may have to pay the last. */
const called = defineMechanism({
  id: 'costly/called',
  settings: z.strictObject({ prices: z.array(amount) }),
  message: z.enum(['in', 'out']),
  ask: z.strictObject({ price: amount }),
  *conduct({ settings: { prices }, participants, ask }) {
    let last = unsold(participants);
    for (const price of prices) {
      const replies = yield* ask(participants, { price });
      const winner = participants.find((agent) => replies.get(agent) === 'in');
      if (winner !== undefined) last = sold(participants, winner, price);
    }
    return last;
  },
  mostPaid: (message, { ask, before }) => (message === 'in' ? Math.max(before, ask.price) : before),
});

/** Sells whatever is ordered, one order at a time. */
const counter = defineMechanism({
  id: 'costly/counter',
  settings: z.strictObject({}),
  message: z.strictObject({ pay: amount }),
  mostPaid: ({ pay }, { before }) => before + pay,
  *conduct({ participants, listen }) {
    const paid = new Map<string, number>();
    for (;;) {
      const [order] = yield* listen(participants, {});
      if (order === undefined) return { payments: perAgent(participants, (agent) => paid.get(agent) ?? 0) };
      paid.set(order[0], (paid.get(order[0]) ?? 0) + order[1].pay);
    }
  },
});

const plain = directMechanism({
  id: 'costly/unknown',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  decide: () => ({}),
});

const mechanisms: readonly Mechanism[] = [payAsBid, called, counter, plain] as readonly object[] as Mechanism[];
const { untyped } = createMechane().use(definePlugin({ name: 'costly', version: '1.0.0', mechanisms }));
const agents = { ann: 'external', bob: 'external' } as const;

describe('what a message may cost', () => {
  test('is counted in decimals as they are written: 0.1 and 0.2 are 0.3', async () => {
    const session = untyped.open('costly/pay-as-bid', { settings: { units: 2 }, agents });
    await settled();
    expect(session.mostPaid('ann', { bids: [0.2, 0.1, 0.05] })).toEqual({ most: 0.3, round: 1, isOnlyThere: true });
    session.cancel();
  });
  test('may be asked again while a reply can be revised, and not after it is final', async () => {
    const session = untyped.open('costly/called', { settings: { prices: [1, 2.5] }, agents });
    await settled();
    expect(session.mostPaid('ann', 'in')).toEqual({ most: 1, round: 1, isOnlyThere: true });
    await session.submit('ann', 'in');
    expect(session.mostPaid('ann', 'in')).toBeUndefined();
    await session.submit('bob', 'out');
    await settled();
    const before = (round: number): number => (round === 2 ? 1 : 0);
    expect(session.mostPaid('ann', 'in', before)).toEqual({ most: 2.5, round: 2, isOnlyThere: true });
    expect(session.mostPaid('ann', 'out', before)?.most).toBe(1);
    session.cancel();
  });
  test('adds up where every message is heard by itself, in whichever round that is', async () => {
    const session = untyped.open('costly/counter', { settings: {}, agents });
    await settled();
    expect(session.mostPaid('ann', { pay: 2 }, () => 5)).toEqual({ most: 7, round: 1, isOnlyThere: false });
    session.cancel();
  });
  test('is not said of what would not be heard, or where a mechanism does not say it', async () => {
    const session = untyped.open('costly/pay-as-bid', { settings: { units: 2 }, agents });
    const other = untyped.open('costly/unknown', { settings: {}, agents });
    expect(session.mostPaid('ann', { bids: [1] })).toBeUndefined();
    await settled();
    expect(session.mostPaid('ann', { bids: 'all of them' })).toBeUndefined();
    expect(session.mostPaid('eve', { bids: [1] })).toBeUndefined();
    expect(other.mostPaid('ann', { bid: 1 })).toBeUndefined();
    session.cancel();
    other.cancel();
  });
  test('of a commitment is the deposit, and of what it reveals what the report may cost', async () => {
    const settings = { units: 2, sealing: { commit: true, deposit: 4 } };
    const session = untyped.open('costly/pay-as-bid', { settings, agents, within: 10_000, id: 'auction 7' });
    await settled();
    const [report, nonce] = [{ bids: [2, 1.5] }, 'sixteen letters and more'];
    const committed = (agent: string) => ({
      commitment: commitmentTo({ session: 'auction 7', agent, report, nonce }),
    });
    expect(session.mostPaid('ann', committed('ann'))?.most).toBe(4);
    await Promise.all([session.submit('ann', committed('ann')), session.submit('bob', committed('bob'))]);
    session.close();
    await settled();
    const { payments } = (await session.outcome) as { payments: object };
    expect(payments).toEqual({ ann: 4, bob: 4 });
  });
  test('of a report that is revealed is what the report may cost', async () => {
    const settings = { units: 2, sealing: { commit: true, deposit: 4 } };
    const alone = { ann: 'external' } as const;
    const session = untyped.open('costly/pay-as-bid', { settings, agents: alone, id: 'auction 8' });
    await settled();
    const [report, nonce] = [{ bids: [2, 1.5] }, 'sixteen letters and more'];
    const commitment = commitmentTo({ session: 'auction 8', agent: 'ann', report, nonce });
    await session.submit('ann', { commitment });
    await settled();
    expect(session.mostPaid('ann', { report, nonce }, () => 4)).toEqual({ most: 3.5, round: 2, isOnlyThere: true });
    await session.submit('ann', { report, nonce });
    await expect(session.outcome).resolves.toMatchObject({ payments: { ann: 3.5 } });
  });
});
