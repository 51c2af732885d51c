import { seededRandom } from '@mechane/core';
import type { PackageBids } from '../src/index.ts';
import type { SmallAuction } from './brute-force.ts';

const names = ['ann', 'bob', 'cat', 'dan', 'eve'];

/** Auctions of two to four goods, some in copies, with bids in all three languages. */
export function draw(seed: number): SmallAuction {
  const random = seededRandom(seed);
  const goods = ['A', 'B', 'C', 'D'].slice(0, 2 + random.below(3));
  const copies = Object.fromEntries(goods.map((good) => [good, random.below(5) === 0 ? 2 : 1]));
  const bundle = (): string[] => {
    const some = goods.filter(() => random.below(2) === 0);
    return some.length === 0 ? [goods[random.below(goods.length)] as string] : some;
  };
  const report = (): PackageBids => {
    const bids = Array.from({ length: random.below(4) }, () => ({ bundle: bundle(), value: random.below(20) }));
    const language = random.below(4);
    if (language > 1) return { xor: bids };
    if (language === 1) return { or: bids };
    const withDummy = bids.map((bid) => (random.below(2) === 0 ? bid : { ...bid, bundle: [...bid.bundle, 'dummy'] }));
    return { or: withDummy, dummies: ['dummy'] };
  };
  const agents = names.slice(0, 1 + random.below(names.length));
  return { goods: copies, reports: Object.fromEntries(agents.map((agent) => [agent, report()])) };
}
