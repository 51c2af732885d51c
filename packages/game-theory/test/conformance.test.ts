import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { games } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  const covered = new Set(subjects.map(({ mechanism }) => mechanism.id));
  expect([...covered]).toEqual(games.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);
