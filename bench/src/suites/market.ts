// npm run bench -- market: what clearing call markets costs, beside sorting their prices, and order books beside nodejs-order-book.
import { callMarkets } from '../market-calls.ts';
import { equilibria } from '../market-equilibria.ts';
import { orderBooks } from '../market-order-book.ts';
import type { Table } from '../table.ts';

export async function* run(): AsyncGenerator<Table> {
  yield* await callMarkets();
  yield* orderBooks();
  yield* equilibria();
}
