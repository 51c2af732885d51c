import type { Client, Receipt } from '@mechane/client';
import { expect, test } from 'vitest';
import { type BadWay, openBadWay } from './houses.ts';

const messages = /^POST .*\/messages/;
const proofs = /^GET .*\/receipts\//;

interface Bidding {
  readonly way: BadWay;
  readonly id: string;
  readonly ann: ReturnType<Client['seat']>;
  readonly bob: ReturnType<Client['seat']>;
}

async function bidding(): Promise<Bidding> {
  const way = await openBadWay();
  const making = { mechanism: 'auction-sealed/second-price', agents: ['ann', 'bob'], within: 60_000 };
  const { id, agents } = await way.client.create(making);
  const [ann, bob] = [agents.ann, agents.bob].map((agent) => way.client.seat(agent?.token ?? ''));
  return { way, id, ann: ann as Bidding['ann'], bob: bob as Bidding['bob'] };
}

type Answer = { receipt: Receipt };
const otherHash = 'ab'.repeat(32);

const falseReceipts: readonly (readonly [string, (answer: Answer) => unknown])[] = [
  ['is none', () => ({})],
  ['is nothing', () => null],
  ['is for another session', ({ receipt }) => ({ receipt: { ...receipt, session: 'another' } })],
  ['has no number', ({ receipt }) => ({ receipt: { ...receipt, seq: '2' } })],
  ['has no hash', ({ receipt }) => ({ receipt: { ...receipt, hash: null } })],
  ['is not signed', ({ receipt: { signature: _, ...rest } }) => ({ receipt: rest })],
  ['has another hash than was signed', ({ receipt }) => ({ receipt: { ...receipt, hash: otherHash } })],
  ['has another time than was signed', ({ receipt }) => ({ receipt: { ...receipt, at: receipt.at + 1 } })],
  ['has another number than was signed', ({ receipt }) => ({ receipt: { ...receipt, seq: receipt.seq + 1 } })],
  ['is signed by nobody', ({ receipt }) => ({ receipt: { ...receipt, signature: '00'.repeat(64) } })],
];

test.each(falseReceipts)('a receipt that %s is refused', async (_, lie) => {
  const { way, ann } = await bidding();
  way.next(messages, lie);
  await expect(ann.submit({ bid: 7 })).rejects.toMatchObject({
    code: 'false-receipt',
    fix: expect.stringContaining('key'),
  });
});

test('a receipt that was given for another message is refused', async () => {
  const { way, ann } = await bidding();
  const first = await ann.submit({ bid: 7 });
  way.next(messages, () => ({ receipt: first }));
  await expect(ann.submit({ bid: 8 })).rejects.toMatchObject({ code: 'false-receipt' });
});

test('receipts are held to a key that is known from elsewhere, and to none where one wants it so', async () => {
  const { way, ann } = await bidding();
  const { publicKey } = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const receiptKey = await crypto.subtle.exportKey('jwk', publicKey);
  expect(await way.connected({ receiptKey }).receiptKey()).toEqual(receiptKey);
  expect(await way.connected({}).receiptKey()).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
  await expect(way.connected({ receiptKey }).seat(ann.token).submit({ bid: 7 })).rejects.toMatchObject({
    code: 'false-receipt',
  });
  const trusting = way.connected({ verify: false }).seat(ann.token);
  way.next(messages, ({ receipt: { signature: _, ...rest } }: Answer) => ({ receipt: rest }));
  expect(await trusting.submit({ bid: 7 })).toMatchObject({ session: ann.session });
});

test('where no key can be had, that is said, and it is asked for again the next time', async () => {
  const { way, ann } = await bidding();
  way.next(/GET \/key/, () => ({ kty: 'OKP', crv: 'Ed25519', x: 'short' }));
  await expect(ann.submit({ bid: 7 }, { key: 'one' })).rejects.toMatchObject({
    code: 'cannot-verify',
    fix: expect.stringContaining('verify: false'),
  });
  expect((await ann.submit({ bid: 7 }, { key: 'one' })).signature).toMatch(/^[0-9a-f]{128}$/);
});

// biome-ignore lint/suspicious/noExplicitAny: a lie may be anything
type Lie = (proof: any) => unknown;
const falseProofs: readonly (readonly [string, Lie])[] = [
  ['is none', () => ({})],
  ['is nothing', () => null],
  ['has no entry', (proof) => ({ ...proof, entry: null })],
  ['has a short salt', (proof) => ({ ...proof, salt: 'ab' })],
  ['has leaves that are none', (proof) => ({ ...proof, leaves: ['leaf'] })],
  ['is of another agent', (proof) => ({ ...proof, entry: { ...proof.entry, agent: 'bob' } })],
  ['is of another entry', (proof) => ({ ...proof, entry: { ...proof.entry, seq: proof.entry.seq + 1 } })],
  ['is of what was taken back', (proof) => ({ ...proof, entry: { ...proof.entry, kind: 'withdrawn' } })],
  ['is of another key', (proof) => ({ ...proof, entry: { ...proof.entry, key: 'another' } })],
  ['says something else', (proof) => ({ ...proof, entry: { ...proof.entry, message: { bid: 70 } } })],
  ['says something else in another shape', (proof) => ({ ...proof, entry: { ...proof.entry, message: [7] } })],
  ['was said in another round', (proof) => ({ ...proof, entry: { ...proof.entry, round: 2 } })],
  ['has another salt', (proof) => ({ ...proof, salt: '00'.repeat(16) })],
  ['follows another entry', (proof) => ({ ...proof, previous: otherHash })],
  ['leaves out what came after', (proof) => ({ ...proof, leaves: proof.leaves.slice(1) })],
  ['adds what never was', (proof) => ({ ...proof, leaves: [...proof.leaves, otherHash] })],
  ['leads to another head', (proof) => ({ ...proof, head: otherHash })],
];

test('a proof that leads from the receipt to the head is believed, and any other is refused', async () => {
  const { way, id, ann, bob } = await bidding();
  const receipt = await ann.submit({ bid: 7 });
  expect((await ann.prove(receipt)).entry).toMatchObject({ agent: 'ann', message: { bid: 7 } });
  await bob.submit({ bid: 9 });
  const { head } = await way.client.close(id);
  expect((await ann.prove(receipt, { head })).head).toBe(head);
  for (const [how, lie] of falseProofs) {
    way.next(proofs, lie);
    await expect(ann.prove(receipt), how).rejects.toMatchObject({
      code: 'false-proof',
      fix: expect.stringContaining('replay'),
    });
  }
  await expect(ann.prove(receipt, { message: { bid: 8 } })).rejects.toMatchObject({ code: 'false-proof' });
  await expect(ann.prove(receipt, { head: otherHash })).rejects.toMatchObject({ code: 'false-proof' });
  await expect(ann.prove({ ...receipt, seq: 3 })).rejects.toMatchObject({ code: 'false-receipt' });
  await expect(bob.prove(receipt)).rejects.toMatchObject({ code: 'not-yours' });
});

test('a sound proof of another journal than the one that is shown is refused', async () => {
  const { way, id, ann } = await bidding();
  const receipt = await ann.submit({ bid: 7 });
  // As it stood before the end: whoever keeps it back shows two journals.
  let early: unknown;
  way.next(proofs, (proof) => {
    early = proof;
    return proof;
  });
  await ann.prove(receipt);
  await way.client.close(id);
  way.next(proofs, () => early);
  await expect(ann.prove(receipt)).rejects.toMatchObject({
    code: 'false-proof',
    message: expect.stringContaining('head'),
  });
});

test('a receipt that was kept in a file is proved by whoever has the token', async () => {
  const { way, ann } = await bidding();
  const kept = JSON.stringify(await ann.submit({ bid: 7, unheard: undefined }));
  const later = way.connected({}).seat(ann.token);
  expect((await later.prove(JSON.parse(kept))).entry.message).toEqual({ bid: 7 });
  await expect(later.prove(JSON.parse(kept), { message: { bid: 70 } })).rejects.toMatchObject({ code: 'false-proof' });
});

test('what a mechanism adds to a message, where one has left it out, is no lie', async () => {
  const way = await openBadWay();
  const { agents } = await way.client.create({ mechanism: 'market/call', agents: ['ann', 'bob'] });
  const seat = way.client.seat(agents.ann?.token ?? '');
  const receipt = await seat.submit({ side: 'buy', price: 9 });
  expect((await seat.prove(receipt)).entry.message).toEqual({ side: 'buy', price: 9, quantity: 1 });
});
