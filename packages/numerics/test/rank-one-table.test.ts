import { describe, expect, test } from 'vitest';
import { rankOneTable } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

describe('the rank-one update', () => {
  test.each([
    [1, 1],
    [3, 5],
    [8, 6],
    [130, 131],
  ])('of %d rows and %d columns is the same by WebAssembly and without, to the last bit', (rows, columns) => {
    const random = new SeededNumbers(rows);
    const tables = [rankOneTable(rows, columns, true), rankOneTable(rows, columns, false)] as const;
    const [compiled, plain] = tables;
    const expected: number[] = [];
    for (const name of ['entries', 'shares', 'subtrahend', 'squares'] as const) {
      plain[name].forEach((_, at) => {
        plain[name][at] = random.next() - 0.5;
      });
      compiled[name].set(plain[name]);
    }
    const { width } = plain;
    for (let at = 0; at < rows * width; at++) {
      const share = plain.shares[Math.floor(at / width)] as number;
      expected.push((plain.entries[at] as number) - share * (plain.subtrahend[at % width] as number));
    }
    for (const table of tables) table.update();
    expect([...compiled.entries]).toEqual([...plain.entries]);
    expect([...compiled.squares]).toEqual([...plain.squares]);
    expect([...plain.entries].slice(0, rows * width)).toEqual(expected);
  });

  test('adds up the squares of each column', () => {
    const table = rankOneTable(5, 2, true);
    table.entries.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    table.shares.set([0, 0, 0, 0, 1]);
    table.subtrahend.set([1, 1]);
    table.update();
    expect([...table.squares]).toEqual([1 + 9 + 25 + 49 + 64, 4 + 16 + 36 + 64 + 81]);
  });

  test('does without WebAssembly where it is not allowed', () => {
    const { Module } = WebAssembly;
    Object.defineProperty(WebAssembly, 'Module', {
      configurable: true,
      value: class {
        constructor() {
          throw new Error('refused by the content security policy');
        }
      },
    });
    try {
      const table = rankOneTable(4, 2, true);
      table.shares.fill(1);
      table.subtrahend.fill(2);
      table.update();
      expect([...table.entries]).toEqual(new Array(8).fill(-2));
    } finally {
      Object.defineProperty(WebAssembly, 'Module', { configurable: true, value: Module });
    }
  });
});
