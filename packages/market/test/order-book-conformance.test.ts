import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';

const books = subjects.filter(({ mechanism }) => mechanism.id === 'market/order-book');

test('the order book is examined', () => {
  expect(books).toHaveLength(1);
});

describeMechanisms(books);
