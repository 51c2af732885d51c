import { expect, test } from 'vitest';
import { sideBySide } from '../src/spread/side-by-side.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('several things are done at once, no more than there are lanes, and told in their order', async () => {
  const busy = new Set<number>();
  let most = 0;
  const items = [5, 1, 4, 2, 3, 0];
  const act = async (item: number, place: number, lane: number): Promise<string> => {
    expect(busy.has(lane)).toBe(false);
    busy.add(lane);
    most = Math.max(most, busy.size);
    for (let turns = 0; turns < item; turns++) await turn();
    busy.delete(lane);
    return `${place}: ${item}`;
  };
  const told: string[] = [];
  for await (const each of sideBySide(items, 3, act)) told.push(each);
  expect(told).toEqual(items.map((item, place) => `${place}: ${item}`));
  expect(most).toBe(3);
});

test('nothing more is begun once one has failed, or nobody listens any more', async () => {
  const begun: number[] = [];
  const act = async (item: number): Promise<number> => {
    begun.push(item);
    await turn();
    if (item === 2) throw new Error('two');
    return item;
  };
  const told: number[] = [];
  const all = (async () => {
    for await (const each of sideBySide([1, 2, 3, 4], 1, act)) told.push(each);
  })();
  await expect(all).rejects.toThrow('two');
  for (let turns = 0; turns < 5; turns++) await turn();
  expect(told).toEqual([1]);
  expect(begun.length).toBeLessThanOrEqual(3);
  begun.length = 0;
  for await (const each of sideBySide([1, 3, 5, 7], 1, act)) if (each === 1) break;
  for (let turns = 0; turns < 5; turns++) await turn();
  expect(begun.length).toBeLessThanOrEqual(2);
});
