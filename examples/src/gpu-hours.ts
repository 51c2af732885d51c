/*
 * Four teams share a cluster. Everybody gets the same budget of credits, and a Fisher market finds prices at which every hour is
 * taken, every credit spent, and nobody would rather have what another got. Jobs that need memory as well go through a linear program,
 * whose dual prices say what one more hour, or one more gigabyte, would be worth.
 *
 * Verified: the certificate of each outcome, computed anew from the definition of an equilibrium and of a dual bound; and here, before
 * your eyes, that nobody envies anybody.
 */
import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';

const mechane = createMechane().use(markets);
const hours = { h100: 20, a100: 50, l4: 100 };
type Kind = keyof typeof hours;
const kinds = Object.keys(hours) as Kind[];

/** What an hour of each kind is worth to a team, in jobs done. */
const jobsPerHour = {
  trainer: { h100: 10, a100: 5, l4: 1 },
  tuner: { h100: 6, a100: 5, l4: 2 },
  server: { h100: 3, a100: 2, l4: 2 },
  student: { h100: 4, a100: 4, l4: 2 },
};
type Team = keyof typeof jobsPerHour;
const teams = Object.keys(jobsPerHour) as Team[];

const reports = Object.fromEntries(
  teams.map((team) => [team, { budget: 100, utility: { kind: 'linear' as const, weights: jobsPerHour[team] } }]),
);
const { outcome, certificate } = mechane.run('market/fisher', { settings: { goods: hours }, reports });

const row = (name: string, cells: readonly unknown[]): string =>
  `  ${name.padEnd(10)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
const got = (team: Team, kind: Kind): number => outcome.allocation[team]?.[kind] ?? 0;

const perKind = (of: (kind: Kind) => number | undefined): string[] => kinds.map((kind) => of(kind)?.toFixed(2) ?? '');

console.log('\nHours of GPUs, with 100 credits a team\n');
console.log(row('', kinds));
console.log(
  row(
    'price',
    perKind((kind) => outcome.prices[kind]),
  ),
);
for (const team of teams)
  console.log(
    row(
      team,
      perKind((kind) => got(team, kind)),
    ),
  );
const { status, residual } = certificate;
console.log(`\n  certificate: ${status}; the largest residual is ${residual <= 1e-8 ? 'below 1e-8' : residual}`);

console.log('\nThe jobs that each team could do with the hours of each\n');
console.log(row('', teams));
const jobs = (team: Team, other: Team): number =>
  kinds.reduce((sum, kind) => sum + jobsPerHour[team][kind] * got(other, kind), 0);
let envy = 0;
for (const team of teams) {
  const done = teams.map((other) => jobs(team, other));
  console.log(
    row(
      team,
      done.map((count) => count.toFixed(1)),
    ),
  );
  envy = Math.max(envy, ...done.map((count) => count - jobs(team, team)));
}
console.log(`\n  ${envy < 1e-6 ? 'Nobody could do more with the hours of another.' : `Somebody envies by ${envy}.`}`);

// Jobs that need hours and memory together, at any level. The optimizer is WebAssembly, which is loaded once.
await mechane.prepare();
const planned = mechane.run('market/multi-commodity', {
  settings: { resources: { hours: 40, gigabytes: 120 } },
  reports: {
    render: { uses: [{ value: 30, needs: { hours: 1, gigabytes: 4 } }] },
    train: { uses: [{ value: 50, needs: { hours: 2, gigabytes: 4 } }] },
    mine: { uses: [{ value: 15, needs: { hours: 1 } }] },
  },
});
console.log('\nJobs that need hours and memory\n');
for (const [agent, [level]] of Object.entries(planned.outcome.levels)) {
  console.log(`  ${agent} runs ${level?.toFixed(1)} jobs and pays ${planned.outcome.payments[agent]?.toFixed(1)}`);
}
const { hours: anHour, gigabytes: aGigabyte } = planned.outcome.prices;
console.log(`  one more hour would be worth ${anHour?.toFixed(2)}, one more gigabyte ${aGigabyte?.toFixed(2)}`);
console.log(
  `  certificate: ${planned.certificate.status}; all is worth ${planned.metrics.welfare}, and no plan is worth more`,
);

await mechane.dispose();
