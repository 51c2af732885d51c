// Streams of events that are open at once: what each costs, and how soon all are told.
import { Agent, type ClientRequest, request } from 'node:http';
import { clock, each, say, shareOf, started } from './service-load.ts';
import type { Table } from './table.ts';

const followers = 5_000;
const rounds = 20;
const agents = ['ann', 'bob'];

export async function streams(store: string): Promise<Table> {
  const house = await started(store);
  const open: ClientRequest[] = [];
  const connections = new Agent({ keepAlive: true, maxSockets: followers });
  try {
    const { id, agents: tokens } = await clock(house.url, agents);
    const before = await house.memory();
    const seen = new Seen();
    await each(followers, 50, async () => {
      open.push(await follow(`${house.url}/sessions/${id}/events`, connections, seen));
    });
    await seen.byAll(1, followers);
    const perStream = (await house.memory()) - before;
    const took: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const from = performance.now();
      for (const { token } of Object.values(tokens)) await say(house.url, id, token, 'in', round);
      for (const at of await seen.byAll(round + 1, followers)) took.push(at - from);
    }
    took.sort((one, other) => one - other);
    const p99 = shareOf(took, 0.99);
    return {
      title: `${followers} streams of events open at once, told of ${rounds} rounds: from the first word of a round to the news of the next`,
      columns: ['what', 'value'],
      rows: [
        ['kilobytes of the service a stream', Math.round(perStream / followers / 100) / 10],
        ['milliseconds to the news: median', shareOf(took, 0.5)],
        ['milliseconds to the news: 99 of 100', p99],
        ['milliseconds to the news: longest', shareOf(took, 1)],
      ],
      goals: [{ what: 'milliseconds to the news, 99 of 100', measured: p99, atMost: 1_000 }],
    };
  } finally {
    for (const each of open) each.destroy();
    connections.destroy();
    await house.stop();
  }
}

/** When each round was told to how many. */
class Seen {
  readonly #times = new Map<number, number[]>();
  #waiting: { readonly round: number; readonly count: number; readonly resolve: () => void } | undefined;

  add(round: number): void {
    const times = this.#times.get(round) ?? [];
    this.#times.set(round, times);
    times.push(performance.now());
    if (this.#waiting?.round === round && times.length === this.#waiting.count) this.#waiting.resolve();
  }

  /** The times at which all were told of a round. */
  async byAll(round: number, count: number): Promise<readonly number[]> {
    if ((this.#times.get(round)?.length ?? 0) < count) {
      await new Promise<void>((resolve) => {
        this.#waiting = { round, count, resolve };
      });
    }
    return this.#times.get(round) ?? [];
  }
}

function follow(url: string, connections: Agent, seen: Seen): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent: connections }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream was refused: ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, round] = /"kind":"asked","round":(\d+)/.exec(block) ?? [];
          if (round !== undefined) seen.add(Number(round));
        }
      });
      response.on('error', () => {});
      resolve(asking);
    });
    asking.on('error', reject);
    asking.end();
  });
}
