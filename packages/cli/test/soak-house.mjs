// Plays auctions of one folder until it is killed or all are over: node soak-house.mjs FIRST STEP COUNT SEED. Its disk fails now and then.
import { existsSync } from 'node:fs';
import { open, readFile, truncate } from 'node:fs/promises';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, journalWriter, readJournalLines, seededRandom } from '@mechane/core';

const [first, step, count, seed] = process.argv.slice(2).map(Number);
const mechane = createMechane().use(sealedAuctions);
const id = 'auction-sealed/second-price';
const random = seededRandom(seed);
const within = 60;
const atOnce = 40;

const cycle = {};
cycle.bid = cycle;
const throwing = (thrown) => () => {
  throw thrown;
};
const trap = (name) => Object.defineProperty({}, name, { get: throwing(new Error('poison')) });
/** Twenty-four ways of not answering, or of answering what is no bid. */
const bad = {
  throws: throwing(new Error('crash')),
  'throws nothing': throwing(undefined),
  'throws a promise': throwing(Promise.resolve({ bid: 9 })),
  rejects: () => Promise.reject(new Error('crash')),
  'says nothing': () => undefined,
  'never answers': () => new Promise(() => {}),
  'is late': () => new Promise((resolve) => setTimeout(resolve, within * 3, { bid: 1000 }).unref()),
  'bids text': () => ({ bid: 'a lot' }),
  'bids too much of it': () => ({ bid: 1, bribe: 2 }),
  'bids less than nothing': () => ({ bid: -1 }),
  'bids no number': () => ({ bid: Number.NaN }),
  'bids without end': () => ({ bid: Number.POSITIVE_INFINITY }),
  'bids finer than a cent': () => ({ bid: 1e-9 }),
  'bids beyond all numbers': () => ({ bid: Number.MAX_VALUE }),
  'bids a big integer': () => ({ bid: 5n }),
  'bids a function': () => ({ bid: () => 5 }),
  'bids in circles': () => cycle,
  'bids a trap': () => trap('bid'),
  'is a trap for promises': () => trap('then'),
  'says null': () => null,
  'says a list': () => [{ bid: 5 }],
  'says a symbol': () => Symbol('bid'),
  'says a prototype': () => JSON.parse('{"__proto__":{"bid":5}}'),
  'says endless text': () => ({ bid: 1, value: [new Date(), 'x'.repeat(10_000), Number.NaN] }),
};

process.on('unhandledRejection', (reason) => {
  console.error(reason);
  process.exit(3);
});
const mine = Array.from({ length: count }, (_, index) => first + index * step);
await Promise.all(Array.from({ length: atOnce }, worker));
process.stdout.write('done\n');
process.exit(0);

async function worker() {
  for (let auction = mine.shift(); auction !== undefined; auction = mine.shift()) {
    for (let over = false; !over; ) over = await played(auction);
  }
}

/** Whether an auction has come to its end; else its disk has failed, and it goes on. */
async function played(auction) {
  const file = `${auction}.log`;
  const bids = seededRandom(auction);
  const good = Object.fromEntries(['ann', 'bob', 'cat'].map((agent) => [agent, biddingOf(1 + bids.below(100))]));
  const agents = { ...bad, ...good, outside: 'external' };
  const read = existsSync(file) ? await soundly(file) : undefined;
  if (read?.closed) return true;
  const handle = await open(file, 'a');
  const journal = journalWriter((lines) => failingly(handle, lines), read?.head);
  try {
    const session = read
      ? mechane.resume(read.journal, { mechanism: id, agents, journal })
      : mechane.open(id, { agents, within, journal, id: file });
    session.submit('outside', { bid: 50 }, { key: 'k' });
    session.submit('outside', { bid: 50 }, { key: 'k' });
    await session.result;
    return true;
  } catch (error) {
    if (error.code !== 'journal-failed') throw error;
    return false;
  } finally {
    await handle.close();
  }
}

function biddingOf(bid) {
  return async () => ({ bid });
}

/** What is sound in a file; the rest is cut off. */
async function soundly(file) {
  const text = await readFile(file, 'utf8');
  if (!text.includes('\n')) {
    await truncate(file, 0);
    return undefined;
  }
  const read = await readJournalLines(text);
  await truncate(file, Buffer.byteLength(text.slice(0, read.soundLength)));
  return read;
}

/** A disk that takes nothing, half of it, or all of it and says that it has not. */
async function failingly(handle, lines) {
  const fails = random.below(25) === 0;
  if (fails) {
    const kept = [0, Math.floor(lines.length / 2), lines.length][random.below(3)];
    await handle.appendFile(lines.slice(0, kept));
    throw new Error('no space left on device');
  }
  await handle.appendFile(lines);
  await handle.datasync();
}
