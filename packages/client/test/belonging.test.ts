import { expect, test } from 'vitest';
import { openHouse } from './houses.ts';

test('somebody comes in by a code, and hears of a session that belongs to it, with what it alone is told', async () => {
  const { client } = await openHouse();
  const hall = { mechanism: 'auction-sealed/second-price', agents: [], entry: 'open', label: 'a class' } as const;
  const { id } = await client.create(hall, 'code HAWK42');
  const { joinToken, ...coded } = await client.coded('hawk42');
  expect(coded).toEqual({ session: id, label: 'a class' });
  const seat = await client.join(joinToken, 'ann');
  const waiting = seat.places(undefined, 20);
  const making = { mechanism: 'auction-sealed/first-price', agents: [{ id: 'ann', told: { value: 73 } }], of: id };
  const { id: first } = await client.create(making);
  const [place] = await waiting;
  expect(place).toMatchObject({ session: first, told: { value: 73 } });
  const token = place?.token ?? '';
  expect(client.seat(token).agent).toBe('ann');
  const ended = await client.play(token, () => ({ bid: 20 }));
  expect(ended).toMatchObject({ status: 'closed', of: id, outcome: { winner: 'ann' } });
  expect(await seat.places(first)).toEqual([]);
  expect((await client.sessions(undefined, id)).map((view) => view.id)).toEqual([first]);
});

test('a code that nobody gave opens nothing', async () => {
  const { client } = await openHouse();
  await expect(client.coded('nobody')).rejects.toMatchObject({ code: 'unknown-code', status: 404 });
});
