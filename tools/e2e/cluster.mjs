// npm run e2e:cluster [-- --long] [--sessions=N] [--trace] [--growth] [--built]: nodes on a Postgres of their own, which are killed while auctions are played on them. What came of it is held
// against the engine alone and against what every client saw. Faults that are built in must be found by the same means.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasPostgres } from '../postgres/private-postgres.mjs';
import { installApart, setUp } from './../setup.mjs';

const isLong = process.argv.includes('--long');
const isTraced = process.argv.includes('--trace');
if (!process.argv.includes('--built')) await setUp();
if (!hasPostgres) {
  console.log('NOT CHECKED: clusters, as there is no Postgres');
  process.exit(0);
}
const { engineFolder, pause } = await import('./cluster/nodes.mjs');
await installApart(engineFolder);
if (!existsSync(join(engineFolder, 'node_modules'))) throw new Error(`nothing is installed in ${engineFolder}`);
const { playedUnder } = await import('./cluster/house.mjs');
const { networkIfAllowed } = await import('./cluster/network.mjs');
const { growth, keep } = await import('./cluster/growth.mjs');
if (process.argv.includes('--growth')) {
  const tables = await growth({ sessions: [100, 1_000, 5_000, 20_000], nodes: [1, 2, 4] });
  for (const { title, columns, rows } of tables)
    console.log([title, columns.join(' | '), ...rows.map((row) => row.join(' | '))].join('\n'), '\n');
  keep(new URL('../../bench/results/cluster.json', import.meta.url), tables);
  process.exit(0);
}
const { piecesUnderAKill, scenariosSharedOut } = await import('./cluster/jobs.mjs');
const { told } = await import('./cluster/silence.mjs');
const { triedMutants } = await import('./cluster/tried-mutants.mjs');

/** @typedef {import('./cluster/house.mjs').Fault} Fault */

/** @type {Fault} */
const kill = { name: 'a node is killed', limit: 3, happen: ({ nodes }) => nodes.end('SIGKILL') };
/** @type {Fault} */
const freeze = { name: 'a node is frozen for 15 s', limit: 3, happen: ({ nodes }) => nodes.freeze(15_000) };
/** @type {Fault} */
const restartPostgres = { name: 'Postgres is restarted', limit: 10, happen: async ({ restart }) => restart() };
/** @type {Fault} */
const cut = {
  name: 'two nodes are cut from each other for 10 s',
  limit: 3,
  async happen({ network }) {
    network?.cut(true);
    await pause(10_000);
    network?.cut(false);
  },
};
/** @type {Fault} */
const replaceAll = {
  name: 'all nodes are replaced, one by one',
  limit: 3,
  async happen({ nodes }) {
    for (const _ of nodes.urls) {
      await nodes.start(1);
      await nodes.end('SIGTERM');
      await pause(1000);
    }
  },
};

const asked = process.argv.find((argument) => argument.startsWith('--sessions='))?.split('=')[1];
const network = isLong ? networkIfAllowed() : undefined;
if (isLong && network === undefined)
  console.log('NOT CHECKED: a network that is cut, as this machine lets none be made');
const plan = isLong
  ? {
      sessions: Number(asked ?? 400),
      nodes: 4,
      every: 15_000,
      // So many that 2,000 bidders leave two cores time: each thinks for up to a tenth of the whole.
      rounds: 10,
      // The cut comes first, while the two that are apart are there.
      faults: [...(network ? [cut] : []), kill, kill, freeze, restartPostgres, replaceAll],
      ...(network ? { network } : {}),
    }
  : { sessions: Number(asked ?? 24), nodes: 3, every: 4_000, rounds: 20, faults: [kill] };

const began = performance.now();
const { wrong, receipts, seconds, silences } = await playedUnder(plan).finally(() => network?.close());
console.log(
  `${wrong.length === 0 ? 'ok    ' : 'failed'}  ${plan.sessions} sessions on ${plan.nodes} nodes, ${plan.faults.length} faults: ${receipts} receipts in ${seconds.toFixed(1)} s`,
);
// How long a client waits is told, not judged: it is the machine's too.
for (const { name, limit, wait, heldUp, late } of silences) {
  const longest = (wait?.silent ?? 0) / 1000;
  console.log(
    `        the longest silence, ${name}: ${wait ? longest.toFixed(2) : 'under 0.5'} s (${limit} s asked for; the clients themselves waited for their turn for up to ${(heldUp / 1000).toFixed(2)} s)`,
  );
  if (wait && (longest > limit || isTraced)) console.log(`          ${told(wait)}`);
  if (late.length > 0)
    console.log(
      `        of ${late.length} deadlines the latest came ${(Math.max(...late) / 1000).toFixed(2)} s late (3 s asked for)`,
    );
}
for (const each of wrong.slice(0, 20)) console.error(`        ${each}`);
const missed = await triedMutants();
/** @type {[string, import('./cluster/jobs.mjs').Measured][]} */
const shared = isLong
  ? [
      ['2,000 pieces of 20 ms, a worker killed', await piecesUnderAKill(2_000, 20)],
      ['100,000 scenarios', await scenariosSharedOut(100_000, false)],
      ['100,000 scenarios, a worker killed', await scenariosSharedOut(100_000, true)],
    ]
  : [['20,000 scenarios, a worker killed', await scenariosSharedOut(20_000, true)]];
for (const [name, { wrong: faults, bare, seconds: spent }] of shared) {
  const ratio = (spent / bare).toFixed(2);
  console.log(
    `${faults.length === 0 ? 'ok    ' : 'failed'}  ${name}: ${spent.toFixed(1)} s on two workers, ${bare.toFixed(1)} s without, ${ratio} times as long`,
  );
  for (const each of faults) console.error(`        ${each}`);
  wrong.push(...faults);
}
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s in all`);
if (wrong.length > 0 || missed > 0) process.exitCode = 1;
