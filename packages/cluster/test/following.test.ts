import { expect, test } from 'vitest';
import { following } from '../src/engine/effect-watch.ts';

const node = (port: number) => ({ host: '10.0.0.1', port });

test('a node looks after the three that come after it, and the last after the first', () => {
  const all = [7005, 7001, 7004, 7002, 7003].map(node);
  expect(following(node(7001), all)).toEqual([7002, 7003, 7004].map(node));
  expect(following(node(7004), all)).toEqual([7005, 7001, 7002].map(node));
  expect(following(node(7005), all)).toEqual([7001, 7002, 7003].map(node));
});

test('everybody is looked after by three others, or by all that there are', () => {
  for (const count of [1, 2, 3, 4, 10]) {
    const all = Array.from({ length: count }, (_, number) => node(7000 + number));
    const watched = all.flatMap((own) => following(own, all));
    for (const { port } of all)
      expect(watched.filter((each) => each.port === port)).toHaveLength(Math.min(3, count - 1));
  }
});

test('who is not among those that are up looks after some all the same', () => {
  expect(following(node(7002), [node(7001), node(7003)])).toEqual([node(7003), node(7001)]);
  expect(following(node(7009), [])).toEqual([]);
});
