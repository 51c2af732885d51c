import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, journalWriter, signingWith } from '@mechane/core';
import { compactJson } from '../compact-json.ts';
import { type Evidence, nothing } from './evidence.ts';

/** Holds a small auction with a key of its own, and gives what somebody who took part has of it afterwards. */
export async function exampleEvidence(): Promise<Evidence> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const { privateKey, publicKey } = pair as CryptoKeyPair;
  let lines = '';
  const append = (more: string): void => {
    lines += more;
  };
  const session = createMechane()
    .use(sealedAuctions)
    .open('auction-sealed/second-price', {
      id: 'the piano',
      agents: { ann: 'external', bob: 'external', cat: 'external' },
      journal: journalWriter(append, undefined, { sign: signingWith(privateKey) }),
    });
  const receipts = [
    await session.submit('ann', { bid: 310 }),
    await session.submit('bob', { bid: 420 }),
    await session.submit('cat', { bid: 280 }),
  ];
  await session.outcome;
  const { kty, crv, x } = await crypto.subtle.exportKey('jwk', publicKey);
  return { ...nothing, receipt: compactJson(receipts[1]), journal: lines, key: compactJson({ kty, crv, x }) };
}
