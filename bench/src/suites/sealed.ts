// npm run bench -- sealed: how fast sealed auctions run, beside the barest code that does the same.
import { sealedAuctions } from '@mechane/auction-sealed';
import { agentColumn, createMechane, seededRandom } from '@mechane/core';
import { fitGrowth, type Measurement } from '../growth.ts';
import { decades, measureGrowth } from '../growth-curve.ts';
import { measureLines } from '../lines-per-second.ts';
import { measureRatio } from '../ratio.ts';
import { measureSpeed } from '../speed.ts';
import type { Table } from '../table.ts';

const mechane = createMechane().use(sealedAuctions);

export async function run(): Promise<readonly Table[]> {
  return [await threeAgents(), await columns(), await lines(), await growth()];
}

const threeBids = { agent1: { bid: 10, value: 0.8 }, agent2: { bid: 15, value: 0.9 }, agent3: { bid: 12, value: 0.7 } };

/** The rule alone: no validation, no metrics, no ties, no outcome to speak of. */
function bareSecondPrice(bids: Record<string, { bid: number }>, reserve: number): { winner: string; payment: number } {
  let [winner, highest, rival] = ['', reserve, reserve];
  for (const agent in bids) {
    const { bid } = bids[agent] as { bid: number };
    if (bid > highest) [winner, rival, highest] = [agent, highest, bid];
    else if (bid > rival) rival = bid;
  }
  return { winner, payment: rival };
}

async function threeAgents(): Promise<Table> {
  const settings = { reserve: 1 };
  const framework = await measureSpeed(() =>
    mechane.run('auction-sealed/second-price', { settings, reports: threeBids }),
  );
  const bare = await measureSpeed(() => bareSecondPrice(threeBids, 1));
  return {
    title: 'Second price among three agents, one core',
    columns: ['what', 'runs a second', 'times the framework'],
    rows: [
      ['through the framework: validated, with metrics', Math.round(framework.perSecond), 1],
      ['the bare rule', Math.round(bare.perSecond), bare.perSecond / framework.perSecond],
    ],
    goals: [{ what: 'three-agent runs a second', measured: Math.round(framework.perSecond), atLeast: 250_000 }],
  };
}

/** The single pass that anybody would write, checking nothing. */
function singlePass(bids: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  let rival = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < bids.length; index++) {
    const bid = bids[index] as number;
    if (bid > highest) {
      rival = highest;
      highest = bid;
    } else if (bid > rival) {
      rival = bid;
    }
  }
  return rival;
}

async function columns(): Promise<Table> {
  const million = 1_000_000;
  const random = seededRandom(1);
  const bids = Float64Array.from({ length: million }, () => random.next() * 1000);
  const names = Array.from({ length: million }, (_, index) => `bidder${index}`);
  const ids = agentColumn(names);
  const naming = await measureSpeed(() => agentColumn(names), 0.2);
  const { seconds, peerSeconds, ratio } = measureRatio(
    () => mechane.run('auction-sealed/second-price', { columns: { ids, bids } }).outcome.payment,
    () => singlePass(bids),
  );
  return {
    title: 'Second price over 1,000,000 bids in columns, interleaved with a hand-written loop',
    columns: ['what', 'milliseconds', 'times the loop'],
    rows: [
      ['through the framework: values checked, with metrics', seconds * 1e3, ratio],
      ['hand-written single pass, nothing checked', peerSeconds * 1e3, 1],
      [
        'once per set of bidders: ids checked to be distinct',
        naming.medianSeconds * 1e3,
        naming.medianSeconds / peerSeconds,
      ],
    ],
    goals: [{ what: 'time over that of the loop', measured: ratio, atMost: 2 }],
  };
}

async function lines(): Promise<Table> {
  const { perSecond, lines, early, late } = await measureLines();
  const growth = late / early;
  return {
    title: `mechane run --ndjson over ${lines.toLocaleString('en-US')} three-agent scenarios, start-up included`,
    columns: ['what', 'value'],
    rows: [
      ['scenarios a second', Math.round(perSecond)],
      ['resident MiB after a tenth', early / 2 ** 20],
      ['resident MiB at the end', late / 2 ** 20],
    ],
    goals: [
      { what: 'scenarios a second', measured: Math.round(perSecond), atLeast: 50_000 },
      { what: 'memory at the end over memory after a tenth', measured: growth, atMost: 1.2 },
    ],
  };
}

const uniform = { kind: 'uniform', low: 0, high: 1000 } as const;
const settingsById: Readonly<Record<string, (size: number) => object>> = {
  'auction-sealed/optimal': () => ({ distribution: uniform }),
  'auction-sealed/uniform-price': (size) => ({ units: Math.ceil(size / 2) }),
  'auction-sealed/pay-as-bid': (size) => ({ units: Math.ceil(size / 2) }),
  'auction-sealed/vickrey': (size) => ({ units: Math.ceil(size / 2) }),
  'auction-sealed/gsp': () => ({ clickThroughRates: [100, 80, 60, 40, 20] }),
  'auction-sealed/position-vcg': () => ({ clickThroughRates: [100, 80, 60, 40, 20] }),
};

/** Reports of `size` bids in all; where a report holds several bids, each agent makes two. */
function reportsFor(id: string, size: number): Map<string, object> {
  const random = seededRandom(size);
  const draw = (): number => Math.floor(random.next() * 1000);
  const perUnit = ['uniform-price', 'pay-as-bid', 'vickrey'].some((name) => id.endsWith(`/${name}`));
  const agents = Array.from({ length: perUnit ? Math.ceil(size / 2) : size }, (_, index) => `bidder${index}`);
  const report = (): object => (perUnit ? { bids: [draw(), draw()].sort((a, b) => b - a) } : { bid: draw() });
  return new Map(agents.map((agent) => [agent, report()]));
}

async function growth(): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const { id } of sealedAuctions.mechanisms) {
    const curve: Measurement[] = await measureGrowth(
      (size) => {
        const scenario = {
          mechanism: id,
          settings: settingsById[id]?.(size) ?? {},
          reports: reportsFor(id, size),
          seed: 1,
        };
        return () => mechane.runScenario(scenario);
      },
      decades,
      0.1,
    );
    const { exponent, rSquared } = fitGrowth(curve);
    rows.push([id, ...curve.map(({ seconds }) => seconds * 1e6), exponent, rSquared]);
  }
  return {
    title: 'Growth with the number of bids: microseconds a run, validation and metrics included',
    columns: ['mechanism', ...decades.map((size) => size.toLocaleString('en-US')), 'exponent', 'R²'],
    rows,
  };
}
