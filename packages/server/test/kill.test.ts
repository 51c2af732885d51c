import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Receipt, readJournalLines, seededRandom } from '@mechane/core';
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, type Made, madeOf, mechaneForTests } from './house.ts';

/** How often the service is killed; a release is tested with 100. */
const kills = Number(process.env.MECHANE_KILLS ?? 2);
const sessions = 3;
const house = fileURLToPath(new URL('house-to-kill.mjs', import.meta.url));
const values: Readonly<Record<string, number>> = { ann: 9 * kills + 9, bob: 9 * kills + 7, cat: 5 * kills };

/** A service in a process of its own; on the port of the one before, so that those who ask find it again. */
async function started(store: string, port: number): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [house, store, `${port}`, adminToken], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return { child, url };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks until there is an answer. */
async function insisting(url: string, init: RequestInit): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, init).catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    await pause(20);
  }
}

/** Plays an agent to the end of its clock: every word under a key, again until it has its receipt. */
async function played(url: string, { id, tokens }: Made, agent: string, receipts: Map<string, Receipt>): Promise<void> {
  const headers = { authorization: `Bearer ${tokens[agent]}` };
  for (;;) {
    const ask = await insisting(`${url}/sessions/${id}/ask?wait=1`, { headers });
    if (ask.status === 204) {
      const view = await (await insisting(`${url}/sessions/${id}`, {})).json();
      if (view.status !== 'open') return;
      continue;
    }
    const { round, content } = await ask.json();
    const message = content.price <= (values[agent] ?? 0) ? 'in' : 'out';
    const key = `${agent} ${round}`;
    const said = await insisting(`${url}/sessions/${id}/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ message, round, key }),
    });
    const answer = await said.json();
    if (said.status === 201) receipts.set(`${id} ${key}`, answer.receipt);
    else expect(answer.code).toBe('late-message');
  }
}

test('wherever a service is killed, every receipt stands in the journal, and every auction comes to its journal’s outcome', {
  tags: ['long'],
  timeout: 900_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = `sqlite:${join(folder, 'house.db')}`;
  const random = seededRandom(7);
  let { child, url } = await started(store, 0);
  const port = Number(new URL(url).port);
  const receipts = new Map<string, Receipt>();
  const making = {
    mechanism: 'auction-english/clock',
    settings: { startingPrice: 0, increment: 1 },
    agents: Object.keys(values),
  };
  const made: Made[] = [];
  for (let count = 0; count < sessions; count++) {
    const headers = { authorization: `Bearer ${adminToken}`, 'idempotency-key': `${count}` };
    const answer = await insisting(`${url}/sessions`, { method: 'POST', headers, body: JSON.stringify(making) });
    made.push(madeOf(await answer.json()));
  }
  const playing = Promise.all(made.flatMap((each) => making.agents.map((agent) => played(url, each, agent, receipts))));
  let isOver = false;
  void playing.finally(() => {
    isOver = true;
  });
  let killed = 0;
  for (; killed < kills; killed++) {
    // After some more words were taken: how long that takes is the machine's affair.
    const enough = receipts.size + 1 + random.below(sessions * 12);
    while (receipts.size < enough && !isOver) await pause(1);
    if (isOver) break;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    ({ child, url } = await started(store, port));
  }
  await playing;
  expect(killed).toBe(kills);
  const mechane = mechaneForTests();
  let found = 0;
  for (const { id } of made) {
    const journal = await fetch(`${url}/sessions/${id}/journal`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const read = await readJournalLines(await journal.text());
    expect(read.closed).toBe(true);
    const view = await (await fetch(`${url}/sessions/${id}`)).json();
    const { outcome } = mechane.replay(read.journal);
    expect(view.outcome).toEqual(JSON.parse(JSON.stringify(outcome)));
    expect(view.outcome.winner).toBe('ann');
    for (const [key, { seq, at, hash }] of receipts) {
      if (!key.startsWith(`${id} `)) continue;
      found += 1;
      expect(read.journal.entries[seq]).toMatchObject({ kind: 'message', at, key: key.slice(id.length + 1) });
      expect(read.journal.seals?.[seq]?.hash).toBe(hash);
    }
  }
  expect(found).toBe(receipts.size);
});
