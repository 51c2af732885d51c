import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createJournal } from '@mechane/cli/journal-file';
import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';
import type { Table } from './table.ts';

const mechane = createMechane().use(sealedAuctions).use(markets);
const bids = 1_000;
/** So many of one, then so many of the other: what else the machine does hits both. */
const turnOf = 10;
const orders = 100_000;
/** As long as the line of a bid. */
const line = `${'x'.repeat(230)}\n`;

/** What it costs to keep a word: replies a second with a journal that is synced, beside bare append and sync in turns; and orders that come together. */
export async function keptWords(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'mechane-bench-'));
  try {
    const one = await inTurns(folder, 1);
    const many = await inTurns(folder, 50);
    const piped = median([await pipelined(), await pipelined(), await pipelined()]);
    return {
      title: 'Keeping a word: replies a second with a journal on a file, synced before each receipt',
      columns: ['what', 'a second'],
      rows: [
        ['bare append and sync of a line', Math.round(one.bare)],
        ['replies, each after the receipt of the one before', Math.round(one.kept)],
        ['replies, fifty at a time', Math.round(many.kept)],
        ['orders that come together, without a journal', Math.round(piped)],
      ],
      goals: [
        { what: 'replies one by one over bare append and sync', measured: one.kept / one.bare, atLeast: 0.6 },
        { what: 'orders that come together, a second', measured: Math.round(piped), atLeast: 50_000 },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bids in one sealed auction, so many under way at a time, in turns with lines that are appended and synced: how many of each a second. */
async function inTurns(folder: string, atOnce: number): Promise<{ readonly bare: number; readonly kept: number }> {
  const handle = await open(join(folder, `bare${atOnce}`), 'a');
  const { sink, close } = await createJournal(`kept${atOnce}.log`, folder);
  const names = Array.from({ length: bids * atOnce + 1 }, (_, index) => `agent${index}`);
  const agents = Object.fromEntries(names.map((name) => [name, 'external' as const]));
  const session = mechane.open('auction-sealed/second-price', { agents, journal: sink });
  await session.submit('agent0', { bid: 1 });
  let [bare, kept] = [0, 0];
  for (let next = 1; next < names.length; next += turnOf * atOnce) {
    bare += await taking(turnOf, async () => {
      await handle.appendFile(line);
      await handle.datasync();
    });
    let first = next;
    kept += await taking(turnOf, async () => {
      await Promise.all(names.slice(first, first + atOnce).map((name) => session.submit(name, { bid: 1 })));
      first += atOnce;
    });
  }
  await session.outcome;
  await close();
  await handle.close();
  return { bare: bids / bare, kept: (bids * atOnce) / kept };
}

async function taking(times: number, act: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  for (let done = 0; done < times; done++) await act();
  return (performance.now() - begun) / 1e3;
}

/** Orders of 50 agents over one session, all of them submitted before the first is taken. */
async function pipelined(): Promise<number> {
  const agents = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`agent${index}`, 'external' as const]));
  const session = mechane.open('market/order-book', { agents });
  const begun = performance.now();
  const receipts = Array.from({ length: orders }, (_, index) => {
    const side = (index * 13) % 7 < 3 ? 'buy' : 'sell';
    const order = { type: 'limit', side, price: 100 + ((index * 7) % 11), quantity: 1 + (index % 3) } as const;
    return session.submit(`agent${index % 50}`, order);
  });
  await Promise.all(receipts);
  const seconds = (performance.now() - begun) / 1e3;
  session.close();
  await session.outcome;
  return orders / seconds;
}

function median(values: readonly number[] = []): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
