// What loads a service that runs in a process of its own, on loopback.
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

export const adminToken = 'the token of a benchmark';
/** Sessions that are played at once, each by all of its agents. */
export const lanes = 12;
export const connections: Agent = new Agent({ keepAlive: true, maxSockets: lanes * 5 });

/** A service under load. */
export interface House {
  readonly url: string;
  /** Bytes that its process has in memory. */
  readonly memory: () => Promise<number>;
  readonly stop: () => Promise<unknown>;
}

export async function started(store: string): Promise<House> {
  const child = fork(fileURLToPath(new URL('service-house.js', import.meta.url)), [store, adminToken]);
  const told = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    });
  const url = String(await told());
  return {
    url,
    async memory() {
      const answer = told();
      child.send('memory');
      return Number(await answer);
    },
    stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      return gone;
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export function ask(url: string, method: string, token: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asking = request(url, { method, headers, agent: connections }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Does something for each number, so many at once. */
export async function each(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await act(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** A session that was made. */
export interface Made {
  readonly id: string;
  readonly agents: Readonly<Record<string, { readonly token: string }>>;
}

/** Makes a clock that goes on for as long as its agents stay. */
export async function clock(url: string, agents: readonly string[]): Promise<Made> {
  const settings = { startingPrice: 0, increment: 1 };
  const making = { mechanism: 'auction-english/clock', settings, agents };
  return JSON.parse((await ask(`${url}/sessions`, 'POST', adminToken, making)).body);
}

/** Says something in a round; fails where it does not count. */
export async function say(url: string, id: string, token: string, message: string, round: number): Promise<void> {
  const { status, body } = await ask(`${url}/sessions/${id}/messages`, 'POST', token, { message, round });
  if (status !== 201) throw new Error(`a message was refused: ${body}`);
}

/** What so many of all are below, rounded to a tenth. */
export function shareOf(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
