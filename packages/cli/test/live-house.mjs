// An auction house of one auction, to be killed: node live-house.mjs JOURNAL. It opens a session, or resumes the one in the journal, and takes a
// bid a line from stdin; each is answered by a line with its receipt or its refusal.
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { englishAuctions } from '@mechane/auction-english';
import { createJournal, openJournal } from '@mechane/cli/journal-file';
import { createMechane } from '@mechane/core';

const file = process.argv[2];
const mechane = createMechane().use(englishAuctions);
const id = 'auction-english/clock';
const agents = { ann: 'external', bob: 'external', cat: 'external' };
const within = Number.POSITIVE_INFINITY;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const { session, close } = await begun();
say({ ready: true });
session.result.then(
  async ({ outcome }) => {
    await close();
    say({ outcome });
    process.stdin.destroy();
  },
  async (error) => {
    await close();
    say({ failed: error.code });
    process.stdin.destroy();
  },
);

for await (const line of createInterface({ input: process.stdin })) {
  const { agent, message, round, key } = JSON.parse(line);
  session.submit(agent, message, { round, key }).then(
    (receipt) => say({ key, receipt }),
    ({ code }) => say({ key, refused: code }),
  );
}

async function begun() {
  if (existsSync(file)) {
    const { journal, sink, close } = await openJournal(file, process.cwd());
    return { session: mechane.resume(journal, { mechanism: id, agents, journal: sink }), close };
  }
  const { sink, close } = await createJournal(file, process.cwd());
  const settings = { startingPrice: 0, increment: 1 };
  return { session: mechane.open(id, { settings, agents, within, journal: sink, seed: 7 }), close };
}
