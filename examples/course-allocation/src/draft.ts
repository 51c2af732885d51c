/*
 * The draft of Harvard Business School: students pick a course at a time, in an order that is turned round after every round.
 *
 * Budish and Cantillon, "The multi-unit assignment problem", American Economic Review 102 (2012). It promises that nobody comes last in
 * everything; a student gains by picking first what others want, and leaving for later what only it wants.
 */
import { directMechanism } from '@mechane/core';
import { catalogue, Registrar, refuseUnknownCourse, timetable, wishes, worth } from './schedule.ts';

/** Ann may leave art, which only she wants, for later; law is gone by then. */
const popularFirst = {
  settings: { courses: { art: 1, law: 1, tax: 1, zoo: 1 }, perStudent: 2 },
  reports: { ann: { points: { art: 9, law: 8, tax: 1 } }, bob: { points: { law: 9, tax: 5, zoo: 4 } } },
};

export const draft = directMechanism({
  id: 'course-allocation/draft',
  summary: 'Students pick a course at a time, in turns that change direction (Budish and Cantillon 2012)',
  settings: catalogue,
  report: wishes,
  outcome: timetable,
  refuseReport: refuseUnknownCourse,

  decide(reports, { settings, participants, tieOrder }) {
    const registrar = new Registrar(settings);
    const order = [...reports].sort(([a], [b]) => tieOrder(a, b));
    for (let round = 0; round < settings.perStudent; round++) {
      for (const [student, wanted] of order) registrar.pick(student, wanted);
      order.reverse();
    }
    return registrar.timetable(participants);
  },

  value: worth,

  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'Budish and Cantillon 2012: it pays to overreport popular courses and to underreport others',
      witness: { ...popularFirst, deviation: { ann: { points: { law: 9, art: 8, tax: 1 } } }, agent: 'ann' },
    },
    {
      law: 'pareto-efficient',
      holds: false,
      because: 'Bouveret and Lemaître 2016: both may gain by exchanging two courses for one',
      witness: {
        settings: { courses: { art: 1, law: 1, tax: 1 }, perStudent: 2 },
        reports: { ann: { points: { art: 5, law: 4, tax: 2 } }, bob: { points: { art: 8, law: 2, tax: 1 } } },
      },
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to take a course' },
    {
      law: 'envy-free',
      holds: false,
      because: 'Budish and Cantillon 2012: somebody picks first',
      witness: {
        settings: { courses: { art: 1, law: 1 }, perStudent: 1 },
        reports: { ann: { points: { art: 2, law: 1 } }, bob: { points: { art: 2, law: 1 } } },
      },
    },
  ],
});
