import { ClockService, createMechane, journalRecorder, provide, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);

describe('clock', () => {
  test('whoever is silent leaves, with an increment and without', async () => {
    for (const increment of [1, undefined]) {
      const { outcome } = await mechane.open('auction-english/clock', {
        settings: { startingPrice: 5, increment },
        agents: {
          ann: () => undefined,
          bob: ({ answer, price }) => (answer === 'leaving-price' ? { leaveAt: 8 } : price <= 8 ? 'in' : 'out'),
          eve: ({ price }) => (price <= 6 ? 'in' : undefined),
        },
      }).result;
      expect(outcome.winner).toBe('bob');
      expect(outcome.payment).toBe(increment === undefined ? 5 : 7);
    }
  });

  test('a price to leave at answers every question', async () => {
    const settings = { startingPrice: 5, increment: 2 };
    const agents = { ann: () => ({ leaveAt: 8 }), bob: () => ({ leaveAt: 10 }) };
    const { outcome } = await mechane.open('auction-english/clock', { settings, agents }).result;
    expect(outcome).toMatchObject({ winner: 'bob', payment: 9 });
    const continuous = await mechane.open('auction-english/clock', { settings: { startingPrice: 5 }, agents }).result;
    expect(continuous.outcome).toMatchObject({ winner: 'bob', payment: 8 });
  });

  test('while the price rises, whoever names no price leaves at once, and none below it is lower than it', async () => {
    const { outcome } = await mechane.open('auction-english/clock', {
      settings: { startingPrice: 5 },
      agents: {
        ann: () => 'in' as const,
        bob: ({ answer }) => (answer === 'in-or-out' ? 'in' : { leaveAt: 1 }),
        eve: ({ answer }) => (answer === 'in-or-out' ? 'in' : { leaveAt: 7 }),
      },
    }).result;
    expect(outcome).toMatchObject({
      winner: 'eve',
      payment: 5,
      history: [
        { round: 2, price: 5, agent: 'bob' },
        { round: 3, price: 5, agent: 'ann' },
      ],
    });
  });

  test('the last one left is not asked again', async () => {
    const asked: string[] = [];
    await mechane.open('auction-english/clock', {
      settings: { startingPrice: 0 },
      agents: {
        ann: ({ answer, price }) => {
          asked.push(`${answer} ${price}`);
          return answer === 'in-or-out' ? 'in' : { leaveAt: 9 };
        },
        bob: ({ answer }) => (answer === 'in-or-out' ? 'in' : { leaveAt: 4 }),
      },
    }).result;
    expect(asked).toEqual(['in-or-out 0', 'leaving-price 0']);
  });
});

describe('open outcry', () => {
  test('jump bids stand, bids below the least are refused for another, and equal bids go by the tie order', async () => {
    const script: Record<string, readonly (number | undefined)[]> = {
      ann: [12, undefined, 33],
      bob: [20, undefined, undefined],
      cat: [20, 24, 33, 100],
    };
    const next = (agent: string) => {
      const bids = [...(script[agent] ?? [])];
      return () => {
        const bid = bids.shift();
        return bid === undefined ? 'pass' : { bid };
      };
    };
    const { outcome } = await mechane.open('auction-english/open-outcry', {
      settings: { startingPrice: 10, increment: 5 },
      agents: { ann: next('ann'), bob: next('bob'), cat: next('cat') },
    }).result;
    // In round 2 bob leads and is not asked, and cat's 24 is too little: it is asked again. In round 3 nobody goes higher.
    expect(outcome).toMatchObject({
      winner: 'cat',
      payment: 33,
      rounds: 3,
      history: [
        { round: 1, price: 20, agent: 'bob' },
        { round: 2, price: 33, agent: 'cat' },
      ],
    });
  });

  test('a bid below the least is refused as outbid, and its sender may bid again in the round; nobody waits for those at lunch', async () => {
    const clock = testClock();
    const house = createMechane({ services: [provide(ClockService, () => clock)] }).use(englishAuctions);
    const session = house.open('auction-english/open-outcry', {
      settings: { startingPrice: 10, increment: 5 },
      agents: { ann: 'external', bob: 'external', lunch: 'external' },
      within: 1_000,
    });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await session.submit('ann', { bid: 20 });
    await session.submit('bob', 'pass');
    clock.advance(1_000);
    await turn();
    await expect(session.submit('bob', { bid: 24 })).rejects.toThrow(
      expect.objectContaining({ code: 'outbid', path: ['messages', 'bob', 'bid'] }),
    );
    await session.submit('bob', { bid: 25 });
    clock.advance(1_000);
    await turn();
    expect(session.asked('ann')).toMatchObject({ round: 3, content: { leastBid: 30 } });
    clock.advance(1_000);
    expect((await session.result).outcome).toMatchObject({ winner: 'bob', payment: 25, rounds: 3 });
  });

  test('bidders see who leads with what, and the least bid that would top it', async () => {
    const seen: unknown[] = [];
    await mechane.open('auction-english/open-outcry', {
      settings: { startingPrice: 10, increment: 5 },
      agents: {
        ann: ({ leastBid }) => (leastBid === 10 ? { bid: 17 } : 'pass'),
        bob: (ask) => {
          seen.push(ask);
          return 'pass' as const;
        },
      },
    }).result;
    expect(seen).toEqual([
      { leastBid: 10, standing: null },
      { leastBid: 22, standing: { agent: 'ann', price: 17 } },
    ]);
  });

  test('whoever passes may bid again', async () => {
    let round = 0;
    const { outcome } = await mechane.open('auction-english/open-outcry', {
      settings: { startingPrice: 1, increment: 1 },
      agents: {
        ann: ({ leastBid }) => (leastBid <= 3 ? { bid: leastBid } : 'pass'),
        bob: ({ leastBid }) => (++round === 2 ? { bid: leastBid } : undefined),
      },
    }).result;
    expect(outcome).toMatchObject({ winner: 'ann', payment: 3 });
  });

  test('an increment is never lost in rounding: amounts that far apart are refused', async () => {
    const open = (settings: { startingPrice: number; increment: number; unit?: number }) =>
      mechane.open('auction-english/open-outcry', {
        settings: { ...settings, maxRounds: 3 },
        agents: { ann: ({ leastBid }) => ({ bid: leastBid }), bob: ({ leastBid }) => ({ bid: leastBid }) },
      });
    expect(() => open({ startingPrice: 2 ** 60, increment: 1 })).toThrow(
      expect.objectContaining({ code: 'imprecise-amount', path: ['settings', 'startingPrice'] }),
    );
    const { outcome } = await open({ startingPrice: 2 ** 52, increment: 1, unit: 1 }).result;
    expect(outcome).toMatchObject({ payment: 2 ** 52 + 2, rounds: 3 });
  });
});

describe('clinching', () => {
  test('demand never rises, never falls below what is clinched, and silence gives up the rest', async () => {
    const demands: Record<string, number[]> = { ann: [3, 9, 0], bob: [2, 1, 1] };
    const next = (agent: string) => () => {
      const demand = demands[agent]?.shift();
      return demand === undefined ? undefined : { demand };
    };
    const { outcome } = await mechane.open('auction-english/clinching', {
      settings: { units: 3, increment: 1 },
      agents: { ann: next('ann'), bob: next('bob') },
    }).result;
    expect(outcome).toMatchObject({
      allocation: { ann: 2, bob: 1 },
      clinches: [
        [0, 'ann'],
        [1, 'ann'],
        [2, 'bob'],
      ],
      history: [
        { round: 1, price: 0, agent: 'ann', demand: 3 },
        { round: 1, price: 0, agent: 'bob', demand: 2 },
        { round: 2, price: 1, agent: 'bob', demand: 1 },
        { round: 3, price: 2, agent: 'ann', demand: 2 },
      ],
    });
  });

  test('while the price rises, whoever names no lower demand and its price gives up at once', async () => {
    const { outcome } = await mechane.open('auction-english/clinching', {
      settings: { units: 2 },
      agents: {
        ann: ({ answer }) => (answer === 'demand' ? { demand: 2 } : { demand: 1, at: 6 }),
        bob: ({ answer }) => (answer === 'demand' ? { demand: 2 } : { demand: 2, at: 9 }),
      },
    }).result;
    expect(outcome).toMatchObject({
      allocation: { ann: 2 },
      clinches: [
        [0, 'ann'],
        [0, 'ann'],
      ],
      rounds: 2,
    });
  });

  test('whoever is silent while the price rises gives up what it has not clinched, with an increment and without', async () => {
    for (const [increment, paid] of [
      [1, 2],
      [undefined, 0],
    ]) {
      const { outcome } = await mechane.open('auction-english/clinching', {
        settings: { units: 3, increment },
        agents: {
          ann: ({ price, answer }) => (price === 0 && answer === 'demand' ? { demand: 3 } : undefined),
          bob: ({ answer }) => (answer === 'demand' ? { demand: 2 } : { demand: 1, at: 6 }),
        },
      }).result;
      expect(outcome).toMatchObject({ allocation: { ann: 1, bob: 2 }, payments: { ann: 0, bob: paid } });
    }
  });

  test('a lower demand without a price holds at once', async () => {
    let asked = 0;
    const { outcome } = await mechane.open('auction-english/clinching', {
      settings: { units: 2 },
      agents: {
        ann: () => [{ demand: 2 }, { demand: 1 }, { demand: 0, at: 6 }][asked++],
        bob: ({ answer }) => (answer === 'demand' ? { demand: 2 } : { demand: 1, at: 9 }),
      },
    }).result;
    expect(outcome).toMatchObject({
      allocation: { bob: 2 },
      clinches: [
        [0, 'bob'],
        [6, 'bob'],
      ],
    });
  });

  test('a demand from a later price on changes nothing at the price called', async () => {
    const { outcome } = await mechane.open('auction-english/clinching', {
      settings: { units: 1, increment: 1 },
      agents: {
        ann: ({ price }) => (price === 0 ? { demand: 1 } : { demand: 0, at: 3 }),
        bob: ({ price }) => ({ demand: price < 2 ? 1 : 0 }),
      },
    }).result;
    expect(outcome).toMatchObject({ clinches: [[2, 'ann']], rounds: 3 });
  });
});

test('a journal replays to the same outcome', () => {
  const reports = { ann: { marginals: [9, 7, 3] }, bob: { marginals: [8, 8] } };
  const journal = journalRecorder();
  const { outcome } = mechane.run('auction-english/clinching', { settings: { units: 3 }, reports, journal });
  expect(mechane.replay(JSON.parse(JSON.stringify(journal.journal()))).outcome).toEqual(outcome);
});
