/** What `mechane verify` examines: both mechanisms, on students with any wishes and a few catalogues. */
import { type Domain, type Subject, subject } from '@mechane/conformance';
import type { AgentId } from '@mechane/core';
import * as fc from 'fast-check';
import { draft } from './draft.ts';
import type { Catalogue, Timetable, Wishes } from './schedule.ts';
import { serialDictatorship } from './serial-dictatorship.ts';

const ranked = (courses: readonly string[], points: readonly number[]): Wishes => ({
  points: Object.fromEntries(courses.map((course, rank) => [course, points[rank] ?? 0])),
});

/** Students who would take any course, each for another number of points. */
export const students: Domain<Catalogue, Wishes> = {
  name: 'students',
  grid: ({ courses }) =>
    orders(Object.keys(courses)).map((order) =>
      ranked(
        order,
        [...order.keys()].reverse().map((rank) => 2 ** rank),
      ),
    ),
  types({ courses }) {
    const all = Object.keys(courses);
    const points = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: all.length, maxLength: all.length });
    return points.map((drawn) => ranked(all, drawn));
  },
  infeasible(outcome, _types, { courses, perStudent }) {
    const schedules = Object.entries((outcome as Timetable).schedules);
    const [greedy] = schedules.find(([, own]) => own.length > perStudent || new Set(own).size < own.length) ?? [];
    if (greedy !== undefined) return `${greedy} gets too many courses, or one of them twice`;
    const given = schedules.flatMap(([, own]) => own);
    const full = Object.keys(courses).find(
      (course) => given.filter((one) => one === course).length > (courses[course] ?? 0),
    );
    return full === undefined ? undefined : `${full} has more students than seats`;
  },
  *alternatives(types, { courses, perStudent }) {
    for (const schedules of timetables([...types.keys()], courses, perStudent)) yield { schedules };
  },
};

function orders(courses: readonly string[]): readonly (readonly string[])[] {
  if (courses.length === 0) return [[]];
  return courses.flatMap((first, index) => orders(courses.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

/** Every way to give each student as many courses as it may take, or fewer. */
function* timetables(
  [student, ...others]: readonly AgentId[],
  seats: Readonly<Record<string, number>>,
  most: number,
): Generator<Record<AgentId, readonly string[]>> {
  if (student === undefined) {
    yield {};
    return;
  }
  for (const own of choices(
    Object.keys(seats).filter((course) => (seats[course] ?? 0) > 0),
    most,
  )) {
    const left = Object.fromEntries(
      Object.entries(seats).map(([course, free]) => [course, free - (own.includes(course) ? 1 : 0)]),
    );
    for (const rest of timetables(others, left, most)) yield { [student]: own, ...rest };
  }
}

function choices([first, ...rest]: readonly string[], most: number): readonly (readonly string[])[] {
  if (first === undefined || most === 0) return [[]];
  return [...choices(rest, most), ...choices(rest, most - 1).map((chosen) => [first, ...chosen])];
}

const settings: readonly Catalogue[] = [
  { courses: { art: 1, law: 1, tax: 1 }, perStudent: 2 },
  { courses: { art: 2, law: 1, tax: 1 }, perStudent: 2 },
  { courses: { art: 1, law: 1 }, perStudent: 1 },
];
const examination = { participants: { max: 3 }, runs: 20 };

export const subjects: readonly Subject[] = [
  subject({ mechanism: serialDictatorship, domain: students, settings, ...examination }),
  subject({ mechanism: draft, domain: students, settings, ...examination }),
];
