import { agentColumn, createMechane, type Random, seededRandom } from '@mechane/core';
import { markets } from '@mechane/market';
import { fitGrowth, type Measurement } from './growth.ts';
import { decades, measureGrowth } from './growth-curve.ts';
import { measureRatio } from './ratio.ts';
import type { Table } from './table.ts';

const mechane = createMechane().use(markets);
const million = 1_000_000;

/** What clearing a market costs: in columns beside sorting the prices, and how all double auctions grow. */
export async function callMarkets(): Promise<readonly Table[]> {
  return [columns(), columnGrowth(), await growth()];
}

/** Prices as they come: spread out, on a coarse grid with many ties, in order, and far apart. */
const drawn: Readonly<Record<string, (random: Random, index: number) => number>> = {
  'spread out': (random) => random.next() * 1000,
  'whole, from 1 to 1,000': (random) => 1 + random.below(1000),
  'in rising order': (_random, index) => index / 7,
  'over 300 powers of 10': (random) => 10 ** (random.next() * 300 - 150),
};

function columns(): Table {
  const rows: (string | number)[][] = [];
  const ratios: number[] = [];
  for (const [name, price] of Object.entries(drawn)) {
    const { ids, prices, quantities } = market(million, price);
    const sort = (): unknown => prices.slice().sort();
    const clear = (): unknown =>
      mechane.run('market/call', { columns: { ids, prices, quantities } }).outcome.clearingPrice;
    const { seconds, peerSeconds, ratio } = measureRatio(clear, sort, 15);
    ratios.push(ratio);
    rows.push([name, seconds * 1e3, peerSeconds * 1e3, ratio]);
  }
  return {
    title: 'A call market of 1,000,000 orders in columns, half of them to sell, beside sorting their prices',
    columns: ['prices', 'clearing, milliseconds', 'sorting, milliseconds', 'times the sort'],
    rows,
    goals: [
      { what: 'clearing over one sort, prices spread out', measured: ratios[0] ?? 0, atMost: 2 },
      { what: 'clearing over one sort, the worst of all', measured: Math.max(...ratios), atMost: 2 },
    ],
  };
}

function columnGrowth(): Table {
  const sizes = [1_000, 10_000, 100_000, million];
  const curve = sizes.map((size): Measurement => {
    const { ids, prices, quantities } = market(size, (random) => random.next() * 1000);
    const clear = (): unknown => mechane.run('market/call', { columns: { ids, prices, quantities } }).metrics.welfare;
    return { size, seconds: measureRatio(clear, () => 0, 15).seconds };
  });
  const { exponent, rSquared } = fitGrowth(curve);
  return {
    title: 'Growth of the call market in columns: microseconds a run, validation and metrics included',
    columns: ['mechanism', ...sizes.map((size) => size.toLocaleString('en-US')), 'exponent', 'R²'],
    rows: [['market/call', ...curve.map(({ seconds }) => seconds * 1e6), exponent, rSquared]],
  };
}

function market(size: number, price: (random: Random, index: number) => number) {
  const random = seededRandom(1);
  const prices = Float64Array.from({ length: size }, (_, index) => price(random, index));
  const quantities = Float64Array.from(prices, () => (random.below(2) === 0 ? 1 : -1) * (1 + random.below(9)));
  return { ids: agentColumn(Array.from(prices, (_, index) => `trader${index}`)), prices, quantities };
}

const side = (random: Random): 'buy' | 'sell' => (random.below(2) === 0 ? 'buy' : 'sell');
const one = (random: Random): object => ({ side: side(random), price: random.below(1_000) });
const several = (random: Random): object => ({ ...one(random), quantity: 1 + random.below(9) });
const reported: Readonly<Record<string, (random: Random) => object>> = {
  'market/call': several,
  'market/equilibrium': (random) => {
    const [quantity, price] = [1 + random.below(9), random.below(1_000)];
    return side(random) === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price };
  },
  'market/vcg': several,
  'market/mcafee': one,
  'market/trade-reduction': one,
  'market/strongly-budget-balanced': one,
  'market/muda': several,
};

async function growth(): Promise<Table> {
  const sizes = decades.slice(0, -1);
  const rows: (string | number)[][] = [];
  for (const [mechanism, report] of Object.entries(reported)) {
    const curve: Measurement[] = await measureGrowth(
      (size) => {
        const random = seededRandom(size);
        const reports = new Map(Array.from({ length: size }, (_, index) => [`trader${index}`, report(random)]));
        return () => mechane.runScenario({ mechanism, reports, seed: 1 }).outcome;
      },
      sizes,
      0.1,
    );
    const { exponent, rSquared } = fitGrowth(curve);
    rows.push([mechanism, ...curve.map(({ seconds }) => seconds * 1e6), exponent, rSquared]);
  }
  return {
    title: 'Growth of double auctions with the number of orders: microseconds a run, validation and metrics included',
    columns: ['mechanism', ...sizes.map((size) => size.toLocaleString('en-US')), 'exponent', 'R²'],
    rows,
  };
}
