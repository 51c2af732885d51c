import { canonicalJson as canonicalInCore } from '@mechane/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../src/canonical-json.ts';

test('canonical JSON is RFC 8785’s: its example of keys in the order of their code units', () => {
  // Section 3.2.3.
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
  const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, null])));
  expect(written).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:null`).join(',')}}`);
});

test('canonical JSON is what the journal is written in, for whatever an agent may say', () => {
  // Halves of surrogate pairs are among them: no message may stop a run.
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const said = fc.jsonValue({ stringUnit: unit, maxDepth: 3 });
  fc.assert(
    fc.property(said, (value) => {
      expect(canonicalJson(value)).toBe(canonicalInCore(value));
    }),
    { numRuns: 100 },
  );
});
