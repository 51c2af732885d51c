import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { BasisWalk } from '../src/two-player/basis-walk.ts';
import { ScaledMatrix } from '../src/two-player/scaled-matrix.ts';
import { VisitedBases } from '../src/two-player/visited-bases.ts';

describe('the bases a walk has met', () => {
  test.each([4, 24, 40, 52, 53, 80])('of %d variables are those of a set', (variables) => {
    const random = seededRandom(variables);
    const visited = new VisitedBases(variables);
    const outside = Array.from({ length: variables >> 1 }, (_, variable) => variable);
    const known = new Set<string>();
    let key = visited.first(outside.length);
    for (let step = 0; step < 3000; step++) {
      const name = outside.toSorted((a, b) => a - b).join();
      expect(visited.add(key)).toBe(!known.has(name));
      known.add(name);
      const inside = Array.from({ length: variables }, (_, variable) => variable).filter(
        (variable) => !outside.includes(variable),
      );
      const leaving = inside[random.below(inside.length)] as number;
      const place = random.below(outside.length);
      key = visited.exchanged(key, leaving, outside[place] as number);
      outside[place] = leaving;
    }
  });
});

describe('a walk over bases', () => {
  test('sees the vertices of a cube', () => {
    // Each coordinate is at most 1 to within a little, which changes no basis.
    const matrix = Array.from({ length: 4 }, (_, i) =>
      Array.from({ length: 4 }, (_, j) => (i === j ? 1_000_000n : 1n)),
    );
    const walk = new BasisWalk(new ScaledMatrix(matrix));
    const supports = new Set<string>();
    for (let step = walk.step(); step !== 'all'; step = walk.step()) {
      expect(step).toBe('arrived');
      supports.add(
        [...walk.basic]
          .filter((variable) => variable < 4)
          .sort()
          .join(),
      );
    }
    expect(supports.size).toBe(15);
  });

  test('comes to the same bases however few dictionaries are kept', () => {
    const random = seededRandom(9);
    const size = 7;
    const matrix = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => BigInt(500 + random.below(500))),
    );
    const scaled = new ScaledMatrix(matrix);
    const names = (kept: number): string[] => {
      const walk = new BasisWalk(scaled, kept);
      const met: string[] = [];
      for (let step = walk.step(); step === 'arrived'; step = walk.step()) {
        met.push([...walk.nonbasic].sort((a, b) => a - b).join());
      }
      return met.sort();
    };
    const [few, many] = [names(2), names(10_000)];
    expect(few).toEqual(many);
    expect(new Set(few).size).toBe(few.length);
    expect(few.length).toBeGreaterThan(50);
  });

  test('dictionaries hardly drift over thousands of steps', () => {
    const random = seededRandom(10);
    const size = 14;
    const matrix = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => BigInt(500 + random.below(500))),
    );
    const walk = new BasisWalk(new ScaledMatrix(matrix));
    let worst = 0;
    for (let count = 0; count < 3000; count++) {
      expect(walk.step()).toBe('arrived');
      if (count % 50 !== 0) continue;
      const before = walk.entries.slice();
      walk.rebuild();
      walk.entries.forEach((entry, at) => {
        worst = Math.max(worst, Math.abs(entry - (before[at] as number)) / (1 + Math.abs(entry)));
      });
    }
    expect(worst).toBeLessThan(1e-6);
  });

  test('says so where doubles find no way on', () => {
    // A column without a positive entry leads nowhere.
    const scaled = new ScaledMatrix([[1n, 1n]]);
    scaled.doubles[0] = 0;
    expect(new BasisWalk(scaled).step()).toBe('astray');
  });
});
