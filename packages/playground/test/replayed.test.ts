import { englishAuctions } from '@mechane/auction-english';
import { connect } from '@mechane/client';
import type { Plugin } from '@mechane/core';
import { markets } from '@mechane/market';
import { matchings } from '@mechane/matching';
import { createService, openStore } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';
import { type JournalTold, journalTold } from '../src/live/journal-told.ts';
import { isSameOutcome, type Replayed, replayable } from '../src/live/replayed.ts';

/** Plays a session among external agents, and gives its journal and how it ended. */
async function held(
  mechanism: string,
  settings: object,
  says: readonly (readonly [agent: string, message: unknown])[],
): Promise<{ readonly told: JournalTold; readonly outcome: Readonly<Record<string, unknown>> }> {
  const store = await openStore('sqlite::memory:');
  const plugins = [englishAuctions, markets, matchings] as Plugin[];
  const service = createService({ plugins, store, adminToken: 'secret' });
  onTestFinished(async () => {
    await service.close();
    await store.close();
  });
  const fetch = (url: string, init?: RequestInit): Promise<Response> => service.fetch(new Request(url, init));
  const client = connect('http://house.example', { adminToken: 'secret', fetch });
  const { id, agents } = await client.create({ mechanism, settings, agents: ['ann', 'bob', 'cat'] });
  for (const [agent, message] of says) {
    const seat = client.seat(agents[agent]?.token ?? '');
    await seat.ask(20);
    await seat.submit(message);
  }
  const { status } = await client.session(id);
  const { outcome = {} } = status === 'open' ? await client.close(id) : await client.session(id);
  return { told: journalTold(await client.journal(id)), outcome };
}

async function had(
  mechanism: string,
  told: JournalTold,
  agent: string,
  nth: number,
  message: unknown,
): Promise<Replayed | undefined> {
  const own = told.messages.flatMap((each, place) => (each.agent === agent ? [place] : []));
  return (await replayable(mechanism))?.replay(told, { place: own[nth] ?? -1, message });
}

test('a clock is played again: whoever leaves sooner leaves the sale to the other at that price', async () => {
  const clock = 'auction-english/clock';
  const { told, outcome } = await held(clock, { startingPrice: 10, increment: 1 }, [
    ['ann', 'in'],
    ['bob', 'in'],
    ['cat', 'out'],
    ['ann', 'in'],
    ['bob', 'in'],
    ['ann', 'in'],
    ['bob', 'out'],
  ]);
  expect(outcome).toMatchObject({ winner: 'ann', payment: 12 });
  const again = await (await replayable(clock))?.replay(told);
  expect(again?.kind === 'outcome' && isSameOutcome(again.outcome, outcome)).toBe(true);
  expect(await had(clock, told, 'ann', 1, 'out')).toMatchObject({ outcome: { winner: 'bob', payment: 11 } });
  // Had bob stayed, another price had been called, and nobody has said anything to that.
  expect(await had(clock, told, 'bob', 2, 'in')).toEqual({ kind: 'beyond', round: 4, agents: ['ann', 'bob'] });
  expect(await had(clock, told, 'cat', 0, 'in')).toMatchObject({ kind: 'beyond', round: 2, agents: ['cat'] });
  expect(await had(clock, told, 'ann', 0, 'perhaps')).toMatchObject({ kind: 'refused' });
});

test('a timed auction that its operator closed is played again, without the bids that would have been refused', async () => {
  const timed = 'auction-english/timed';
  const { told, outcome } = await held(timed, { duration: 600_000, startingPrice: 10 }, [
    ['ann', { max: 20 }],
    ['bob', { max: 30 }],
    ['cat', { max: 25 }],
  ]);
  expect(outcome).toMatchObject({ winner: 'bob', payment: 26 });
  const again = await (await replayable(timed))?.replay(told);
  expect(again?.kind === 'outcome' && isSameOutcome(again.outcome, outcome)).toBe(true);
  // At a standing price of 31, the 25 of cat is too low.
  expect(await had(timed, told, 'ann', 0, { max: 40 })).toMatchObject({ outcome: { winner: 'ann', payment: 31 } });
  expect(await had(timed, told, 'bob', 0, { max: 1 })).toMatchObject({ kind: 'refused' });
});

test('a book and a matching are played again: a lower price is not taken, another ranking leads elsewhere', async () => {
  const book = 'market/order-book';
  const sale = { type: 'limit', side: 'sell', price: 10, quantity: 2 };
  const market = await held(book, {}, [
    ['ann', sale],
    ['bob', { ...sale, side: 'buy' }],
  ]);
  expect(market.outcome.trades).toHaveLength(1);
  expect(await had(book, market.told, 'bob', 0, { ...sale, side: 'buy', price: 9 })).toMatchObject({
    outcome: { trades: [], book: { bids: [[9, 2]], asks: [[10, 2]] } },
  });
  const marriage = 'matching/deferred-acceptance';
  const matched = await held(marriage, {}, [
    ['ann', { side: 'proposing', ranking: ['cat'] }],
    ['bob', { side: 'proposing', ranking: ['cat'] }],
    ['cat', { side: 'receiving', ranking: ['bob', 'ann'] }],
  ]);
  expect(matched.outcome.matches).toMatchObject({ cat: ['bob'] });
  expect(await had(marriage, matched.told, 'cat', 0, { side: 'receiving', ranking: ['ann'] })).toMatchObject({
    outcome: { matches: { cat: ['ann'] } },
  });
});

test('what this page does not know, it does not play', async () => {
  expect(await replayable('acme/rule')).toBeUndefined();
  expect(await replayable('market/nothing')).toBeUndefined();
});
