import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOrderBook } from '../src/index.ts';
import { OrderIndex } from '../src/order-book/order-index.ts';
import { none, OrderPool } from '../src/order-book/order-pool.ts';
import type { OrderId } from '../src/order-book/order-request.ts';
import { PriceLadder } from '../src/order-book/price-ladder.ts';

/** Texts of one hash: the index reads both ends of long ones only. */
const colliding = (count: number): string[] => {
  const [head, tail] = ['h'.repeat(32), 't'.repeat(32)];
  return Array.from({ length: count }, (_, index) => `${head}${String(index).padStart(6, '0')}${tail}`);
};

describe('the index of orders', () => {
  function compareWithMap(ids: readonly OrderId[], random: Random): void {
    const pool = new OrderPool();
    const index = new OrderIndex(pool);
    const map = new Map<OrderId, number>();
    for (let step = 0; step < 20_000; step++) {
      const id = ids[random.below(ids.length)] as OrderId;
      expect(index.find(id)).toBe(map.get(id) ?? none);
      const place = map.get(id);
      if (place === undefined) {
        const fresh = pool.acquire(id, 'ann');
        index.add(fresh);
        map.set(id, fresh);
      } else {
        index.delete(place);
        pool.release(place);
        map.delete(id);
      }
      expect(index.size).toBe(map.size);
    }
  }

  test('agrees with a Map on texts and numbers', { tags: ['long'] }, () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? index : String(index)));
    compareWithMap([...ids, 2 ** 40, 2 ** 40 + 2 ** 32, Number.MAX_SAFE_INTEGER], seededRandom(1));
  });

  test('agrees with a Map on ids that were chosen to collide', { tags: ['long'] }, () => {
    compareWithMap([...colliding(400), 'a', 'b'], seededRandom(2));
  });
});

describe('the ladder of prices', () => {
  test.each([['rising'], ['falling'], ['random']])('keeps %s keys in order', (order) => {
    const random = seededRandom(3);
    const ladder = new PriceLadder();
    const keys = new Set<number>();
    for (let step = 0; step < 5_000; step++) {
      const key = order === 'rising' ? step : order === 'falling' ? -step : random.below(3_000) * 1e11;
      expect(ladder.find(key) === none).toBe(!keys.has(key));
      if (!keys.has(key)) ladder.insert(key, keys.size);
      keys.add(key);
    }
    const levels = new Map([...keys].map((key, level) => [level, key]));
    const seen: number[] = [];
    ladder.visit((level) => seen.push(levels.get(level) as number) > 0);
    expect(seen).toEqual([...keys].sort((a, b) => b - a));
    ladder.sweep((level) => level % 3 === 0);
    const kept = [...keys].filter((_, level) => level % 3 === 0).sort((a, b) => b - a);
    for (const key of kept) {
      expect(levels.get(ladder.best())).toBe(key);
      ladder.dropBest();
    }
    expect([ladder.size, ladder.best()]).toEqual([0, none]);
  });

  test('a visit stops when it is told to', () => {
    const ladder = new PriceLadder();
    for (const key of [1, 2, 3]) {
      ladder.find(key);
      ladder.insert(key, key);
    }
    const seen: number[] = [];
    ladder.visit((level) => seen.push(level) < 2);
    expect(seen).toEqual([3, 2]);
  });
});

test('among many prices, one that was emptied is taken up again', () => {
  const book = createOrderBook();
  const send = (step: number, price: number) =>
    book.submit({ type: 'limit', id: `o${step}`, owner: 'ann', side: 'buy', price, quantity: 1 });
  for (let price = 0; price < 200; price++) send(price, price);
  // Prices 4,096 apart share a place in the memory of those used last.
  for (const [step, price] of [50, 50 + 4_096, 50, 199].entries()) {
    book.cancel(`o${price}`);
    send(1_000 + step, price);
    book.cancel(`o${1_000 + step}`);
    send(2_000 + step, price);
  }
  expect(book.depth().bids.slice(0, 2)).toEqual([
    [4_146, 1],
    [199, 1],
  ]);
  expect(book.depth().bids.find(([price]) => price === 50)).toEqual([50, 2]);
  expect(book.submit({ type: 'market', owner: 'bob', side: 'sell', quantity: 1_000 }).filled).toBe(202);
  expect(book.size).toBe(0);
});

describe('memory', () => {
  test('places are used again, whatever number of orders comes and goes', () => {
    const pool = new OrderPool();
    const open: number[] = [];
    const random = seededRandom(4);
    for (let step = 0; step < 100_000; step++) {
      if (open.length < 500) open.push(pool.acquire(step, 'ann'));
      else pool.release(open.splice(random.below(open.length), 1)[0] as number);
    }
    expect(pool.capacity).toBe(512);
  });

  test('a flood of orders at prices of their own, each cancelled, leaves nothing', () => {
    const book = createOrderBook();
    for (let step = 0; step < 50_000; step++) {
      const side = step % 2 === 0 ? 'buy' : 'sell';
      const price = side === 'buy' ? (step * 7919) % 1e9 : 1e9 + ((step * 7919) % 1e9);
      book.submit({ type: 'limit', id: `o${step}`, owner: 'ann', side, price, quantity: 1 });
      if (step >= 100) expect(book.cancel(`o${step - 100}`).status).toBe('cancelled');
    }
    expect(book.size).toBe(100);
    expect(book.depth().bids.length + book.depth().asks.length).toBe(100);
  });
});
