// The order book beside nodejs-order-book: the same operations, in turn, in one process.
import { type Random, seededRandom } from '@mechane/core';
import { createOrderBook, type OperationColumns, type OrderBook, type OrderId, operationKinds } from '@mechane/market';
import { OrderBook as PeerBook, Side } from 'nodejs-order-book';
import { fitGrowth } from './growth.ts';
import type { Table } from './table.ts';

type BookSide = 'buy' | 'sell';

/**
 * A stream of operations, after some that only fill the book and are not timed. It lies in columns, so that reading it costs next to nothing and
 * the collector of garbage has none of it to look through: the figures are those of the books.
 */
interface Stream {
  readonly columns: OperationColumns;
  /** The names of orders by row, for adding and for cancelling: the same text. */
  readonly ids: readonly string[];
  readonly filling: number;
}

interface Mix {
  readonly adds: number;
  readonly cancels: number;
  /** Orders that are in the book before. */
  readonly filled: number;
  readonly priceOf: (side: BookSide, random: Random, count: number) => number;
}

/** Six thousand prices around 10,000; one order in ten reaches across. */
function amongThousands(side: BookSide, random: Random): number {
  const away = random.below(3_000) - (random.below(10) === 0 ? 200 : 0);
  return side === 'buy' ? 10_000 - away : 10_000 + away;
}

/** No price twice. */
function neverTwice(side: BookSide, _: Random, count: number): number {
  const away = (count * 7_919) % 4_000_037;
  return side === 'buy' ? 5_000_000 - away : 5_000_001 + away;
}

const mixes: Readonly<Record<string, Mix>> = {
  '70 % add, 20 % cancel, 10 % market': { adds: 70, cancels: 20, filled: 0, priceOf: amongThousands },
  '95 % cancel': { adds: 5, cancels: 95, filled: 0.95, priceOf: amongThousands },
  'every add cancelled but for 5 %': { adds: 51, cancels: 49, filled: 0, priceOf: amongThousands },
  'all prices different': { adds: 70, cancels: 20, filled: 0, priceOf: neverTwice },
};

function streamOf({ adds, cancels, filled, priceOf }: Mix, count: number): Stream {
  const random = seededRandom(1);
  const filling = Math.round(filled * count);
  const rows = filling + count;
  const kinds = new Uint8Array(rows);
  const prices = new Float64Array(rows);
  const quantities = new Float64Array(rows);
  const orders = new Float64Array(rows);
  const ids: string[] = [];
  const open: [id: string, number: number][] = [];
  let added = 0;
  let came = 0;
  for (let row = 0; row < rows; row++) {
    const draw = row < filling ? 0 : random.below(100);
    const side: BookSide = random.below(2) === 0 ? 'buy' : 'sell';
    if (draw < adds || (draw < adds + cancels && open.length === 0)) {
      const id = `o${added++}`;
      open.push([id, ++came]);
      ids.push(id);
      kinds[row] = operationKinds[side];
      prices[row] = priceOf(side, random, added);
      quantities[row] = 1 + random.below(100);
    } else if (draw >= adds + cancels) {
      came += 1;
      ids.push('');
      kinds[row] = operationKinds[`market-${side}`];
      quantities[row] = 1 + random.below(100);
    } else {
      const place = random.below(open.length);
      const [id, number] = open[place] as [string, number];
      open[place] = open.at(-1) as [string, number];
      open.pop();
      ids.push(id);
      kinds[row] = operationKinds.cancel;
      orders[row] = number;
    }
  }
  return { columns: { kinds, prices, quantities, orders, owners: 'ann' }, ids, filling };
}

/** Seconds for the timed part; the quantity that is left says that both books did the same. */
interface Played {
  readonly seconds: number;
  readonly left: string;
}

function play({ columns: { kinds }, filling }: Stream, act: (row: number) => void, left: () => string): Played {
  for (let row = 0; row < filling; row++) act(row);
  const started = performance.now();
  for (let row = filling; row < kinds.length; row++) act(row);
  return { seconds: (performance.now() - started) / 1e3, left: left() };
}

const { buy, cancel, 'market-buy': marketBuy } = operationKinds;

/** A call for each operation, with texts for ids, as the peer takes them. */
function own(stream: Stream): Played {
  const { columns, ids } = stream;
  const { kinds, prices, quantities } = columns;
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const act = (row: number): void => {
    const kind = kinds[row] as number;
    const quantity = quantities[row] as number;
    if (kind === cancel) book.cancel(ids[row] as string);
    else if (kind >= marketBuy) {
      book.submit({ type: 'market', owner: 'ann', side: kind === marketBuy ? 'buy' : 'sell', quantity });
    } else {
      const side = kind === buy ? 'buy' : 'sell';
      book.submit({
        type: 'limit',
        id: ids[row] as string,
        owner: 'ann',
        side,
        price: prices[row] as number,
        quantity,
      });
    }
  };
  return play(stream, act, () => leftIn(book));
}

/** Our book, told of orders by the numbers that it gives instead of by texts. */
function ownNumbered(stream: Stream): Played {
  const { kinds, prices, quantities, orders } = stream.columns;
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const act = (row: number): void => {
    const kind = kinds[row] as number;
    const quantity = quantities[row] as number;
    if (kind === cancel) book.cancel(orders[row] as number);
    else if (kind >= marketBuy) {
      book.submit({ type: 'market', owner: 'ann', side: kind === marketBuy ? 'buy' : 'sell', quantity });
    } else {
      const side = kind === buy ? 'buy' : 'sell';
      book.submit({ type: 'limit', owner: 'ann', side, price: prices[row] as number, quantity });
    }
  };
  return play(stream, act, () => leftIn(book));
}

/** All timed operations in one call, as columns. The peer has nothing of the kind. */
function ownColumns({ columns, filling }: Stream): Played {
  const book = createOrderBook({ selfTradePrevention: 'none' });
  book.submitAll(rowsOf(columns, 0, filling));
  const timed = rowsOf(columns, filling, columns.kinds.length);
  const started = performance.now();
  book.submitAll(timed);
  return { seconds: (performance.now() - started) / 1e3, left: leftIn(book) };
}

function rowsOf({ kinds, prices, quantities, orders, owners }: OperationColumns, from: number, to: number) {
  return {
    kinds: kinds.subarray(from, to),
    prices: prices.subarray(from, to),
    quantities: quantities.subarray(from, to),
    orders: orders.subarray(from, to),
    owners,
  };
}

function peer(stream: Stream): Played {
  const { columns, ids } = stream;
  const { kinds, prices, quantities } = columns;
  const book = new PeerBook();
  const act = (row: number): void => {
    const kind = kinds[row] as number;
    const size = quantities[row] as number;
    if (kind === cancel) book.cancel(ids[row] as string);
    else if (kind >= marketBuy) book.market({ side: kind === marketBuy ? Side.BUY : Side.SELL, size });
    else {
      const side = kind === buy ? Side.BUY : Side.SELL;
      book.limit({ id: ids[row] as string, side, price: prices[row] as number, size });
    }
  };
  return play(stream, act, () => {
    const [asks, bids] = book.depth();
    return leftOver(bids, asks);
  });
}

function leftIn(book: OrderBook): string {
  const { bids, asks } = book.depth();
  return leftOver(bids, asks);
}

function leftOver(bids: readonly (readonly number[])[], asks: readonly (readonly number[])[]): string {
  const total = (side: readonly (readonly number[])[]) => side.reduce((sum, [, quantity = 0]) => sum + quantity, 0);
  return `${bids.length} bids of ${total(bids)}, ${asks.length} asks of ${total(asks)}`;
}

const million = 1_000_000;
/** The peer takes about ten seconds of processor time for a million, so it plays each mix once in full; our figures are medians around it. */
const rounds = 3;

/** What an order book costs beside its peer, over 10,000,000 operations, and as it grows. */
export function orderBooks(): readonly Table[] {
  return [besidePeer(), overTime(), growth()];
}

function besidePeer(): Table {
  const names = Object.keys(mixes);
  const warm = streamOf(mixes[names[0] as string] as Mix, 50_000);
  for (const player of [own, ownNumbered, ownColumns, peer]) player(warm);
  const compared = names.map((name) => compare(name, mixes[name] as Mix));
  return {
    title: 'Order book, 1,000,000 operations in turn with nodejs-order-book: operations a second',
    columns: [
      'operations',
      'a call each, texts for ids',
      'a call each, numbers for ids',
      'one call, in columns',
      'nodejs-order-book, a call each, texts',
      'times as fast, texts',
      'times as fast, numbers',
      'times as fast, columns',
    ],
    rows: compared.map(({ name, own, numbered, inColumns, peer }) => [
      name,
      ...[own, numbered, inColumns, peer].map((seconds) => million / seconds),
      ...[own, numbered, inColumns].map((seconds) => peer / seconds),
    ]),
    goals: compared.flatMap(({ name, own, inColumns, peer }) => [
      { what: `${name}: times as fast as nodejs-order-book, texts`, measured: peer / own, atLeast: 10 },
      { what: `${name}: operations a second, texts`, measured: million / own, atLeast: million },
      { what: `${name}: operations a second, in columns`, measured: million / inColumns, atLeast: million },
    ]),
  };
}

function compare(name: string, mix: Mix) {
  const stream = streamOf(mix, million);
  const players = { own, numbered: ownNumbered, inColumns: ownColumns };
  const times: Record<keyof typeof players, number[]> = { own: [], numbered: [], inColumns: [] };
  const lefts = new Set<string>();
  const playOwn = () => {
    for (const player of Object.keys(players) as (keyof typeof players)[]) {
      // What one book leaves behind is not the next one's to clear away.
      globalThis.gc?.();
      const { seconds, left } = players[player](stream);
      times[player].push(seconds);
      lefts.add(left);
    }
  };
  const before = Math.ceil(rounds / 2);
  for (let round = 0; round < before; round++) playOwn();
  globalThis.gc?.();
  const theirs = peer(stream);
  for (let round = before; round < rounds; round++) playOwn();
  lefts.add(theirs.left);
  if (lefts.size > 1) throw new Error(`${name}: ${[...lefts].join(' against ')}`);
  return {
    name,
    own: median(times.own),
    numbered: median(times.numbered),
    inColumns: median(times.inColumns),
    peer: theirs.seconds,
  };
}

/** A book of about 10,000 orders from which as much leaves as comes: the heap and the time of each million. */
function overTime(): Table {
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const random = seededRandom(2);
  const open: OrderId[] = [];
  const rows: number[][] = [];
  for (let millions = 1; millions <= 10; millions++) {
    const started = performance.now();
    for (let step = 0; step < million; step++) {
      const side = random.below(2) === 0 ? 'buy' : 'sell';
      if (open.length < 10_000) {
        open.push(
          book.submit({ type: 'limit', owner: 'ann', side, price: amongThousands(side, random), quantity: 5 }).id,
        );
      } else {
        const place = random.below(open.length);
        book.cancel(open[place] as OrderId);
        open[place] = open.at(-1) as OrderId;
        open.pop();
      }
    }
    rows.push([millions, (performance.now() - started) * 1e-3, memoryInUse() / 2 ** 20]);
  }
  const [first, last] = [rows[1]?.[2] as number, rows.at(-1)?.[2] as number];
  return {
    title: 'Ten million operations on one book of about 10,000 orders, by the million',
    columns: ['millions of operations', 'seconds for the last', 'megabytes of heap and buffers'],
    rows,
    goals: [
      { what: 'memory after 10,000,000 operations over that after 2,000,000', measured: last / first, atMost: 1.5 },
    ],
  };
}

function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function growth(): Table {
  const rows = Object.entries(mixes).map(([name, mix]) => {
    const curve = [100_000, 300_000, million, 3 * million].map((size) => {
      const stream = streamOf(mix, size);
      return { size, seconds: median(Array.from({ length: size < million ? 3 : 1 }, () => own(stream).seconds)) };
    });
    const { exponent, rSquared } = fitGrowth(curve);
    return [name, ...curve.map(({ seconds }) => seconds * 1e3), exponent, rSquared];
  });
  return {
    title: 'Growth with the number of operations: milliseconds',
    columns: ['operations', '100,000', '300,000', '1,000,000', '3,000,000', 'exponent', 'R²'],
    rows,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
