import { englishAuctions } from '@mechane/auction-english';
import { createService, openStore } from '@mechane/server';
import { expect, test } from 'vitest';
import { faultsIn } from '../e2e/cluster/history.mjs';

type History = Parameters<typeof faultsIn>[0];

const admin = { authorization: 'Bearer secret' };

/** A clock of two, as those who took part in it saw it. */
async function playedClock(): Promise<History> {
  const store = await openStore('sqlite::memory:');
  const service = createService({ plugins: [englishAuctions], store, adminToken: 'secret' });
  const ask = async (path: string, headers: Record<string, string>, body?: object): Promise<string> => {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    return (await service.fetch(new Request(`http://house.test${path}`, init))).text();
  };
  const settings = { startingPrice: 0, increment: 1 };
  const making = { mechanism: 'auction-english/clock', settings, agents: ['ann', 'bob'] };
  const { id, agents } = JSON.parse(await ask('/sessions', admin, making));
  const said: History['said'][number][] = [];
  for (const [agent, message] of [
    ['ann', 'in'],
    ['bob', 'out'],
  ] as const) {
    const authorization = `Bearer ${agents[agent].token}`;
    const invoked = performance.now();
    const answer = await ask(`/sessions/${id}/messages`, { authorization }, { message, key: agent });
    said.push({ agent, key: agent, message, invoked, returned: performance.now(), ...JSON.parse(answer) });
  }
  const told = (await ask(`/sessions/${id}/events`, {})).matchAll(/^id: (\d+)$/gm);
  const invoked = performance.now();
  const { head, outcome } = JSON.parse(await ask(`/sessions/${id}`, {}));
  const looked = [{ invoked, returned: performance.now(), head }];
  const journal = await ask(`/sessions/${id}/journal`, admin);
  await service.close();
  await store.close();
  return { id, said, looked, told: [...told].map(([, number]) => Number(number)), journal, outcome };
}

/** The history with what one of its agents saw changed. */
function withSaid(history: History, number: number, change: object): History {
  return { ...history, said: history.said.map((each, place) => (place === number ? { ...each, ...change } : each)) };
}

const whole = await playedClock();
const [first, second] = whole.said;
const { said: _, ...rest } = whole;

test('a history that is as it was seen has no fault', async () => {
  expect(await faultsIn(whole)).toEqual([]);
});

test.each<[string, History, RegExp]>([
  ['a receipt for what is not there', withSaid(whole, 0, { receipt: { ...first?.receipt, seq: 9 } }), /receipt of ann/],
  ['a receipt for what another said', withSaid(whole, 0, { receipt: second?.receipt }), /receipt of ann/],
  ['a receipt for other words', withSaid(whole, 1, { message: 'in' }), /receipt of bob/],
  [
    'a refusal of what counts',
    withSaid(whole, 1, { receipt: undefined, code: 'late-message' }),
    /was refused, and counts/,
  ],
  ['an order that time contradicts', withSaid(whole, 1, { invoked: 0, returned: 0 }), /stands after it/],
  ['an event that is missing', { ...whole, told: whole.told?.slice(1) }, /events were told/],
  ['an event that is told twice', { ...whole, told: [0, ...(whole.told ?? [])] }, /events were told/],
  ['another outcome', { ...whole, outcome: { winner: 'bob' } }, /its outcome is not/],
  ['a head that never was', { ...whole, looked: [{ invoked: 0, returned: 0, head: 'none' }] }, /never had/],
  [
    'an old view',
    { ...whole, looked: [{ invoked: 1e9, returned: 1e9, head: first?.receipt?.hash ?? '' }] },
    /stands after it/,
  ],
  [
    'a journal that lacks its end',
    { ...rest, said: [], journal: whole.journal.replace(/[^\n]*\n$/, '') },
    /has not come to its end/,
  ],
  [
    'a journal of which a line is twice there',
    { ...whole, journal: whole.journal.replace(/^([^\n]*\n)/, '$1$1') },
    /journal is none/,
  ],
])('%s is found', async (_name, history, fault) => {
  expect((await faultsIn(history)).join('\n')).toMatch(fault);
});
