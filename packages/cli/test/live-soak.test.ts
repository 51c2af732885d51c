import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, type JournalEntry, readJournalLines, seededRandom } from '@mechane/core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './project.ts';

/** How many auctions are played; a release is tested with 10,000. */
const auctions = Number(process.env.MECHANE_SOAK ?? 60);
const processes = 3;
const house = fileURLToPath(new URL('soak-house.mjs', import.meta.url));
const mechane = createMechane().use(sealedAuctions);

test(`${auctions} auctions with 24 kinds of bad agents, in three processes that are killed, on disks that fail, end as the rules say`, {
  tags: ['long'],
  timeout: 120_000 + auctions * 200,
}, async () => {
  const cwd = temporaryFolder();
  let killed = 0;
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });

  /** Starts a process again and again, and kills it, until all its auctions are over. */
  async function lane(first: number): Promise<void> {
    const random = seededRandom(first + 1);
    const count = Math.ceil((auctions - first) / processes);
    for (let life = 0; !isOver; life++) {
      const argv = [house, first, processes, count, 1_000 * first + life].map(String);
      const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
      // Somebody who is killed ever sooner would never end.
      const longest = 1_500 + 500 * life;
      const timer = setTimeout(() => child.kill('SIGKILL'), 300 + random.next() * longest);
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
        child.on('close', (...ended) => resolve(ended));
      });
      clearTimeout(timer);
      if (signal === null) {
        expect(code).toBe(0);
        return;
      }
      killed += 1;
    }
  }

  await Promise.all(Array.from({ length: processes }, (_, first) => lane(first)));
  for (let auction = 0; auction < auctions; auction++) {
    const { journal, closed } = await readJournalLines(readFileSync(join(cwd, `${auction}.log`), 'utf8'));
    expect(closed).toBe(true);
    expectByTheRules(journal.entries, mechane.replay(journal, { mechanism: 'auction-sealed/second-price' }).outcome);
  }
  expect(killed).toBeGreaterThan(0);
});

/** The second-price rule over what the journal says, worked out anew; of good agents only their own bid can be there, once. */
function expectByTheRules(entries: readonly JournalEntry[], outcome: { winner: string | null; payment: number }): void {
  const said = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== 'message') continue;
    expect(said.has(entry.agent) && entry.agent !== 'outside').toBe(false);
    said.set(entry.agent, (entry.message as { bid: number }).bid);
  }
  const keys = entries.flatMap((entry) => (entry.kind === 'message' && entry.key ? [entry.key] : []));
  expect(keys.length).toBeLessThanOrEqual(1);
  expect([...said.keys()].filter((agent) => !['ann', 'bob', 'cat', 'outside'].includes(agent))).toEqual([]);
  const bids = [...said].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  expect(outcome.winner).toBe(bids[0]?.[0] ?? null);
  expect(outcome.payment).toBe(bids[1]?.[1] ?? 0);
}
