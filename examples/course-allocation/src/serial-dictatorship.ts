/*
 * Serial dictatorship over schedules: one student after the other takes the best schedule that is left. With `breakTie: "lot"` the
 * order is drawn, which makes it the random serial dictatorship.
 *
 * Pápai, "Strategyproof and nonbossy multiple assignments", Journal of Public Economic Theory 3 (2001). It promises that truth is best and
 * that nothing is wasted; whoever comes last may get nothing that is wanted.
 */
import { directMechanism } from '@mechane/core';
import { catalogue, Registrar, refuseUnknownCourse, timetable, wishes, worth } from './schedule.ts';

export const serialDictatorship = directMechanism({
  id: 'course-allocation/serial-dictatorship',
  summary: 'One after the other, students take the best schedule that is left (Pápai 2001)',
  settings: catalogue,
  report: wishes,
  outcome: timetable,
  refuseReport: refuseUnknownCourse,

  decide(reports, { settings, participants, tieOrder }) {
    const registrar = new Registrar(settings);
    for (const [student, wanted] of [...reports].sort(([a], [b]) => tieOrder(a, b))) {
      let taken = 0;
      while (taken < settings.perStudent && registrar.pick(student, wanted)) taken += 1;
    }
    return registrar.timetable(participants);
  },

  value: worth,

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Pápai 2001: what is left for a student does not depend on it' },
    {
      law: 'group-strategy-proof',
      holds: true,
      because: 'Pápai 2001: nobody changes the schedule of another for free',
    },
    {
      law: 'pareto-efficient',
      holds: true,
      because: 'Pápai 2001: the first to get something better would rob another',
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to take a course' },
    {
      law: 'envy-free',
      holds: false,
      because: 'Budish and Cantillon 2012: the last get what all others left',
      witness: {
        settings: { courses: { art: 1, law: 1 }, perStudent: 2 },
        reports: { ann: { points: { art: 2, law: 1 } }, bob: { points: { art: 2, law: 1 } } },
      },
    },
  ],
});
