// npm run bench -- classroom: 200 people in one class, each as a phone does it over HTTP: how late the slowest sees a hand, and a price.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Belonging, type Client, connect, type Seat, ServiceError } from '@mechane/client';
import { adminToken, shareOf, started } from '../service-load.ts';
import type { Table } from '../table.ts';

const people = 200;
const groupSize = 5;
const prices = 6;
/** Milliseconds that a price stands. */
const stands = 8_000;
const clock = 'auction-english/clock';
/** What a service says to whoever answers after the time. */
const tooLate: ReadonlySet<string> = new Set(['late-message', 'out-of-turn']);

export async function* run(): AsyncGenerator<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'mechane-bench-'));
  const house = await started(`sqlite:${join(folder, 'class.db')}`);
  try {
    const client = connect(house.url, { adminToken });
    const hall = {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 0, increment: 1 },
      agents: [],
      entry: 'open',
    } as const;
    const { id } = await client.create(hall, 'code CLASS');
    const { joinToken } = await client.coded('CLASS');
    const seats = await Promise.all(Array.from({ length: people }, (_, at) => client.join(joinToken, `student ${at}`)));
    yield await handsDealt(client, id, seats);
    yield await pricesSeen(client, id, seats);
  } finally {
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A game in groups: from the teacher's press to the question on each phone, with what its holder alone is told. */
async function handsDealt(client: Client, of: string, seats: readonly Seat[]): Promise<Table> {
  const took: number[] = [];
  const waiting = seats.map((seat) => nextPlace(seat, undefined));
  await settled();
  const began = Date.now();
  const asked = waiting.map(async (place) => {
    const seat = client.seat((await place).token);
    await seat.ask(25);
    took.push(Date.now() - began);
  });
  for (let first = 0; first < people; first += groupSize) {
    const agents = seats.slice(first, first + groupSize).map(({ agent }) => ({ id: agent, told: { value: 50 } }));
    await client.create({ mechanism: clock, settings: { startingPrice: 0, increment: 5 }, agents, of });
  }
  await Promise.all(asked);
  took.sort((one, other) => one - other);
  return {
    title: `${people} people in ${people / groupSize} groups: milliseconds from the teacher's press to the question on each phone`,
    columns: ['what', 'milliseconds'],
    rows: rowsOf(took),
  };
}

/** One clock for all: from the moment at which the service calls a price to its sight on each phone, which says that it is in. */
async function pricesSeen(client: Client, of: string, seats: readonly Seat[]): Promise<Table> {
  const before = await Promise.all(seats.map(async (seat) => (await seat.places()).at(-1)?.session));
  const waiting = seats.map((seat, at) => nextPlace(seat, before[at]));
  await settled();
  const agents = seats.map(({ agent }) => ({ id: agent, told: { value: 50 } }));
  const settings = { startingPrice: 0, increment: 5, maxRounds: prices };
  const { id } = await client.create({ mechanism: clock, settings, agents, of, within: stands });
  const seen = new Map<number, number[]>();
  await Promise.all(waiting.map(async (place) => follow(client.seat((await place).token), seen)));
  const called = calledIn(await client.journal(id));
  // The first price is called while phones still come from the class: it is counted above.
  const took = [...seen].flatMap(([round, times]) =>
    round === 1 ? [] : times.map((at) => at - (called.get(round) ?? at)),
  );
  took.sort((one, other) => one - other);
  return {
    title: `${people} people in one clock of ${prices} prices, all of whom answer each: milliseconds from the call of a price to its sight`,
    columns: ['what', 'milliseconds'],
    rows: [...rowsOf(took), ['prices seen, of all', `${took.length} of ${(prices - 1) * people}`]],
    goals: [{ what: 'milliseconds until the slowest sees a price', measured: shareOf(took, 1), atMost: 1_000 }],
  };
}

/** As the page on a phone does: events tell that something is asked, then the question is fetched, and answered. */
async function follow(seat: Seat, seen: Map<number, number[]>): Promise<void> {
  const answers: Promise<unknown>[] = [];
  for await (const event of seat.events({ quiet: true })) {
    if (event.kind !== 'asked' || !event.agents.includes(seat.agent)) continue;
    const ask = await seat.ask();
    if (ask === undefined) continue;
    seen.set(ask.round, [...(seen.get(ask.round) ?? []), Date.now()]);
    // Where the machine is busy with other things, an answer may come too late: then the phone is out, and sees no more prices.
    answers.push(
      seat.submit('in', { round: ask.round }).catch((error) => {
        if (!(error instanceof ServiceError) || !tooLate.has(error.code)) throw error;
      }),
    );
  }
  await Promise.all(answers);
}

/** When each price was called, by the journal. */
function calledIn(journal: string): ReadonlyMap<number, number> {
  const entries = journal
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly kind: string; readonly round: number; readonly at: number });
  return new Map(entries.flatMap(({ kind, round, at }) => (kind === 'asked' ? [[round, at] as const] : [])));
}

async function nextPlace(seat: Seat, after: string | undefined): Promise<Belonging> {
  for (;;) {
    const [place] = await seat.places(after, 25);
    if (place !== undefined) return place;
  }
}

/** Until all wait. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000));
}

function rowsOf(took: readonly number[]): Table['rows'] {
  return [
    ['median', shareOf(took, 0.5)],
    ['99 of 100', shareOf(took, 0.99)],
    ['slowest', shareOf(took, 1)],
  ];
}
