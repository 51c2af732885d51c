/*
 * Files of the Combinatorial Auction Test Suite: Leyton-Brown, Pearson and Shoham, "Towards a universal test suite for combinatorial auction
 * algorithms" (2000). After comments that begin with %, three counts and a line for each bid: its number, its price, its goods, and #.
 * Goods numbered from `goods` up are dummies: bids that share one exclude each other.
 */
import { type AgentId, type MechaneError, perAgent, quote } from '@mechane/core';
import { invalidCats } from './errors.ts';
import type { PackageBid, PackageBids } from './package-bids.ts';

/**
 * A CATS file as settings and reports of an auction of this package.
 *
 * @category Instances
 */
export interface CatsAuction {
  readonly settings: { readonly goods: string[] };
  readonly reports: Record<AgentId, PackageBids>;
}

interface CatsBid {
  readonly line: number;
  readonly value: number;
  readonly goods: readonly number[];
  readonly dummies: readonly number[];
}

interface Counts {
  goods?: number;
  bids?: number;
  dummy?: number;
}

/**
 * Reads a CATS file. Bids that share a dummy good are one bidder, every other bid is a bidder of its own: `bidder0`, `bidder1` and
 * so on, in the order of their first bids. Goods are called by their numbers.
 *
 * @param onWarning is told what is odd and no mistake in what was read: files that announce more bids than they have are about
 * @throws `invalid-cats`, with the line as path.
 * @category Instances
 *
 * @example
 * ```ts
 * import { readCats } from '@mechane/auction-combinatorial';
 *
 * const { settings, reports } = readCats('goods 2\nbids 2\ndummy 1\n0\t5\t0\t2\t#\n1\t3\t0\t1\t2\t#\n');
 * settings.goods; // => ['0', '1']
 * reports.bidder0; // => { xor: [{ bundle: ['0'], value: 5 }, { bundle: ['0', '1'], value: 3 }] }
 * ```
 */
export function readCats(text: string, onWarning?: (warning: MechaneError<'invalid-cats'>) => void): CatsAuction {
  const counts: Counts = {};
  const bids: CatsBid[] = [];
  const numbers = new Set<string>();
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const words = line.trim().split(/\s+/);
    const [first = ''] = words;
    if (first === '' || first.startsWith('%')) continue;
    const number = index + 1;
    if (/^[a-z]/i.test(first)) readCount(counts, words, number);
    else bids.push(readBid(words, counts, numbers, number));
  }
  const { goods, bids: announced } = counts;
  if (goods === undefined)
    throw invalidCats(lines.length, 'the file does not say how many goods there are', '"goods N"', beforeBids);
  if (announced === undefined)
    throw invalidCats(lines.length, 'the file does not say how many bids there are', '"bids N"', beforeBids);
  if (announced !== bids.length) {
    const problem = `the file announces ${announced} bids and has ${bids.length}`;
    const miscounted = invalidCats(
      lines.length,
      problem,
      `${announced} lines of bids`,
      `write "bids ${bids.length}", or all bids`,
    );
    if (announced < bids.length) throw miscounted;
    onWarning?.(miscounted);
  }
  const bidders = biddersOf(bids);
  const names = bidders.map((_, bidder) => `bidder${bidder}`);
  const byName = new Map(names.map((name, bidder) => [name, bidders[bidder] as readonly CatsBid[]]));
  return {
    settings: { goods: Array.from({ length: goods }, (_, good) => String(good)) },
    reports: perAgent(names, (name) => reportOf(byName.get(name) as readonly CatsBid[])),
  };
}

/** How a bid is written, and where counts stand. */
const [aBid, beforeBids] = ['NUMBER PRICE GOOD … #', 'write it on a line before the bids'];

/** All goods are named in the settings, also those that no bid is for. */
const mostGoods = 100_000;

function readCount(counts: Counts, [key = '', value = '', ...rest]: readonly string[], line: number): void {
  if (key !== 'goods' && key !== 'bids' && key !== 'dummy') {
    throw invalidCats(
      line,
      `the word ${quote(key)} is not known`,
      '"goods", "bids" or "dummy"',
      'leave the line out, or begin it with %',
    );
  }
  if (!/^\d+$/.test(value) || rest.length > 0)
    throw invalidCats(line, `"${key}" has no count`, `"${key} N"`, `write "${key}" and one whole number`);
  if (counts[key] !== undefined)
    throw invalidCats(line, `"${key}" is there twice`, `one line "${key} N"`, 'leave one of them out');
  const count = Number(value);
  if (key === 'goods' && !(count >= 1 && count <= mostGoods))
    throw invalidCats(
      line,
      `${value} goods`,
      `from 1 to ${mostGoods} goods`,
      'divide the file into auctions that have no good in common',
    );
  counts[key] = count;
}

function readBid(words: readonly string[], counts: Counts, numbers: Set<string>, line: number): CatsBid {
  const { goods, dummy = 0 } = counts;
  if (goods === undefined)
    throw invalidCats(line, 'a bid comes before the number of goods', '"goods N" first', beforeBids);
  const [number = '', price = '', ...rest] = words;
  if (rest.pop() !== '#')
    throw invalidCats(line, 'the bid does not end', '"#" at the end of the line', `write a bid as ${aBid}`);
  if (!/^\d+$/.test(number))
    throw invalidCats(line, `${quote(number)} is no number of a bid`, 'a whole number', `write a bid as ${aBid}`);
  if (numbers.size === numbers.add(number).size)
    throw invalidCats(line, `bid ${number} is there twice`, 'each number once', 'give it a number of its own');
  const value = Number(price);
  if (!(value >= 0 && value < Infinity)) {
    throw invalidCats(line, `${quote(price)} is no price`, 'a finite number, 0 or more', `write a bid as ${aBid}`);
  }
  const wanted = new Set<number>();
  for (const word of rest) {
    const good = Number(word);
    if (!/^\d+$/.test(word) || good >= goods + dummy) {
      throw invalidCats(
        line,
        `${quote(word)} is no good`,
        `a number from 0 to ${goods + dummy - 1}`,
        'name a good that there is, or count it in "goods" or "dummy"',
      );
    }
    if (wanted.size === wanted.add(good).size)
      throw invalidCats(line, `good ${good} is there twice`, 'each good once', 'leave it out once');
  }
  const [own, dummies] = [[...wanted].filter((good) => good < goods), [...wanted].filter((good) => good >= goods)];
  if (own.length === 0)
    throw invalidCats(line, 'the bid wants nothing', 'one good or more', 'name what it wants, or leave it out');
  return { line, value, goods: own, dummies };
}

/** Bids that share dummies, directly or by way of others, in the order of the first of them. */
function biddersOf(bids: readonly CatsBid[]): readonly (readonly CatsBid[])[] {
  // A tree of dummies for each bidder, so that long files take no longer than their lines (Tarjan, Journal of the ACM 22, 1975).
  const parents = new Map<number, number>();
  const rootOf = (dummy: number): number => {
    let root = dummy;
    for (let above = parents.get(root); above !== undefined && above !== root; above = parents.get(root)) root = above;
    for (let next = dummy; next !== root; ) {
      const above = parents.get(next) as number;
      parents.set(next, root);
      next = above;
    }
    return root;
  };
  for (const { dummies } of bids) {
    const [first] = dummies;
    if (first === undefined) continue;
    for (const dummy of dummies) {
      if (!parents.has(dummy)) parents.set(dummy, dummy);
      parents.set(rootOf(dummy), rootOf(first));
    }
  }
  const bidders: CatsBid[][] = [];
  const ofRoot = new Map<number, CatsBid[]>();
  for (const bid of bids) {
    const [first] = bid.dummies;
    const root = first === undefined ? undefined : rootOf(first);
    const known = root === undefined ? undefined : ofRoot.get(root);
    if (known) known.push(bid);
    else {
      const bidder = [bid];
      bidders.push(bidder);
      if (root !== undefined) ofRoot.set(root, bidder);
    }
  }
  return bidders;
}

/** XOR where all bids share their one dummy; dummies as they are where the exclusions are more tangled. */
function reportOf(bids: readonly CatsBid[]): PackageBids {
  const plain = bids.map(({ value, goods }): PackageBid => ({ bundle: goods.map(String), value }));
  const dummies = [...new Set(bids.flatMap((bid) => bid.dummies))];
  if (dummies.length <= 1 || bids.length === 1) return { xor: plain };
  const named = (dummy: number): string => `dummy${dummy}`;
  return {
    or: bids.map((bid, index) => ({
      bundle: [...(plain[index] as PackageBid).bundle, ...bid.dummies.map(named)],
      value: bid.value,
    })),
    dummies: dummies.map(named),
  };
}
