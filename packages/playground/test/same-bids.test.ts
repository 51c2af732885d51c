import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Played, type Ready, readyFor } from '../src/mechanisms/play.ts';
import { toldTheSame, translation } from '../src/mechanisms/same-bids.ts';
import { type Rule, smallestDifferences } from '../src/mechanisms/smallest-difference.ts';
import type { Told } from '../src/mechanisms/told.ts';
import { whatAgentsGet } from '../src/mechanisms/what-agents-get.ts';

function exampleOf(id: string): Told {
  const file = new URL(`../../../docs/scenarios/${id}.json`, import.meta.url);
  const { mechanism: _, ...told } = JSON.parse(readFileSync(file, 'utf8')) as Told & { mechanism: string };
  return told;
}

async function ruleOf(from: string, to: string): Promise<Rule> {
  const ready = (await readyFor(to)) as Ready;
  const put = translation(from, to) ?? ((told: Told) => told);
  return (told) => ready.play(to, put(told, exampleOf(to)));
}

function dealt(played: Played, agents: readonly string[]): object {
  if ('problem' in played) throw new Error(played.problem);
  return Object.fromEntries(whatAgentsGet(played.result.outcome as Readonly<Record<string, unknown>>, agents));
}

const secondPrice = 'auction-sealed/second-price';
const firstPrice = 'auction-sealed/first-price';
const three: Told = { settings: { reserve: 3 }, reports: { ann: { bid: 10 }, bob: { bid: 15.5 }, eve: { bid: 12 } } };
const agents = ['ann', 'bob', 'eve'];
const untilTheEnd = (one: Rule, other: Rule, told: Told): Told | undefined =>
  [...smallestDifferences(one, other, told)].at(-1);

describe('the same bids', () => {
  const ids = [
    secondPrice,
    'auction-english/clock',
    'auction-dutch/clock',
    'auction-sealed/vickrey',
    'auction-english/clinching',
    'auction-sealed/random-sampling',
    'market/call',
    'market/equilibrium',
    'matching/top-trading-cycles',
  ];

  test.each(ids)('of %s are understood by every mechanism that it may be compared with', async (from) => {
    const others = toldTheSame(from);
    expect(others.length).toBeGreaterThan(0);
    for (const to of others) {
      const played = (await ruleOf(from, to))(exampleOf(from));
      expect('problem' in played ? `${to}: ${played.problem}` : '').toBe('');
    }
  });

  test.each([
    'auction-english/clock',
    'auction-combinatorial/vcg',
    'auction-sealed/vickrey',
    'auction-english/clinching',
  ])('give the same by a second price and by %s (Vickrey 1961, Ausubel 2004)', async (other) => {
    const told = { ...three, settings: {} };
    const [here, there] = [await ruleOf(secondPrice, secondPrice), await ruleOf(secondPrice, other)];
    expect(dealt(there(told), agents)).toEqual({ ann: { pays: 0 }, bob: { gets: 1, pays: 12 }, eve: { pays: 0 } });
    expect(dealt(here(told), agents)).toEqual(dealt(there(told), agents));
    expect(untilTheEnd(here, there, told)).toBeUndefined();
  });

  test('give the same by a first price and by a price that falls (Vickrey 1961)', async () => {
    const [here, there] = [await ruleOf(firstPrice, firstPrice), await ruleOf(firstPrice, 'auction-dutch/clock')];
    expect(dealt(there(three), agents)).toEqual({ ann: { pays: 0 }, bob: { gets: 1, pays: 15.5 }, eve: { pays: 0 } });
    expect(untilTheEnd(here, there, three)).toBeUndefined();
  });

  test('bring along what nothing is sold below', async () => {
    const lonely: Told = { settings: { reserve: 20 }, reports: three.reports ?? {} };
    for (const to of ['auction-english/clock', 'auction-dutch/clock', 'auction-english/timed']) {
      expect(dealt((await ruleOf(secondPrice, to))(lonely), agents), to).toEqual({
        ann: { pays: 0 },
        bob: { pays: 0 },
        eve: { pays: 0 },
      });
    }
  });

  test('are made smaller until nothing smaller tells two rules of different packages apart', async () => {
    const [here, there] = [await ruleOf(secondPrice, secondPrice), await ruleOf(secondPrice, 'auction-dutch/clock')];
    // One bidder above the reserve, who pays it here and its own bid there.
    expect(untilTheEnd(here, there, three)?.reports).toEqual({ eve: { bid: 4 } });
  });

  test('trade at one price, and one after another in a book', async () => {
    const told: Told = {
      reports: {
        s: { side: 'sell', price: 2 },
        b: { side: 'buy', price: 10 },
        t: { side: 'sell', price: 4 },
        c: { side: 'buy', price: 6 },
      },
    };
    const all = ['s', 'b', 't', 'c'];
    const call = await ruleOf('market/call', 'market/call');
    // Any price from 4 to 6 clears; by the rule of the middle it is 5. A book trades at what rests: 2, then 4.
    expect(dealt(call(told), all)).toEqual({
      s: { gets: -1, pays: -5 },
      b: { gets: 1, pays: 5 },
      t: { gets: -1, pays: -5 },
      c: { gets: 1, pays: 5 },
    });
    expect(dealt((await ruleOf('market/call', 'market/order-book'))(told), all)).toEqual({
      s: { gets: -1, pays: -2 },
      b: { gets: 1, pays: 2 },
      t: { gets: -1, pays: -4 },
      c: { gets: 1, pays: 4 },
    });
    expect(dealt((await ruleOf('market/call', 'market/equilibrium'))(told), all)).toEqual(dealt(call(told), all));
  });
});
