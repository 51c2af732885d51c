import { readFileSync } from 'node:fs';
import { subject, verify } from '@mechane/conformance';
import { describeMechanisms } from '@mechane/conformance/vitest';
import { createMechane } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { students, subjects } from '../course-allocation/src/conformance.ts';
import { courseAllocation, draft, serialDictatorship } from '../course-allocation/src/index.ts';

describeMechanisms(subjects);

const mechane = createMechane().use(courseAllocation);
const oneSeatEach = { courses: { art: 1, law: 1, tax: 1, zoo: 1 }, perStudent: 2 };

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../course-allocation/package.json', import.meta.url), 'utf8'));

  test('is found and verified by the command as any plugin is', () => {
    expect(manifest.keywords).toContain('mechane-plugin');
    expect(Object.keys(manifest.exports)).toContain('./conformance');
    expect([courseAllocation.name, courseAllocation.version]).toEqual([manifest.name, manifest.version]);
  });

  test('gives the kit every mechanism that it has', () => {
    expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(courseAllocation.mechanisms.map(({ id }) => id));
  });

  test('refuses a course that is not taught, and says which was meant', () => {
    const reports = { ann: { points: { arts: 1 } } };
    expect(() => mechane.run('course-allocation/draft', { settings: oneSeatEach, reports })).toThrow(
      expect.objectContaining({ path: ['reports', 'ann', 'points', 'arts'], fix: 'did you mean "art"?' }),
    );
  });

  test('refuses points that tie', () => {
    const reports = { ann: { points: { art: 1, law: 1 } } };
    expect(() => mechane.run('course-allocation/draft', { settings: oneSeatEach, reports })).toThrow(
      expect.objectContaining({ code: 'invalid-report', path: ['reports', 'ann', 'points'] }),
    );
  });
});

describe('hostile students and catalogues', () => {
  test('may be called as they like, and name what courses they like', () => {
    const reports = JSON.parse(
      '{ "__proto__": { "points": { "constructor": 2, "toString": 1 } }, "ann": { "points": {} } }',
    );
    const settings = { courses: JSON.parse('{ "constructor": 1, "toString": 1 }'), perStudent: 2 };
    const { outcome, metrics } = mechane.run('course-allocation/draft', { settings, reports });
    expect(Object.entries(outcome.schedules)).toEqual([
      ['__proto__', ['constructor', 'toString']],
      ['ann', []],
    ]);
    expect(metrics.welfare).toBe(3);
  });

  test('cannot make it count for ever', () => {
    const settings = { courses: { art: 1 }, perStudent: 1e15 };
    expect(() => mechane.run('course-allocation/draft', { settings, reports: {} })).toThrow(
      expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'perStudent'] }),
    );
  });
});

describe('serial dictatorship', () => {
  test('lets the first have what it wants and the last what is left, in the order that is set', () => {
    const wanted = { points: { art: 4, law: 3, tax: 2, zoo: 1 } };
    const settings = { ...oneSeatEach, breakTie: { priority: ['bob'] } };
    const { outcome } = mechane.run('course-allocation/serial-dictatorship', {
      settings,
      reports: { ann: wanted, bob: wanted },
    });
    expect({ ...outcome.schedules }).toEqual({ ann: ['tax', 'zoo'], bob: ['art', 'law'] });
  });

  test('by lot, lets both of two students come first under some seed', () => {
    const wanted = { points: { art: 2, law: 1 } };
    const settings = { courses: { art: 1 }, perStudent: 1, breakTie: 'lot' } as const;
    const firsts = Array.from({ length: 20 }, (_, seed) => {
      const reports = { ann: { points: { art: wanted.points.art } }, bob: { points: { art: 2 } } };
      return mechane.run('course-allocation/serial-dictatorship', { settings, reports, seed }).outcome.schedules.ann
        ?.length;
    });
    expect(new Set(firsts)).toEqual(new Set([0, 1]));
  });
});

describe('the draft', () => {
  test('turns round after every round', () => {
    const wanted = { points: { art: 4, law: 3, tax: 2, zoo: 1 } };
    const { outcome } = mechane.run('course-allocation/draft', {
      settings: oneSeatEach,
      reports: { ann: wanted, bob: wanted },
    });
    expect({ ...outcome.schedules }).toEqual({ ann: ['art', 'zoo'], bob: ['law', 'tax'] });
  });

  test('leaves nobody envious once one course of the other is put aside (Caragiannis et al. 2016)', () => {
    const settings = { courses: { art: 1, law: 1, tax: 1, zoo: 1, gym: 1, tea: 1 }, perStudent: 2 };
    fc.assert(
      fc.property(fc.array(students.types(settings), { minLength: 3, maxLength: 3 }), (types) => {
        const reports = Object.fromEntries(types.map((type, index) => [`student${index}`, type]));
        const { schedules } = mechane.run('course-allocation/draft', { settings, reports }).outcome;
        for (const [student, { points }] of Object.entries(reports)) {
          const worth = (courses: readonly string[]) => courses.reduce((sum, course) => sum + (points[course] ?? 0), 0);
          for (const other of Object.values(schedules)) {
            const best = Math.max(0, ...other.map((course) => points[course] ?? 0));
            expect(worth(schedules[student] ?? [])).toBeGreaterThanOrEqual(worth(other) - best);
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('a false claim', () => {
  test('is refuted, with a case in which a student gains by the lie that is shown', async () => {
    const boastful: typeof draft = {
      ...draft,
      claims: () => [{ law: 'strategy-proof', holds: true, because: 'a boast' }],
    };
    const examined = subject({ mechanism: boastful, domain: students, settings: [oneSeatEach] });
    const [verdict] = (await verify(examined, { laws: ['strategy-proof'] })).laws;
    expect(verdict).toMatchObject({ law: 'strategy-proof', verdict: 'refuted' });
    // The counterexample, played by hand: truth and lie, each with what it is worth by the true points.
    const { types = {}, agent = '', report } = verdict?.counterexample ?? {};
    const truth = types as Readonly<Record<string, { points: Record<string, number> }>>;
    const gets = (reports: typeof truth): number => {
      const { schedules } = mechane.run('course-allocation/draft', { settings: oneSeatEach, reports }).outcome;
      return (schedules[agent] ?? []).reduce((sum, course) => sum + (truth[agent]?.points[course] ?? 0), 0);
    };
    expect(gets({ ...truth, [agent]: report as { points: Record<string, number> } })).toBeGreaterThan(gets(truth));
  });

  test('of being envy-free is refuted too', async () => {
    const boastful: typeof serialDictatorship = {
      ...serialDictatorship,
      claims: () => [{ law: 'envy-free', holds: true, because: 'a boast' }],
    };
    const examined = subject({ mechanism: boastful, domain: students, settings: [oneSeatEach] });
    const [verdict] = (await verify(examined, { laws: ['envy-free'] })).laws;
    expect(verdict?.verdict).toBe('refuted');
  });
});

test('the story is told, and ends with the counterexample', { tags: ['long'] }, async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  await import('../course-allocation/src/story.ts');
  const printed = log.mock.calls.flat().join('\n');
  log.mockRestore();
  // By the rules: ann and bob take both seats of what all want, or one of each when they take turns.
  expect(printed).toMatch(
    /serial-dictatorship\n\n {2}ann: finance, poker\n {2}bob: finance, poker\n {2}cat: greek, ethics\n/,
  );
  expect(printed).toMatch(/draft\n\n {2}ann: finance, ethics\n {2}bob: finance, ethics\n {2}cat: poker, greek\n/);
  expect(printed).toMatch(/not strategy-proof, witnessed: ann, .* gains 8 by reporting/);
  expect(printed).toMatch(/The draft claims to be strategy-proof: refuted\. \w+, .* gains \d+ by reporting/);
  expect(printed).not.toMatch(/undecided/);
});
