// npm run bench -- kit: sixty false auctions of one item, looked at by the conformance kit and by a property in fast-check, for the same time.
import { type Domain, singleItem, verify } from '@mechane/conformance';
import { refutedByProperty } from '../kit/by-property.ts';
import { type FalseAuction, falseAuctions } from '../kit/false-auctions.ts';
import type { Table } from '../table.ts';

const budgets = [0.1, 0.3, 1, 5] as const;
const found = new Set(['refuted', 'nondeterministic', 'does-not-end']);

/** What came of one look at a false auction. */
interface Look {
  readonly refuted: boolean;
  readonly milliseconds: number;
}

export async function* run(): AsyncIterable<Table> {
  // What a first run compiles is not measured.
  for (const auction of falseAuctions.slice(0, 3)) await byKit(auction, 0.1);
  for (const auction of falseAuctions.slice(0, 3)) byProperty(auction, 0.1);
  const kit = new Map<number, readonly Look[]>();
  const property = new Map<number, readonly Look[]>();
  for (const seconds of budgets) {
    const [one, other]: [Look[], Look[]] = [[], []];
    for (const auction of falseAuctions) {
      one.push(await byKit(auction, seconds));
      other.push(byProperty(auction, seconds));
    }
    kit.set(seconds, one);
    property.set(seconds, other);
  }
  yield {
    title: `Of ${falseAuctions.length} false auctions of one item, refuted within so many seconds each`,
    columns: ['seconds', 'by the kit', 'by a property in fast-check', 'kit: median ms', 'fast-check: median ms'],
    rows: budgets.map((seconds) => {
      const [one, other] = [kit.get(seconds) ?? [], property.get(seconds) ?? []];
      return [seconds, refutedAmong(one), refutedAmong(other), ...mediansOfBoth(one, other)];
    }),
    goals: budgets.flatMap((seconds) => {
      const [one, other] = [kit.get(seconds) ?? [], property.get(seconds) ?? []];
      const [own, others] = mediansOfBoth(one, other);
      return [
        { what: `refuted in ${seconds} s`, measured: refutedAmong(one), atLeast: refutedAmong(other) },
        { what: `times as fast as fast-check in the median, at ${seconds} s`, measured: others / own, atLeast: 2 },
      ];
    }),
  };
  const last = budgets.at(-1) as number;
  yield {
    title: `Each of them, at ${last} s: milliseconds to a counterexample, none where there was none`,
    columns: ['law', 'mistake', 'kit', 'fast-check'],
    rows: falseAuctions.map(({ law, what }, position) => [
      law,
      what,
      shown(kit.get(last)?.[position]),
      shown(property.get(last)?.[position]),
    ]),
  };
}

async function byKit({ law, mechanism }: FalseAuction, seconds: number): Promise<Look> {
  const begun = performance.now();
  const { laws } = await verify({ mechanism, domain: singleItem() as Domain }, { laws: [law], seconds });
  const refuted = laws.some(({ verdict }) => found.has(verdict));
  return { refuted, milliseconds: performance.now() - begun };
}

function byProperty({ law, mechanism }: FalseAuction, seconds: number): Look {
  const begun = performance.now();
  const refuted = refutedByProperty(law, mechanism, 1_000 * seconds);
  return { refuted, milliseconds: performance.now() - begun };
}

function refutedAmong(looks: readonly Look[]): number {
  return looks.filter(({ refuted }) => refuted).length;
}

/** Milliseconds to a counterexample, of those that both refuted, half took at most. */
function mediansOfBoth(one: readonly Look[], other: readonly Look[]): readonly [number, number] {
  const both = one.flatMap((look, position) => (look.refuted && other[position]?.refuted ? [position] : []));
  const median = (looks: readonly Look[]): number => {
    const times = both.map((position) => looks[position]?.milliseconds ?? 0).sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)] ?? Number.NaN;
  };
  return [median(one), median(other)];
}

function shown(look: Look | undefined): number | null {
  return look?.refuted ? look.milliseconds : null;
}
