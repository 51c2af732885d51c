import type { AnyRecord } from '@mechane/plots';
import { onlyGood } from './same-bids.ts';

/** What an outcome gives to an agent and takes from it, in words that all packages share. */
export interface Dealt {
  /** What it gets: a number of units, or names; `undefined` for nothing. */
  readonly gets: number | string | undefined;
  readonly pays: number;
}

/** What an outcome deals to each of some agents. */
export function whatAgentsGet(outcome: AnyRecord, agents: readonly string[]): ReadonlyMap<string, Dealt> {
  const { payments } = outcome;
  return new Map(
    agents.map((agent) => [
      agent,
      { gets: partOf(outcome, agent), pays: rounded(Number((payments as AnyRecord | undefined)?.[agent] ?? 0)) },
    ]),
  );
}

/** What is decided for all at once, if anything is. */
export function decidedForAll({ chosen, location }: AnyRecord): unknown {
  return chosen ?? location;
}

function partOf({ winner, allocation, trades, matches }: AnyRecord, agent: string): Dealt['gets'] {
  if (Array.isArray(trades)) return amount(traded(trades as readonly AnyRecord[], agent));
  const part = ((allocation ?? trades ?? matches ?? {}) as AnyRecord)[agent];
  if (part === undefined) return winner === agent ? 1 : undefined;
  if (typeof part === 'number') return amount(part);
  if (typeof part === 'string') return part;
  if (!Array.isArray(part)) return part === null ? undefined : inWords(part as AnyRecord);
  return part.every((good) => good === onlyGood) ? amount(part.length) : part.toSorted().join(', ');
}

/** What somebody bought in a list of trades, less what it sold. */
function traded(trades: readonly AnyRecord[], agent: string): number {
  let net = 0;
  for (const { buyer, seller, quantity } of trades)
    net += Number(quantity) * (Number(buyer === agent) - Number(seller === agent));
  return net;
}

function inWords(goods: AnyRecord): string | undefined {
  const some = Object.entries(goods).filter(([, each]) => Number(each) !== 0);
  return some.map(([good, each]) => `${rounded(Number(each))} ${good}`).join(', ') || undefined;
}

function amount(units: number): number | undefined {
  return units === 0 ? undefined : rounded(units);
}

/** Without the dust of a computation, which makes no difference between two rules. */
function rounded(number: number): number {
  return Number(number.toPrecision(9));
}
