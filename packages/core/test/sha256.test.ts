import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromHex, sha256, toHex } from '../src/play/sha256.ts';

test('the examples of FIPS 180-4 have the hashes that are published', () => {
  const of = (text: string) => toHex(sha256(new TextEncoder().encode(text)));
  expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(of('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
  expect(of('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test("bytes of every length around a block, in any parts, have the platform's hash", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(randomBytes(length));
    const cut = length >> 1;
    expect(toHex(sha256(bytes.subarray(0, cut), bytes.subarray(cut)))).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect(fromHex(toHex(bytes))).toEqual(bytes);
  }
});
