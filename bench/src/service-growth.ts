// The same words, while ever more sessions are open.
import { clock, each, lanes, type Made, say, shareOf, started } from './service-load.ts';
import type { Table } from './table.ts';

const sizes = [10, 100, 1_000, 10_000];
const agents = ['ann', 'bob'];
/** Rounds that are played at each size, in as many sessions as there are. */
const rounds = 1_000;

interface Playing extends Made {
  round: number;
}

export async function growth(store: string): Promise<Table> {
  const house = await started(store);
  try {
    const rows: [number, number, number, number, number][] = [];
    const made: Playing[] = [];
    for (const size of sizes) {
      await each(size - made.length, lanes, async () => {
        made.push({ ...(await clock(house.url, agents)), round: 1 });
      });
      // What is compiled and cached for the first time is not for the first size to pay.
      if (rows.length === 0) await played(house.url, made);
      const took = await played(house.url, made);
      const perSecond = Math.round((took.times.length / took.milliseconds) * 1_000);
      const megabytes = Math.round((await house.memory()) / 1e6);
      rows.push([size, perSecond, shareOf(took.times, 0.5), shareOf(took.times, 0.99), megabytes]);
    }
    const [first, last] = [rows[0]?.[1] ?? 0, rows.at(-1)?.[1] ?? 0];
    return {
      title: `The same ${rounds} rounds of clocks of ${agents.length} agents, while ever more sessions are open`,
      columns: ['sessions open', 'messages a second', 'ms to a receipt: median', '99 of 100', 'MB of the service'],
      rows,
      goals: [
        { what: 'messages a second with the most, for one with the fewest', measured: last / first, atLeast: 0.5 },
      ],
    };
  } finally {
    await house.stop();
  }
}

/** Plays rounds in sessions that are spread over all, no two at once in one. */
async function played(url: string, made: readonly Playing[]): Promise<{ times: number[]; milliseconds: number }> {
  const times: number[] = [];
  const began = performance.now();
  const atOnce = Math.min(lanes, made.length);
  const perLane = Math.floor(made.length / atOnce);
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      for (let turn = 0; turn < rounds / atOnce; turn++) {
        const session = made[lane * perLane + (turn % perLane)] as Playing;
        await Promise.all(
          Object.values(session.agents).map(async ({ token }) => {
            const from = performance.now();
            await say(url, session.id, token, 'in', session.round);
            times.push(performance.now() - from);
          }),
        );
        session.round += 1;
      }
    }),
  );
  times.sort((one, other) => one - other);
  return { times, milliseconds: performance.now() - began };
}
