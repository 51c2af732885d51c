import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { startPostgres } from '../../postgres/private-postgres.mjs';
import { adminToken, Nodes, pause } from './nodes.mjs';

/** @typedef {{ id: string, agents: Record<string, { token: string }>, round: number }} Made */
/** @typedef {import('../../postgres/private-postgres.mjs').PrivatePostgres} PrivatePostgres */
/** @typedef {import('../../postgres/private-postgres.mjs').Connection} Connection */

const agents = ['ann', 'bob'];
const making = { mechanism: 'auction-english/clock', settings: { startingPrice: 0, increment: 1 }, agents };
/** So many requests are open at once, and so many messages are said for a figure. */
const [lanes, messages] = [32, 3_000];
/** So long nothing is said, to see what nodes do all the same, in milliseconds. */
const idleFor = 6_000;
const pageSize = 2 ** 20;

/**
 * What a cluster does with ever more sessions, and with ever more nodes, as tables for `bench/results/cluster.json`.
 *
 * @param {{ sessions: readonly number[], nodes: readonly number[] }} sizes
 */
export async function growth({ sessions, nodes }) {
  const bySessions = await measured(2, sessions);
  const byNodes = [];
  for (const count of nodes) byNodes.push(...(await measured(count, [sessions[1] ?? 1_000])));
  return [
    tableOf('Ever more sessions on two nodes: clocks of two agents', bySessions),
    tableOf('Ever more nodes on the same cores, each in a process of its own, and their clients too', byNodes),
    limitOf(byNodes),
  ];
}

/**
 * Figures of one cluster, at each number of sessions.
 *
 * @param {number} count nodes
 * @param {readonly number[]} sizes
 */
async function measured(count, sizes) {
  const postgres = await startPostgres();
  const nodes = new Nodes(postgres.url);
  const database = await postgres.connect();
  try {
    await nodes.start(count);
    /** @type {Made[]} */
    const made = [];
    const rows = [];
    for (const size of sizes) {
      await inLanes(size - made.length, async (number) => {
        made.push(await make(nodes.urls, size * 10 + number));
      });
      // What is compiled for the first time is not for the first figure to pay.
      if (rows.length === 0) await played(nodes.urls, made, messages / 3);
      rows.push(await figures(nodes, postgres, database, made));
    }
    return rows;
  } finally {
    await database.close();
    await nodes.endAll();
    postgres.stop();
  }
}

/**
 * @param {Nodes} nodes
 * @param {PrivatePostgres} postgres
 * @param {Connection} database
 * @param {Made[]} made
 */
async function figures(nodes, postgres, database, made) {
  const before = [spentBy(nodes.processes), spentBy(postgres.processes())];
  const { times, seconds } = await played(nodes.urls, made, messages);
  const spent = [spentBy(nodes.processes), spentBy(postgres.processes())].map(
    (now, place) => now - (before[place] ?? 0),
  );
  const began = [spentBy(nodes.processes), spentBy(postgres.processes())];
  await pause(idleFor);
  const idle = [spentBy(nodes.processes), spentBy(postgres.processes())].map(
    (now, place) => ((now - (began[place] ?? 0)) / idleFor) * 1000,
  );
  const size = nodes.urls.length;
  const [sizes] = await database.query(`
    select (select count(*) from journal)::float8 as rows, pg_total_relation_size('journal')::float8 as bytes,
      (select count(*) from pg_stat_activity where backend_type = 'client backend')::float8 as connections,
      (select count(*) from cluster_messages)::float8 + (select count(*) from cluster_replies)::float8 as engine`);
  const { rows = 0, bytes = 0, connections = 0, engine = 0 } = /** @type {Record<string, number>} */ (sizes ?? {});
  return {
    nodes: size,
    sessions: made.length,
    perSecond: times.length / seconds,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    nodeCost: (spent[0] ?? 0) / times.length,
    postgresCost: (spent[1] ?? 0) / times.length,
    nodeIdle: (idle[0] ?? 0) / size,
    postgresIdle: (idle[1] ?? 0) / size,
    memory: nodes.processes.reduce((sum, pid) => sum + residentIn(pid), 0) / size / pageSize,
    rows: rows / made.length,
    bytes: bytes / made.length,
    connections: (connections - 1) / size,
    engine,
    load: loadavg()[0] ?? 0,
  };
}

/** @typedef {Awaited<ReturnType<typeof figures>>} Figures */

/**
 * @param {string} title
 * @param {readonly Figures[]} all
 */
function tableOf(title, all) {
  return {
    title,
    columns: [
      ...['nodes', 'sessions open', 'messages a second', 'ms to a receipt: median', '99 of 100'],
      ...[
        'ms of computing a message: nodes',
        'Postgres',
        'ms a second while nothing is said: a node',
        'Postgres for it',
      ],
      ...['MB a node', 'rows a session', 'bytes a session', 'connections a node', 'rows of the engine', 'load average'],
    ],
    rows: all.map((each) =>
      [
        ...[
          each.nodes,
          each.sessions,
          Math.round(each.perSecond),
          each.median,
          each.p99,
          each.nodeCost,
          each.postgresCost,
        ],
        ...[each.nodeIdle, each.postgresIdle, each.memory, each.rows, Math.round(each.bytes), each.connections],
        ...[each.engine, each.load],
      ].map((figure) => Number(figure.toPrecision(3))),
    ),
    notes: [
      `${messages} messages, ${lanes} at once, each at the next node; clients, nodes and Postgres share ${cpus().length} cores`,
      'computing: user and system time of the processes; bytes: the table of the journal with its key',
    ],
  };
}

/**
 * What would end first with a hundred nodes of one core each, reckoned from what each step costs with the most nodes that were measured.
 *
 * @param {readonly Figures[]} all
 */
function limitOf(all) {
  const most = all.at(-1);
  if (most === undefined) throw new Error('nothing was measured');
  const hundred = 100;
  // Of n nodes, all but one of n requests is handed on; what is asked where its session is held is not.
  const alone = all[0]?.nodeCost ?? most.nodeCost;
  const handing = ((most.nodeCost - alone) * most.nodes) / Math.max(1, most.nodes - 1);
  const nodeCost = alone + (handing * (hundred - 1)) / hundred;
  const idle = (Math.max(0, most.postgresIdle) * hundred) / 1000;
  const nodesCan = (hundred * (1000 - most.nodeIdle)) / nodeCost;
  const coreCan = 1000 / most.postgresCost;
  return {
    title: 'What would limit a hundred nodes of one core each, reckoned from the cost of each step',
    columns: ['step', 'ms of computing a message', 'messages a second', 'what it comes to'],
    rows: [
      [
        'a node answers, and hands on what another holds',
        Number(nodeCost.toPrecision(3)),
        Math.round(nodesCan),
        'a hundred cores',
      ],
      ['of that, handing on', Number(((handing * (hundred - 1)) / hundred).toPrecision(3)), null, null],
      ['Postgres keeps it', Number(most.postgresCost.toPrecision(3)), Math.round(coreCan), 'one core of Postgres'],
      ['Postgres, while nothing is said', null, null, `${idle.toPrecision(2)} cores`],
      [
        'so that Postgres needs',
        null,
        Math.round(nodesCan),
        `${(nodesCan / coreCan + idle).toPrecision(2)} cores for a hundred nodes that are busy`,
      ],
      ['connections', null, null, `${Math.round(most.connections * hundred)} of Postgres`],
    ],
  };
}

/**
 * Puts tables among those of the suite, in place of those of the same titles.
 *
 * @param {URL} file
 * @param {readonly { title: string }[]} tables
 */
export function keep(file, tables) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const titles = new Set(tables.map(({ title }) => title));
  result.tables = [
    ...result.tables.filter((/** @type {{ title: string }} */ { title }) => !titles.has(title)),
    ...tables,
  ];
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

/**
 * Plays rounds in sessions that are spread over all, no two at once in one.
 *
 * @param {readonly string[]} urls
 * @param {readonly Made[]} made
 * @param {number} count
 */
async function played(urls, made, count) {
  /** @type {number[]} */
  const times = [];
  const atOnce = Math.min(lanes / agents.length, made.length);
  const perLane = Math.floor(made.length / atOnce);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      for (let turn = 0; turn < count / atOnce / agents.length; turn++) {
        const session = /** @type {Made} */ (made[lane * perLane + (turn % perLane)]);
        await Promise.all(
          Object.values(session.agents).map(async ({ token }, place) => {
            const from = performance.now();
            const url = urls[(lane + turn + place) % urls.length];
            const body = { message: 'in', round: session.round };
            await asked(`${url}/sessions/${session.id}/messages`, token, body);
            times.push(performance.now() - from);
          }),
        );
        session.round += 1;
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { times: times.sort((one, other) => one - other), seconds };
}

/**
 * @param {readonly string[]} urls
 * @param {number} number
 * @returns {Promise<Made>}
 */
async function make(urls, number) {
  const answer = await asked(`${urls[number % urls.length]}/sessions`, adminToken, making);
  return { ...answer, round: 1 };
}

/**
 * @param {string} url
 * @param {string} token
 * @param {object} body
 */
async function asked(url, token, body) {
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status === 201) return response.json();
    // Sessions move while nodes come in.
    if (response.status !== 503) throw new Error(`${response.status} ${await response.text()}`);
    await response.text();
  }
}

/**
 * @param {number} count
 * @param {(number: number) => Promise<void>} act
 */
async function inLanes(count, act) {
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < count) await act(next++);
    }),
  );
}

/**
 * @param {readonly number[]} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Milliseconds that processes have computed. @param {readonly number[]} processes */
function spentBy(processes) {
  return processes.reduce((sum, pid) => sum + computedBy(pid), 0);
}

/** Clock ticks are hundredths of a second wherever Linux runs on what Node runs on. @param {number} pid */
function computedBy(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // With that of children that have ended.
    return [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0) * 10;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function residentIn(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}
