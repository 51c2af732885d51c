import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { englishAuctions } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(englishAuctions.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);
