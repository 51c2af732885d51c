import { setTimeout } from 'node:timers/promises';
import { seededRandom } from '@mechane/core';
import type { Service } from '@mechane/server';

/** A session that plays itself: what it is made with, and how its agents answer. */
interface DemoSession {
  readonly mechanism: string;
  readonly settings?: object;
  readonly agents: readonly string[];
  readonly answer: (agent: string, content: unknown) => unknown;
}

const random = seededRandom(1);
const values: Readonly<Record<string, number>> = { ann: 31, bob: 29, cat: 17 };

const demoSessions: readonly DemoSession[] = [
  {
    mechanism: 'auction-sealed/second-price',
    agents: Object.keys(values),
    answer: (agent) => ({ bid: values[agent] }),
  },
  {
    mechanism: 'auction-english/clock',
    settings: { startingPrice: 0, increment: 1 },
    agents: Object.keys(values),
    answer: (agent, content) => ((content as { readonly price: number }).price <= (values[agent] ?? 0) ? 'in' : 'out'),
  },
  {
    mechanism: 'market/order-book',
    agents: Object.keys(values),
    answer: () => ({
      type: 'limit',
      side: random.below(2) === 0 ? 'buy' : 'sell',
      price: 95 + random.below(10),
      quantity: 1 + random.below(5),
    }),
  },
];

/**
 * Plays sessions of the mechanisms that are there, through the service as anybody would, until the signal aborts.
 *
 * @param pace milliseconds between one word and the next, so that there is time to look
 */
export async function playDemo(service: Service, token: string, signal: AbortSignal, pace = 1_000): Promise<void> {
  await Promise.all(demoSessions.map((session) => play(service, token, session, signal, pace)));
}

async function play(
  service: Service,
  token: string,
  session: DemoSession,
  signal: AbortSignal,
  pace: number,
): Promise<void> {
  const { mechanism, settings, agents, answer } = session;
  const made = await asked(service, 'POST', '/sessions', token, { mechanism, ...(settings && { settings }), agents });
  if (made?.status !== 201) return;
  const { id, agents: given } = (await made.json()) as {
    readonly id: string;
    readonly agents: Readonly<Record<string, { readonly token: string }>>;
  };
  const tokens = Object.entries(given).map(([agent, { token }]) => [agent, token] as const);
  for (let isOpen = true; isOpen && !signal.aborted; ) {
    for (const [agent, own] of tokens) {
      await pause(pace, signal);
      const ask = await asked(service, 'GET', `/sessions/${id}/ask`, own);
      if (ask?.status !== 200) continue;
      const { content } = (await ask.json()) as { readonly content: unknown };
      await asked(service, 'POST', `/sessions/${id}/messages`, own, { message: answer(agent, content) });
    }
    const view = await asked(service, 'GET', `/sessions/${id}`, token);
    isOpen = view?.status === 200 && ((await view.json()) as { readonly status: string }).status === 'open';
  }
}

/** What the service answers; `undefined` where it is going down. */
function asked(
  service: Service,
  method: string,
  path: string,
  token: string,
  body?: object,
): Promise<Response | undefined> {
  const headers = { authorization: `Bearer ${token}` };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return service.fetch(new Request(`http://demo.invalid${path}`, init)).catch(() => undefined);
}

function pause(pace: number, signal: AbortSignal): Promise<void> {
  return setTimeout(pace, undefined, { signal }).catch(() => {});
}
