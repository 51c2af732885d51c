import { ServiceError } from '@mechane/client';
import { expect, test } from 'vitest';
import { openHouse } from './houses.ts';

const vickrey = 'auction-sealed/second-price';

test('whoever looks for something to play finds each mechanism, and the schemas of what it takes', async () => {
  const { client } = await openHouse();
  const listed = await client.mechanisms();
  expect(listed.map(({ id }) => id)).toContain(vickrey);
  const described = await client.mechanism(vickrey);
  expect(described).toMatchObject({ id: vickrey, message: { properties: { bid: { type: 'number', minimum: 0 } } } });
  expect(described.summary).toBe(listed.find(({ id }) => id === vickrey)?.summary);
  await expect(client.mechanism('auction-sealed/third-price')).rejects.toMatchObject({ code: 'unknown-mechanism' });
});

test('the list of sessions goes on after any of them', async () => {
  const { client } = await openHouse();
  const made: string[] = [];
  for (const note of [1, 2, 3]) made.push((await client.create({ mechanism: vickrey, agents: ['ann'], note })).id);
  expect((await client.sessions()).map(({ id }) => id)).toEqual(made);
  expect((await client.sessions(made[0])).map(({ id, status }) => [id, status])).toEqual(
    made.slice(1).map((id) => [id, 'open']),
  );
  expect(await client.sessions(made[2])).toEqual([]);
});

test('the admin has the journal at any time; an agent has it once the session is closed, with its own words and no others', async () => {
  const { client } = await openHouse();
  const { id, agents } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const ann = client.seat(agents.ann?.token ?? '');
  await ann.submit({ bid: 7 });
  const said = (journal: string): unknown[] =>
    journal
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .flatMap(({ kind, agent, message }) => (kind === 'message' ? [[agent, message]] : []));
  expect(said(await client.journal(id))).toEqual([['ann', { bid: 7 }]]);
  await expect(ann.journal()).rejects.toBeInstanceOf(ServiceError);
  await client.seat(agents.bob?.token ?? '').submit({ bid: 9 });
  await expect.poll(async () => (await ann.view()).status).toBe('closed');
  expect(said(await ann.journal())).toEqual([['ann', { bid: 7 }]]);
  expect(said(await client.journal(id))).toHaveLength(2);
});
