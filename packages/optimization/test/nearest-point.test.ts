import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { type HalfSpace, NearestPoint, nearestPoint } from '../src/index.ts';
import type { QuadraticProgram } from '../src/program.ts';
import { QuadraticMinimum } from '../src/quadratic-minimum.ts';
import { dense } from './dense-program.ts';

const slack = (point: Float64Array, { coordinates, sign, least }: HalfSpace): number =>
  sign * coordinates.reduce((sum, at) => sum + (point[at] as number), 0) - least;

test('no point of the polyhedron is nearer', { tags: ['long'] }, () => {
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
  const act = (): unknown => nearestPoint(Float64Array.of(0), spaces, 1e-10);
  expect(act).toThrow(expect.objectContaining({ code: 'no-common-point' }));
  expect(act).toThrow('no point in common: one is missed by 1');
});

test.each<readonly [string, Partial<HalfSpace>, readonly (string | number)[], string]>([
  ['a coordinate that is not there', { coordinates: [0, 2] }, ['spaces', 1, 'coordinates', 1], 'no coordinate 2'],
  ['a coordinate between others', { coordinates: [0.5] }, ['spaces', 1, 'coordinates', 0], 'no coordinate 0.5'],
  ['a coordinate named twice', { coordinates: [1, 1] }, ['spaces', 1, 'coordinates', 1], '1 is named twice'],
  ['a bound that is no number', { least: Number.NaN }, ['spaces', 1, 'least'], 'this is NaN'],
  ['a bound without end', { least: Infinity }, ['spaces', 1, 'least'], 'this is Infinity'],
])('a half-space is refused for %s', (_, change, path, problem) => {
  const space: HalfSpace = { coordinates: [0, 1], sign: 1, least: 1 };
  const act = (): unknown => nearestPoint(Float64Array.of(0, 0), [space, { ...space, ...change }], 1e-10);
  expect(act).toThrow(expect.objectContaining({ code: 'invalid-half-space', path }));
  expect(act).toThrow(problem);
});

test('both faces of the method find the same point', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = seededRandom(seed);
    const size = 2 + random.below(6);
    const inside = Array.from({ length: size }, () => random.below(9) - 4);
    const spaces = Array.from({ length: 1 + random.below(10) }, (): HalfSpace => {
      const coordinates = inside.flatMap((_, at) => (random.below(2) === 0 ? [at] : []));
      const sign = random.below(2) === 0 ? 1 : -1;
      const sum = coordinates.reduce((total, at) => total + (inside[at] as number), 0);
      return { coordinates, sign, least: sign * sum - random.below(3) };
    });
    const from = Float64Array.from(inside, (part) => 3 * part + random.below(7) - 3);
    const program = dense({
      sense: 'minimize',
      costs: [...from].map((part) => -part),
      lower: inside.map(() => -Infinity),
      hessian: inside.map((_, row) => inside.map((__, column) => Number(row === column))),
      matrix: spaces.map(({ coordinates, sign }) => inside.map((_, at) => (coordinates.includes(at) ? sign : 0))),
      rowLower: spaces.map(({ least }) => least),
      rowUpper: spaces.map(() => Infinity),
    });
    const optimum = new QuadraticMinimum(program as QuadraticProgram, 0).solve(new Float64Array(size), () => false);
    const nearest = nearestPoint(from, spaces, 1e-10);
    for (const [at, part] of nearest.entries())
      expect(part, `seed ${seed}`).toBeCloseTo(optimum?.primal[at] as number, 6);
  }
});
