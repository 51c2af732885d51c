import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { type HalfSpace, NearestPoint, nearestPoint } from '../src/nearest-point.ts';

const slack = (point: Float64Array, { coordinates, sign, least }: HalfSpace): number =>
  sign * coordinates.reduce((sum, at) => sum + (point[at] as number), 0) - least;

test('no point of the polyhedron is nearer', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const random = seededRandom(seed);
    const size = 1 + random.below(seed % 3 === 0 ? 30 : 5);
    const vector = (): Float64Array => Float64Array.from({ length: size }, () => random.below(9) - 4);
    const inside = vector();
    const spaces: HalfSpace[] = Array.from({ length: 1 + random.below(4 * size) }, () => {
      const some = Array.from({ length: size }, (_, at) => at).filter(() => random.below(2) === 0);
      const coordinates = some.length === 0 || random.below(2) === 0 ? [random.below(size)] : some;
      const sign = random.below(2) === 0 ? 1 : -1;
      return { coordinates, sign, least: slack(inside, { coordinates, sign, least: 0 }) - random.below(3) };
    });
    const from = vector().map((part) => 3 * part);
    const nearest = nearestPoint(from, spaces, 1e-10);
    for (const space of spaces) expect(slack(nearest, space), `seed ${seed}`).toBeGreaterThan(-1e-7);
    const oneByOne = new NearestPoint(from, 1e-10);
    for (const space of spaces) oneByOne.within([space]);
    for (const [at, part] of oneByOne.point.entries())
      expect(part, `seed ${seed}`).toBeCloseTo(nearest[at] as number, 6);
    // Everything inside lies beyond the plane through the nearest point that faces where it was sought from.
    const back = from.map((part, at) => part - (nearest[at] as number));
    for (let sample = 0; sample < 50; sample++) {
      const other = inside.map((part) => part + (sample === 0 ? 0 : random.next() - 0.5));
      if (spaces.some((space) => slack(other, space) < 0)) continue;
      const beyond = other.reduce((sum, part, at) => sum + (part - (nearest[at] as number)) * (back[at] as number), 0);
      expect(beyond, `seed ${seed}`).toBeLessThanOrEqual(1e-6);
    }
  }
});

test('a polyhedron without points has no nearest', () => {
  const spaces: HalfSpace[] = [
    { coordinates: [0], sign: 1, least: 2 },
    { coordinates: [0], sign: -1, least: -1 },
  ];
  expect(() => nearestPoint(Float64Array.of(0), spaces, 1e-10)).toThrow('no point in common');
});
