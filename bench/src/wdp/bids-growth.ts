import type { CatsAuction } from '@mechane/auction-combinatorial';
import { fitGrowth, type Measurement } from '../growth.ts';
import type { Table } from '../table.ts';
import { auctionIn, drawnInstances, type Instance } from './instances.ts';
import { determine } from './own-engine.ts';
import type { Answer } from './peer.ts';

/** The most goods that generators draw. */
const mostGoods = 1_000;

/** How time grows with bids, four bids for each good up to a thousand goods, for each family of which there are instances. What the limit ended is in no curve. */
export function growth(
  instances: readonly Instance[],
  bids: readonly number[],
  timeLimit: number,
  tell: (name: string) => void,
): Table {
  const families = new RegExp(`^(${[...new Set(instances.map(({ family }) => family))].join('|')})-`);
  const sizes = bids.map((count) => [Math.min(mostGoods, Math.max(8, Math.round(count / 16) * 4)), count] as const);
  const byFamily = new Map<
    string,
    { readonly instance: Instance; readonly seconds: number; readonly proved: boolean }[]
  >();
  for (const instance of drawnInstances(families, sizes)) {
    tell(`growth: ${instance.name}`);
    const { seconds, status } = middleOfThree(auctionIn(instance), timeLimit);
    const measured = { instance, seconds, proved: status === 'optimal' };
    byFamily.set(instance.family, [...(byFamily.get(instance.family) ?? []), measured]);
  }
  const all = [...byFamily.values()].flat();
  return {
    title: `Time against bids, drawn with seed 1, four bids for each good up to 1,000 goods, ${timeLimit} s at most: milliseconds by the number of bids`,
    columns: ['family', ...bids.map(String), 'proved', 'exponent', 'r²'],
    rows: [...byFamily].map(([family, measured]) => {
      const points = measured
        .filter(({ proved }) => proved)
        .map(({ instance, seconds }): Measurement => ({ size: Number(instance.name.split('-').at(-1)), seconds }));
      const fit = points.length > 1 ? fitGrowth(points) : undefined;
      return [
        family,
        ...measured.map(({ seconds, proved }) => (proved ? seconds * 1e3 : `over ${timeLimit * 1e3}`)),
        `${points.length} of ${measured.length}`,
        fit?.exponent ?? null,
        fit?.rSquared ?? null,
      ];
    }),
    goals: [
      { what: `share proved within ${timeLimit} s`, measured: all.filter(({ proved }) => proved).length / all.length },
    ],
  };
}

/** Short searches are taken three times: the first ones of all are slower than those after. */
function middleOfThree(auction: CatsAuction, timeLimit: number): Answer {
  const first = determine(auction, timeLimit);
  if (first.seconds > 1) return first;
  const [, middle] = [first, determine(auction, timeLimit), determine(auction, timeLimit)].sort(
    (a, b) => a.seconds - b.seconds,
  );
  return middle as Answer;
}
