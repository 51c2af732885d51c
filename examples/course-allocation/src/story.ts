// Four students want the same two courses. One mechanism invites no lies, the other leaves nobody empty-handed.
import { subject, verify } from '@mechane/conformance';
import { createMechane } from '@mechane/core';
import { students, subjects } from './conformance.ts';
import { courseAllocation, draft } from './index.ts';

const mechane = createMechane().use(courseAllocation);
const settings = { courses: { finance: 2, poker: 2, ethics: 2, greek: 2 }, perStudent: 2 };
const reports = {
  ann: { points: { finance: 9, poker: 8, ethics: 2, greek: 1 } },
  bob: { points: { finance: 9, poker: 7, ethics: 3, greek: 1 } },
  cat: { points: { poker: 9, finance: 8, greek: 2, ethics: 1 } },
  dan: { points: { poker: 6, finance: 5, greek: 4, ethics: 3 } },
};

for (const id of ['course-allocation/serial-dictatorship', 'course-allocation/draft'] as const) {
  const { outcome } = mechane.run(id, { settings, reports });
  console.log(`\n${id}\n`);
  for (const [student, schedule] of Object.entries(outcome.schedules))
    console.log(`  ${student}: ${schedule.join(', ')}`);
}

console.log('\nWhat the package claims, and what the kit finds\n');
for (const examined of subjects) {
  const { mechanism, laws } = await verify(examined, { runs: 20 });
  console.log(`  ${mechanism}`);
  for (const { law, claim, verdict, examined, reason } of laws) {
    if (claim === false) console.log(`    not ${law}, ${verdict}: ${reason}`);
    else if (claim && !law.startsWith('structural/')) console.log(`    ${law} ${verdict} in ${examined} cases`);
  }
  const structure = laws.filter(({ law }) => law.startsWith('structural/'));
  const kept = structure.filter(({ verdict }) => verdict === 'holds');
  console.log(`    and ${kept.length} of ${structure.length} laws of structure hold`);
}

// Now the draft boasts of what it does not keep.
const boastful: typeof draft = { ...draft, claims: () => [{ law: 'strategy-proof', holds: true, because: 'a boast' }] };
const boast = subject({
  mechanism: boastful,
  domain: students,
  settings: [{ courses: { art: 1, law: 1, tax: 1, zoo: 1 }, perStudent: 2 }],
});
const { laws } = await verify(boast, { laws: ['strategy-proof'] });
for (const { law, verdict, reason } of laws) console.log(`\nThe draft claims to be ${law}: ${verdict}. ${reason}`);
