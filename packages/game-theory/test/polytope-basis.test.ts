import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { PolytopeBasis } from '../src/two-player/polytope-basis.ts';

describe('a basis in doubles', () => {
  test('stays feasible, with its support’s rows tight, whatever enters', { tags: ['long'] }, () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const [rows, columns] = [2 + random.below(12), 2 + random.below(12)];
      const matrix = Float64Array.from({ length: rows * columns }, () => 0.2 + random.next());
      const basis = new PolytopeBasis((at) => matrix.subarray(at * rows, (at + 1) * rows), rows, columns);
      for (let step = 0; step < 150; step++) {
        const outside = Array.from({ length: columns + rows }, (_, variable) => variable).filter((variable) =>
          variable < columns ? !basis.support.includes(variable) : basis.tight.includes(variable - columns),
        );
        expect(outside).toHaveLength(columns);
        expect(basis.enter(outside[random.below(columns)] as number)).not.toBe(-1);
        const x = basis.coordinates();
        expect(basis.support).toHaveLength(basis.tight.length);
        for (let row = 0; row < rows; row++) {
          const product = x.reduce((sum, weight, column) => sum + weight * (matrix[column * rows + row] as number), 0);
          expect(product).toBeLessThan(1 + 1e-9);
          if (basis.tight.includes(row)) expect(product).toBeCloseTo(1, 9);
        }
      }
    }
  });

  test('mends its inverse when a column hardly differs from another', () => {
    const size = 8;
    const random = seededRandom(6);
    const first = Array.from({ length: size }, () => 0.5 + random.next());
    const matrix = new Float64Array(size * size);
    for (let column = 0; column < size; column++) {
      for (let row = 0; row < size; row++) matrix[column * size + row] = (first[row] as number) + 1e-9 * random.next();
    }
    const basis = new PolytopeBasis((at) => matrix.subarray(at * size, (at + 1) * size), size, size);
    for (let step = 0; step < 400; step++) {
      const outside = Array.from({ length: 2 * size }, (_, variable) => variable).filter((variable) =>
        variable < size ? !basis.support.includes(variable) : basis.tight.includes(variable - size),
      );
      if (basis.enter(outside[random.below(size)] as number) === -1) break;
    }
    basis.refresh();
    const x = basis.coordinates();
    for (const row of basis.tight) {
      const product = x.reduce((sum, weight, column) => sum + weight * (matrix[column * size + row] as number), 0);
      expect(product).toBeCloseTo(1, 6);
    }
  });
});
