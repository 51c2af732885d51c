import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../src/index.ts';
import { Belongings } from '../src/sessions/belongings.ts';
import type { Making } from '../src/sessions/made-session.ts';
import type { Store } from '../src/store/store.ts';

const never = new AbortController().signal;

const making = (of: string | undefined, ...agents: string[]): Making =>
  ({ mechanism: 'auction-sealed/second-price', agents: agents.map((id) => ({ id })), of }) as object as Making;

async function openBelongings(): Promise<{ store: Store; belongings: Belongings }> {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  await store.make('hall', JSON.stringify(making(undefined)));
  // What belongs to it is made later, as it has to be there by then.
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { store, belongings: new Belongings(store) };
}

/** Makes a session as this service does. */
async function make({ store, belongings }: Awaited<ReturnType<typeof openBelongings>>, id: string, made: Making) {
  await store.make(id, JSON.stringify(made));
  belongings.made(made);
}

const idsIn = (places: readonly { readonly id: string }[]): string[] => places.map(({ id }) => id);

test('whoever waits for a place is given it when it is made, and others wait on', async () => {
  const here = await openBelongings();
  const leaving = new AbortController();
  const ann = here.belongings.placesOf('hall', 'ann', undefined, never);
  const bob = here.belongings.placesOf('hall', 'bob', undefined, leaving.signal);
  // Not before all that was made earlier is known.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await make(here, 'elsewhere', making('another', 'ann', 'bob'));
  await make(here, 'alone', making(undefined, 'ann', 'bob'));
  await make(here, 'first', making('hall', 'ann'));
  expect(idsIn(await ann)).toEqual(['first']);
  leaving.abort();
  expect(await bob).toEqual([]);
  const next = here.belongings.placesOf('hall', 'ann', 'first', never);
  await make(here, 'second', making('hall', 'ann', 'bob'));
  expect(idsIn(await next)).toEqual(['second']);
  expect(idsIn(await here.belongings.placesOf('hall', 'ann', undefined, AbortSignal.abort()))).toEqual([
    'first',
    'second',
  ]);
});

test('a session that another service made on the store is found by whoever waits here, page by page', {
  tags: ['long'],
}, async () => {
  const { store, belongings } = await openBelongings();
  for (let number = 0; number < 150; number++)
    await store.make(`before ${number}`, JSON.stringify(making('hall', 'bob')));
  const waiting = belongings.placesOf('hall', 'ann', undefined, never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await store.make('from afar', JSON.stringify(making('hall', 'ann')));
  expect(idsIn(await waiting)).toEqual(['from afar']);
  expect(await belongings.placesOf('hall', 'bob', undefined, AbortSignal.abort())).toHaveLength(150);
});

test('a store that fails for a while keeps nobody from hearing later', { tags: ['long'] }, async () => {
  const { store, belongings } = await openBelongings();
  let isDown = false;
  const shaky = new Proxy(store, {
    get: (whole, name) =>
      name === 'list' && isDown ? () => Promise.reject(new Error('down')) : Reflect.get(whole, name).bind(whole),
  });
  const waiting = new Belongings(shaky).placesOf('hall', 'ann', undefined, never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  isDown = true;
  await store.make('later', JSON.stringify(making('hall', 'ann')));
  setTimeout(() => {
    isDown = false;
  }, 2_500);
  expect(idsIn(await waiting)).toEqual(['later']);
  expect(idsIn(await belongings.placesOf('hall', 'ann', undefined, AbortSignal.abort()))).toEqual(['later']);
});
