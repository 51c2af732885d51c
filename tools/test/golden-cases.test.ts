import { expect, test } from 'vitest';
import { idsIn, playableCases } from '../golden-cases.mjs';

test('ids are found wherever the listing puts them', () => {
  const listing = { plugins: [{ name: 'x', mechanisms: [{ id: 'x/a' }, { id: 'x/b', settings: null }] }] };
  expect([...idsIn(listing)]).toEqual(['x/a', 'x/b']);
  expect([...idsIn([{ id: 'x/a' }])]).toEqual(['x/a']);
});

test('only cases of installed mechanisms are played', () => {
  const cases = ['x/a', 'x/b'].map((mechanism) => ({ scenario: { mechanism } }));
  expect(playableCases(cases, new Set(['x/b']))).toEqual([{ scenario: { mechanism: 'x/b' } }]);
});
