// The order book beside nodejs-order-book: the same operations, in turn, in one process.
import { type Random, seededRandom } from '@mechane/core';
import { createOrderBook, type OrderId } from '@mechane/market';
import { OrderBook as PeerBook, Side } from 'nodejs-order-book';
import { fitGrowth } from './growth.ts';
import type { Table } from './table.ts';

type BookSide = 'buy' | 'sell';
type Operation =
  | {
      readonly kind: 'add';
      readonly id: string;
      readonly side: BookSide;
      readonly price: number;
      readonly quantity: number;
    }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'market'; readonly side: BookSide; readonly quantity: number };

/** A stream of operations, after some that only fill the book and are not timed. */
interface Stream {
  readonly operations: readonly Operation[];
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
  const open: string[] = [];
  let added = 0;
  const operations = Array.from({ length: filling + count }, (_, index): Operation => {
    const draw = index < filling ? 0 : random.below(100);
    const side: BookSide = random.below(2) === 0 ? 'buy' : 'sell';
    if (draw < adds || (draw < adds + cancels && open.length === 0)) {
      const id = `o${added++}`;
      open.push(id);
      return { kind: 'add', id, side, price: priceOf(side, random, added), quantity: 1 + random.below(100) };
    }
    if (draw >= adds + cancels) return { kind: 'market', side, quantity: 1 + random.below(100) };
    const place = random.below(open.length);
    const id = open[place] as string;
    open[place] = open.at(-1) as string;
    open.pop();
    return { kind: 'cancel', id };
  });
  return { operations, filling };
}

/** Seconds for the timed part; the quantity that is left says that both books did the same. */
interface Played {
  readonly seconds: number;
  readonly left: string;
}

function play({ operations, filling }: Stream, act: (operation: Operation) => void, left: () => string): Played {
  for (let index = 0; index < filling; index++) act(operations[index] as Operation);
  const started = performance.now();
  for (let index = filling; index < operations.length; index++) act(operations[index] as Operation);
  return { seconds: (performance.now() - started) / 1e3, left: left() };
}

function own(stream: Stream): Played {
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const act = (operation: Operation): void => {
    if (operation.kind === 'cancel') book.cancel(operation.id);
    else if (operation.kind === 'market') {
      book.submit({ type: 'market', owner: 'ann', side: operation.side, quantity: operation.quantity });
    } else {
      const { id, side, price, quantity } = operation;
      book.submit({ type: 'limit', id, owner: 'ann', side, price, quantity });
    }
  };
  return play(stream, act, () => {
    const { bids, asks } = book.depth();
    return leftOver(bids, asks);
  });
}

/** The same with the numbers that the book gives instead of texts. */
function ownNumbered(stream: Stream): Played {
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const numbers = new Map<string, number>();
  let came = 0;
  for (const operation of stream.operations) {
    if (operation.kind === 'cancel') continue;
    came += 1;
    if (operation.kind === 'add') numbers.set(operation.id, came);
  }
  const ids: OrderId[] = stream.operations.map((operation) =>
    'id' in operation ? (numbers.get(operation.id) ?? 0) : 0,
  );
  let next = 0;
  const act = (operation: Operation): void => {
    const id = ids[next++] as OrderId;
    if (operation.kind === 'cancel') book.cancel(id);
    else if (operation.kind === 'market') {
      book.submit({ type: 'market', owner: 'ann', side: operation.side, quantity: operation.quantity });
    } else {
      const { side, price, quantity } = operation;
      book.submit({ type: 'limit', owner: 'ann', side, price, quantity });
    }
  };
  return play(stream, act, () => {
    const { bids, asks } = book.depth();
    return leftOver(bids, asks);
  });
}

function peer(stream: Stream): Played {
  const book = new PeerBook();
  const sides = { buy: Side.BUY, sell: Side.SELL };
  const act = (operation: Operation): void => {
    if (operation.kind === 'cancel') book.cancel(operation.id);
    else if (operation.kind === 'market') book.market({ side: sides[operation.side], size: operation.quantity });
    else {
      const { id, side, price, quantity } = operation;
      book.limit({ id, side: sides[side], price, size: quantity });
    }
  };
  return play(stream, act, () => {
    const [asks, bids] = book.depth();
    return leftOver(bids, asks);
  });
}

function leftOver(bids: readonly (readonly number[])[], asks: readonly (readonly number[])[]): string {
  const total = (side: readonly (readonly number[])[]) => side.reduce((sum, [, quantity = 0]) => sum + quantity, 0);
  return `${bids.length} bids of ${total(bids)}, ${asks.length} asks of ${total(asks)}`;
}

const million = 1_000_000;
const rounds = 3;

/** What an order book costs beside its peer, over 10,000,000 operations, and as it grows. */
export function orderBooks(): readonly Table[] {
  return [besidePeer(), overTime(), growth()];
}

function besidePeer(): Table {
  const rows: (string | number)[][] = [];
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (const [name, mix] of Object.entries(mixes)) {
    const stream = streamOf(mix, million);
    const times = Array.from({ length: rounds }, () => ({
      own: own(stream),
      numbered: ownNumbered(stream),
      peer: peer(stream),
    }));
    const [first] = times;
    if (first?.own.left !== first?.peer.left)
      throw new Error(`${name}: ${first?.own.left} against ${first?.peer.left}`);
    const ratio = median(times.map((each) => each.peer.seconds / each.own.seconds));
    const perSecond = million / median(times.map((each) => each.own.seconds));
    const numbered = million / median(times.map((each) => each.numbered.seconds));
    rows.push([name, perSecond, numbered, million / median(times.map((each) => each.peer.seconds)), ratio]);
    ratios.push(ratio);
    speeds.push(perSecond);
  }
  const names = Object.keys(mixes);
  return {
    title: 'Order book, 1,000,000 operations interleaved with nodejs-order-book: operations a second',
    columns: [
      'operations',
      'with texts for ids',
      'with numbers for ids',
      'nodejs-order-book, texts',
      'times as fast, texts',
    ],
    rows,
    goals: names.flatMap((name, index) => [
      { what: `${name}: times as fast as nodejs-order-book`, measured: ratios[index] as number, atLeast: 10 },
      { what: `${name}: operations a second`, measured: speeds[index] as number, atLeast: million },
    ]),
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
    const curve = [1_000, 10_000, 100_000, million].map((size) => {
      const stream = streamOf(mix, size);
      return { size, seconds: median(Array.from({ length: 5 }, () => own(stream).seconds)) };
    });
    const { exponent, rSquared } = fitGrowth(curve);
    return [name, ...curve.map(({ seconds }) => seconds * 1e3), exponent, rSquared];
  });
  return {
    title: 'Growth with the number of operations: milliseconds',
    columns: ['operations', '1,000', '10,000', '100,000', '1,000,000', 'exponent', 'R²'],
    rows,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
