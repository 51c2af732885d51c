// npm run bench -- clocks: what auctions with rounds cost, live and when all values are at hand, the latter beside sorting them.
import { dutchAuctions } from '@mechane/auction-dutch';
import { englishAuctions } from '@mechane/auction-english';
import { agentColumn, createMechane, type Random, seededRandom } from '@mechane/core';
import { fitGrowth, type Measurement } from '../growth.ts';
import { decades, measureGrowth } from '../growth-curve.ts';
import { keptWords } from '../kept-words.ts';
import { liveSessions } from '../live-sessions.ts';
import { measureRatio } from '../ratio.ts';
import { measureSpeed } from '../speed.ts';
import type { Table } from '../table.ts';

const mechane = createMechane().use(englishAuctions).use(dutchAuctions);

export async function run(): Promise<readonly Table[]> {
  return [await liveSessions(), await keptWords(), continuousClock(), await discreteClock(), await growth()];
}

const million = 1_000_000;

function continuousClock(): Table {
  const random = seededRandom(1);
  const values = Float64Array.from({ length: million }, () => random.next() * 1000);
  const ids = agentColumn(Array.from(values, (_, index) => `bidder${index}`));
  const sort = (): unknown => values.slice().sort();
  const english = () =>
    mechane.run('auction-english/clock', { settings: { startingPrice: 0 }, columns: { ids, values } }).outcome;
  const dutch = () =>
    mechane.run('auction-dutch/clock', {
      settings: { startingPrice: 1000 },
      columns: { ids, thresholds: values },
    }).outcome;
  const [result, history, descending] = [
    measureRatio(() => english().payment, sort, 9),
    measureRatio(() => english().history.length, sort, 9),
    measureRatio(() => dutch().payment, sort, 9),
  ];
  return {
    title: 'Continuous clocks over 1,000,000 bidders in columns, interleaved with one sort of the values',
    columns: ['what', 'milliseconds', 'times the sort'],
    rows: [
      ['ascending: winner, payment, metrics', result.seconds * 1e3, result.ratio],
      ['ascending, and naming all 999,999 departures', history.seconds * 1e3, history.ratio],
      ['descending: winner, payment, metrics', descending.seconds * 1e3, descending.ratio],
      ['one sort of the values', result.peerSeconds * 1e3, 1],
    ],
    goals: [
      { what: 'ascending clock over one sort', measured: result.ratio, atMost: 3 },
      { what: 'descending clock over one sort', measured: descending.ratio, atMost: 3 },
    ],
  };
}

async function discreteClock(): Promise<Table> {
  const bidders = 10_000;
  const random = seededRandom(2);
  const values = Float64Array.from({ length: bidders }, () => 1 + random.below(1_000_000) / 10);
  const ids = agentColumn(Array.from(values, (_, index) => `bidder${index}`));
  const rows: (string | number)[][] = [];
  const medians: number[] = [];
  for (const steps of [100, 1_000, 10_000, 100_000]) {
    const settings = { startingPrice: 0, increment: 100_000 / steps };
    const play = () => mechane.run('auction-english/clock', { settings, columns: { ids, values } });
    const { medianSeconds } = await measureSpeed(() => play().outcome.history.length, 0.3);
    const { rounds } = play().metrics;
    medians.push(medianSeconds);
    rows.push([steps, rounds, play().outcome.history.length, medianSeconds * 1e3]);
  }
  const [coarse = 0] = medians;
  const fine = medians.at(-1) ?? 0;
  return {
    title: 'Discrete clock among 10,000 bidders, history included, by the number of price steps',
    columns: ['price steps', 'rounds', 'departures', 'milliseconds'],
    rows,
    goals: [{ what: 'time at 100,000 steps over time at 100 steps', measured: fine / coarse, atMost: 3 }],
  };
}

interface ClockCase {
  readonly settings: object;
  /** How many agents there are for a size: as many, unless they report several numbers. */
  readonly numbersEach?: number;
  readonly report: (random: Random) => object;
}

const draw = (random: Random): number => random.below(1_000);
const pair = (random: Random): number[] => [draw(random), draw(random)].sort((a, b) => b - a);

const plays: Readonly<Record<string, (size: number) => ClockCase>> = {
  'auction-english/clock': () => ({ settings: { startingPrice: 0 }, report: (random) => ({ value: draw(random) }) }),
  'auction-english/open-outcry': () => ({
    settings: { startingPrice: 0, increment: 100 },
    report: (random) => ({ value: draw(random) }),
  }),
  'auction-english/proxy': () => ({
    settings: { startingPrice: 0, increment: 1 },
    report: (random) => ({ value: draw(random) }),
  }),
  'auction-english/clinching': (size) => ({
    settings: { units: Math.ceil(size / 4) },
    numbersEach: 2,
    report: (random) => ({ marginals: pair(random) }),
  }),
  'auction-dutch/clock': () => ({
    settings: { startingPrice: 1_000, decrement: 1 },
    report: (random) => ({ threshold: draw(random) }),
  }),
  'auction-dutch/multi-unit': (size) => ({
    settings: { units: Math.ceil(size / 4), startingPrice: 1_000 },
    numbersEach: 2,
    report: (random) => ({ thresholds: pair(random) }),
  }),
};

/** Values are validated and metrics computed, as in any run; histories that are put together when they are read are read. */
async function growth(): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const [mechanism, playOf] of Object.entries(plays)) {
    const curve: Measurement[] = await measureGrowth(
      (size) => {
        const { settings, numbersEach = 1, report } = playOf(size);
        const random = seededRandom(size);
        const agents = Array.from({ length: Math.ceil(size / numbersEach) }, (_, index) => `bidder${index}`);
        const reports = new Map(agents.map((agent) => [agent, report(random)]));
        return () => {
          const { outcome } = mechane.runScenario({ mechanism, settings, reports });
          return 'history' in outcome ? outcome.history : outcome;
        };
      },
      decades.slice(0, -1),
      0.1,
    );
    const { exponent, rSquared } = fitGrowth(curve);
    rows.push([mechanism, ...curve.map(({ seconds }) => seconds * 1e6), exponent, rSquared]);
  }
  const sizes = decades.slice(0, -1).map((size) => size.toLocaleString('en-US'));
  return {
    title: 'Growth with the number of values: microseconds a run, validation, history and metrics included',
    columns: ['mechanism', ...sizes, 'exponent', 'R²'],
    rows,
  };
}
