import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { publicChoices } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(publicChoices.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);
