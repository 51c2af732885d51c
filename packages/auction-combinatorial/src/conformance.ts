import { type Domain, type Subject, singleMinded, subject, xorBids } from '@mechane/conformance';
import { coreSelecting } from './core-selecting.ts';
import { firstPrice } from './first-price.ts';
import { greedy } from './greedy.ts';
import { ascendingProxy } from './iterative/ascending-proxy.ts';
import { clockProxy } from './iterative/clock-proxy.ts';
import { ibundle } from './iterative/ibundle.ts';
import { simultaneousAscending } from './iterative/simultaneous-ascending.ts';
import { listOf, type PackageBids } from './package-bids.ts';
import { vcg } from './vcg.ts';

interface Goods {
  goods: string[] | Record<string, number>;
}

const largest = 1_000_000;

/** Values that are decimals as people write them: of what cannot be counted in those, winner determination keeps 40 bits of the sum. */
function asWritten(domain: Domain<Goods, PackageBids>): Domain<Goods, PackageBids> {
  const isWritten = ({ value }: { value: number }): boolean => value <= largest && Number(value.toFixed(6)) === value;
  return {
    ...domain,
    isType: (report, settings) => listOf(report).every(isWritten) && (domain.isType?.(report, settings) ?? false),
    mayReport: (_type, report) => listOf(report).every(isWritten),
  };
}

const xor = asWritten(xorBids<PackageBids, Goods>({ largest }));
const single = asWritten(singleMinded<PackageBids, Goods>({ largest }));
const goods = [
  { goods: ['A', 'B'] },
  { goods: ['A', 'B', 'C', 'D'] },
  { goods: { A: 2, B: 1 } },
  { goods: ['A', 'B', 'C'], breakTie: { priority: ['cat', 'ann'] } },
];

/** Values within reach of prices that rise step by step. */
const lowXor = asWritten(xorBids<PackageBids, Goods>({ largest: 10 }));
const lowSingle = asWritten(singleMinded<PackageBids, Goods>({ largest: 10 }));
/** Agents who want one of several goods. */
const unitDemand: Domain<Goods, PackageBids> = {
  ...lowXor,
  name: 'unit-demand',
  grid: (settings) => lowXor.grid(settings).map(ofOneGood),
  types: (settings) => lowXor.types(settings).map(ofOneGood),
};
const inRounds = [
  { goods: ['A', 'B'], increment: 1 },
  { goods: ['A', 'B', 'C'], increment: 2, breakTie: { priority: ['cat', 'ann'] } },
  { goods: { A: 2, B: 1 }, increment: 0.5 },
];
const withoutRule = { goods: ['A', 'B'], increment: 1, activityRule: 'none' as const, reference: 'zero' as const };
const fewRounds = { runs: 10, participants: { max: 4 } };

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: firstPrice, domain: xor, settings: goods, runs: 20 }),
  subject({ mechanism: vcg, domain: xor, settings: goods, runs: 20 }),
  subject({
    mechanism: coreSelecting,
    domain: xor,
    settings: [...goods, { goods: ['A', 'B'], reference: 'zero' }, { goods: ['A', 'B', 'C'], reference: 'bid' }],
    runs: 10,
  }),
  subject({ mechanism: greedy, domain: single, settings: goods, runs: 20 }),
  subject({ mechanism: greedy, domain: xor, settings: goods, runs: 20 }),
  subject({ mechanism: ascendingProxy, domain: lowXor, settings: [...inRounds, ...goods.slice(2)], ...fewRounds }),
  subject({ mechanism: ibundle, domain: lowXor, settings: inRounds, ...fewRounds }),
  subject({
    mechanism: ibundle,
    domain: lowSingle,
    settings: inRounds.map((each) => ({ ...each, prices: 'anonymous' as const })),
    ...fewRounds,
  }),
  subject({ mechanism: clockProxy, domain: lowXor, settings: [...inRounds, withoutRule], ...fewRounds }),
  subject({ mechanism: simultaneousAscending, domain: unitDemand, settings: inRounds, ...fewRounds }),
  subject({ mechanism: simultaneousAscending, domain: lowXor, settings: inRounds, ...fewRounds }),
];

/** A report of which every bundle is cut down to its first good. */
function ofOneGood(report: PackageBids): PackageBids {
  return { xor: listOf(report).map(({ bundle, value }) => ({ bundle: bundle.slice(0, 1), value })) };
}
