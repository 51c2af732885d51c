/** What students say, what they get, and what that is worth to them: common to both mechanisms. */
import { type AgentId, count, type ErrorDetails, nearestKey, perAgent } from '@mechane/core';
import * as z from 'zod';

/** What each course is worth to a student. No two are worth the same, so that there is always one best schedule. */
export const wishes = z.strictObject({
  points: z
    .record(z.string(), z.number().positive().max(1e6))
    .refine((points) => new Set(Object.values(points)).size === Object.keys(points).length, 'expected no ties'),
});
export type Wishes = z.infer<typeof wishes>;

export const catalogue = z.strictObject({
  courses: z.record(z.string(), count).describe('How many seats each course has'),
  perStudent: count.max(1000).describe('How many courses a student takes at most'),
});
export type Catalogue = z.infer<typeof catalogue>;

export const timetable = z.strictObject({ schedules: z.record(z.string(), z.array(z.string())) });
export interface Timetable {
  readonly schedules: Readonly<Record<AgentId, readonly string[]>>;
}

/** Seats that are taken one by one. */
export class Registrar {
  readonly #seats: Map<string, number>;
  readonly #schedules = new Map<AgentId, string[]>();

  constructor({ courses }: Catalogue) {
    this.#seats = new Map(Object.entries(courses));
  }

  /** Gives a student the course it likes best among those that have a seat and that it does not have; whether there is one. */
  pick(student: AgentId, { points }: Wishes): boolean {
    const schedule = this.#schedules.get(student) ?? [];
    const open = Object.keys(points).filter((course) => this.#seats.get(course) && !schedule.includes(course));
    if (open.length === 0) return false;
    const best = open.reduce((a, b) => ((points[a] ?? 0) > (points[b] ?? 0) ? a : b));
    this.#seats.set(best, (this.#seats.get(best) ?? 0) - 1);
    this.#schedules.set(student, [...schedule, best]);
    return true;
  }

  timetable(students: readonly AgentId[]): Timetable {
    return { schedules: perAgent(students, (student) => this.#schedules.get(student) ?? []) };
  }
}

export function worth(student: AgentId, { points }: Wishes, { schedules }: Timetable): number {
  return (schedules[student] ?? []).reduce(
    (sum, course) => sum + (Object.hasOwn(points, course) ? (points[course] ?? 0) : 0),
    0,
  );
}

export function refuseUnknownCourse({ points }: Wishes, { courses }: Catalogue): ErrorDetails | undefined {
  const known = Object.keys(courses);
  const strange = Object.keys(points).find((course) => !Object.hasOwn(courses, course));
  if (strange === undefined) return undefined;
  const nearest = nearestKey(strange, known);
  return {
    problem: `there is no course ${JSON.stringify(strange)}`,
    path: ['points', strange],
    expected: `courses among ${known.join(', ')}`,
    fix: nearest === undefined ? 'remove it' : `did you mean ${JSON.stringify(nearest)}?`,
  };
}
