import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { englishAuctions } from '@mechane/auction-english';
import { createMechane, type JournalEntry, type Receipt, readJournalLines, seededRandom } from '@mechane/core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './project.ts';

/** How many processes are killed; a release is tested with 200. */
const kills = Number(process.env.MECHANE_KILLS ?? 12);
const house = fileURLToPath(new URL('live-house.mjs', import.meta.url));
const mechane = createMechane().use(englishAuctions);
const settings = { startingPrice: 0, increment: 1 };
const values = { ann: 31, bob: 29, cat: 17 };

interface Bid {
  readonly key: string;
  readonly agent: keyof typeof values;
  readonly round: number;
  readonly message: 'in' | 'out';
}

type Said =
  | { readonly ready: true }
  | { readonly outcome: unknown }
  | { readonly failed: string }
  | { readonly key: string; readonly receipt: Receipt }
  | { readonly key: string; readonly refused: string };

/** All that three agents will say until one is left: who is in at which price. */
function* bids(): Generator<Bid, undefined> {
  const last = [...Object.values(values)].sort((a, b) => b - a)[1] ?? 0;
  for (let round = 1; round <= last + 2; round++) {
    for (const [agent, value] of Object.entries(values) as [keyof typeof values, number][]) {
      if (value < round - 2) continue;
      yield { key: `${agent} ${round}`, agent, round, message: round - 1 <= value ? 'in' : 'out' };
    }
  }
}

/** A house, and the next thing that it says. */
function opened(cwd: string): { readonly child: ChildProcess; readonly next: () => Promise<Said | undefined> } {
  const child = spawn(process.execPath, [house, 'auction.log'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  // What is written to a house that was killed is lost.
  child.stdin?.on('error', () => {});
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const next = async (): Promise<Said | undefined> => {
    const { done, value } = await lines.next();
    return done ? undefined : (JSON.parse(value) as Said);
  };
  return { child, next };
}

test('no word that was accepted is lost, and none counts twice, wherever a house is killed', {
  tags: ['long'],
  timeout: 60_000 + kills * 20_000,
}, async () => {
  const random = seededRandom(11);
  let [killed, auctions] = [0, 0];
  while (killed < kills) {
    const cwd = temporaryFolder();
    const receipts = new Map<string, Receipt>();
    const waiting: Bid[] = [];
    const toCome = bids();
    let outcome: unknown;
    while (outcome === undefined) {
      const { child, next } = opened(cwd);
      const end = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)));
      // Half of them die between a bid and its receipt, the others between two bids.
      let left = killed < kills ? 1 + random.below(12) : Number.POSITIVE_INFINITY;
      const diesWaiting = random.below(2) === 0;
      const send = (): void => {
        const bid = waiting[0] ?? toCome.next().value;
        if (bid === undefined) return;
        if (waiting.length === 0) waiting.push(bid);
        child.stdin?.write(`${JSON.stringify(bid)}\n`);
        left -= 1;
        if (left === 0 && diesWaiting) setTimeout(() => child.kill('SIGKILL'), random.next() * 4);
      };
      for (let said = await next(); said; said = await next()) {
        if ('outcome' in said) outcome = said.outcome;
        else if ('ready' in said) send();
        else if ('receipt' in said) {
          receipts.set(said.key, said.receipt);
          waiting.shift();
          if (left > 0) send();
          else child.kill('SIGKILL');
        } else throw new Error(`the house says ${JSON.stringify(said)}`);
      }
      const signal = await end;
      if (outcome !== undefined) break;
      expect(signal).toBe('SIGKILL');
      killed += 1;
    }
    auctions += 1;
    await audit(cwd, receipts, outcome);
  }
  expect(killed).toBeGreaterThanOrEqual(kills);
  expect(auctions).toBeGreaterThan(0);
});

async function audit(cwd: string, receipts: ReadonlyMap<string, Receipt>, outcome: unknown): Promise<void> {
  const { journal } = await readJournalLines(readFileSync(join(cwd, 'auction.log'), 'utf8'));
  const said = journal.entries.filter((entry): entry is JournalEntry & { kind: 'message' } => entry.kind === 'message');
  expect(new Set(said.map(({ key }) => key)).size).toBe(said.length);
  for (const [key, { seq, at, hash }] of receipts) {
    expect(journal.entries[seq]).toMatchObject({ kind: 'message', key, at });
    expect(journal.seals?.[seq]?.hash).toBe(hash);
  }
  expect(mechane.replay(journal, { mechanism: 'auction-english/clock' }).outcome).toEqual(outcome);
  const reports = Object.fromEntries(Object.entries(values).map(([agent, value]) => [agent, { value }]));
  expect(outcome).toMatchObject({
    winner: 'ann',
    payment: mechane.run('auction-english/clock', { settings, reports }).outcome.payment,
  });
}
