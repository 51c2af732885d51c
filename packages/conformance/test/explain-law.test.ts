import { explainedLaws } from '@mechane/conformance';
import { expect, test } from 'vitest';
import { claimable, structural } from '../src/laws.ts';

test('every law is explained, in sentences that stand by themselves and with where it comes from', () => {
  const known = [...claimable, ...structural].map(({ name }) => name);
  const explained = explainedLaws();
  expect(explained.map(({ law }) => law)).toEqual(known);
  for (const law of explained) {
    for (const sentence of [law.means, law.broken]) expect(sentence).toMatch(/^[A-Z].*[.]$/);
    for (const phrase of [law.says, law.examined, law.source]) expect(phrase).toMatch(/[^.]$/);
    // A year, or that there is no paper.
    expect(law.source).toMatch(/\b(1[89]|20)\d\d\b|^no paper/);
  }
});
