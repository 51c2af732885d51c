import type { CatsAuction } from '@mechane/auction-combinatorial';
import type { Table } from '../table.ts';
import type { Comparison } from './determination.ts';
import { geometricMean } from './geometric-mean.ts';
import { auctionIn } from './instances.ts';
import { determine, secondsForPayments } from './own-engine.ts';

type Rule = 'vcg' | 'core-selecting';

const rules: readonly Rule[] = ['vcg', 'core-selecting'];

/** Searches below this are taken three times, all rules in turn, and the middle ratio counts. */
const short = 0.5;

interface Round extends Readonly<Record<Rule, number | null>> {
  readonly alone: number;
}

function measured(auction: CatsAuction, timeLimit: number): Round {
  return {
    alone: determine(auction, timeLimit).seconds,
    vcg: secondsForPayments('vcg', auction, timeLimit),
    'core-selecting': secondsForPayments('core-selecting', auction, timeLimit),
  };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** How much longer all payments take than winner determination alone, on the instances that were proved in a tenth of the limit. */
export function payments(comparisons: readonly Comparison[], timeLimit: number, tell: (name: string) => void): Table {
  const ratios: Record<Rule, number[]> = { vcg: [], 'core-selecting': [] };
  const rows = comparisons
    .filter(({ own }) => own.status === 'optimal' && own.seconds <= timeLimit / 10)
    .map(({ instance }) => {
      tell(`payments of ${instance.name}`);
      const auction = auctionIn(instance);
      const rounds = [measured(auction, timeLimit)];
      while (rounds.length < 3 && Math.max(...rounds.map(({ alone }) => alone)) < short)
        rounds.push(measured(auction, timeLimit));
      const cells = rules.flatMap((rule) => {
        const times = rounds.map((round) => round[rule]);
        if (times.some((seconds) => seconds === null)) return [null, null];
        const ratio = middle(rounds.map((round) => (round[rule] as number) / round.alone));
        ratios[rule].push(ratio);
        return [middle(times as number[]) * 1e3, ratio];
      });
      return [instance.name, middle(rounds.map(({ alone }) => alone)) * 1e3, ...cells];
    });
  const goal = (rule: Rule, atMost: number) => ({
    what: `${rule} over winner determination, geometric mean of ${ratios[rule].length}`,
    measured: geometricMean(ratios[rule]),
    atMost,
  });
  return {
    title: `All payments, ${timeLimit} s at most: nothing where that was not enough for a proof`,
    columns: [
      'instance',
      'first-price ms',
      'vcg ms',
      'vcg / first-price',
      'core-selecting ms',
      'core-selecting / first-price',
    ],
    rows,
    goals: [
      goal('vcg', 3),
      { what: 'instances whose VCG payments are proved', measured: ratios.vcg.length, atLeast: rows.length },
      goal('core-selecting', 6),
      {
        what: 'instances whose core payments are proved',
        measured: ratios['core-selecting'].length,
        atLeast: rows.length,
      },
    ],
  };
}
