import { startPostgres } from '../../postgres/private-postgres.mjs';
import { faultsIn } from './history.mjs';
import { Nodes, pause } from './nodes.mjs';
import { PlayedSession } from './player.mjs';
import { Silence } from './silence.mjs';

/** @typedef {{ nodes: Nodes, session: PlayedSession, mutant: string, query: import('../../postgres/private-postgres.mjs').Connection['query'] }} Stage */

/** Whatever a right cluster does by itself, it has done within this time on any machine. */
const [patience, littlePatience] = [300_000, 8_000];

const clock = {
  mechanism: 'auction-english/clock',
  settings: { startingPrice: 0, increment: 1 },
  agents: ['ann', 'bob'],
};

/**
 * Cases with what must be found in each: nothing, where nothing is wrong, or the store is a fence.
 *
 * @type {readonly { name: string, nodes: string, expected: RegExp | undefined, play: (stage: Stage) => Promise<string[]> }[]}
 */
const cases = [
  {
    name: 'an engine that has two nodes hold a session, on a store with its key',
    nodes: 'two-holders',
    expected: undefined,
    play: heldTwice,
  },
  {
    name: 'the same on a store without the key',
    nodes: 'two-holders',
    expected: /receipt|its journal is none/,
    async play(stage) {
      await stage.query('alter table journal drop constraint journal_of_session');
      return heldTwice(stage);
    },
  },
  { name: 'a node that answers before it writes', nodes: 'answers-first', expected: /the receipt of/, play: killed },
  { name: 'a node that is killed, once it has answered', nodes: '', expected: undefined, play: killed },
  { name: 'deadlines kept in memory', nodes: 'deadline-in-memory', expected: /not fired/, play: leftAlone },
  { name: 'deadlines found by whoever holds the session', nodes: '', expected: undefined, play: leftAlone },
];

/** Plays all cases. @returns {Promise<number>} in how many something else was found than there is */
export async function triedMutants() {
  let missed = 0;
  for (const { name, nodes: mutant, expected, play } of cases) {
    const postgres = await startPostgres();
    const nodes = new Nodes(postgres.url);
    const database = await postgres.connect();
    try {
      await nodes.start(2, mutant);
      const session = new PlayedSession(() => nodes.urls, 0, new Silence());
      const faults = await play({ nodes, session, mutant, query: database.query });
      const isRight = expected === undefined ? faults.length === 0 : faults.some((fault) => expected.test(fault));
      if (!isRight) missed += 1;
      console.log(
        `${isRight ? 'ok    ' : 'failed'}  ${name}: ${expected ? 'found' : 'nothing found'}${isRight ? '' : ' not'}`,
      );
      if (!isRight) for (const fault of faults) console.error(`        ${fault}`);
    } finally {
      await database.close().catch(() => {});
      await nodes.endAll();
      postgres.stop();
    }
  }
  return missed;
}

/**
 * Both nodes have the session open before either of two agents speaks, each at its own.
 *
 * @param {Stage} stage
 */
async function heldTwice({ session }) {
  await session.make(clock);
  await Promise.all([session.look(0), session.look(1)]);
  await Promise.all([session.say(0, 'ann', 'ann 1', 'in', 1), session.say(1, 'bob', 'bob 1', 'in', 1)]);
  return receiptsOf(session);
}

/**
 * Both nodes are killed once one has answered.
 *
 * @param {Stage} stage
 */
async function killed({ nodes, session }) {
  await session.make(clock);
  await session.say(0, 'ann', 'ann 1', 'in', 1);
  await nodes.endAll();
  await nodes.start(1);
  return receiptsOf(session);
}

/**
 * The nodes of a session that has a deadline are killed before that, and nobody asks for it any more.
 *
 * @param {Stage} stage
 * @param {number} [within] milliseconds
 * @returns {Promise<string[]>}
 */
async function leftAlone({ nodes, session, query, mutant }, within = 1_500) {
  await session.make({ ...clock, within });
  await session.say(0, 'ann', 'ann 1', 'in', 1);
  await nodes.endAll();
  const isOver = async () => {
    const [kept] = await query('select ended from session where id = $1', [session.id]);
    return kept?.ended !== null;
  };
  if (await isOver()) {
    // The deadline was sooner than the kill: a machine that is slow is given longer.
    await nodes.start(2, mutant);
    const next = new PlayedSession(() => nodes.urls, session.number + 1, session.silence);
    return leftAlone({ nodes, session: next, query, mutant }, 4 * within);
  }
  await nodes.start(1, mutant);
  const until = performance.now() + within + (mutant === '' ? patience : littlePatience);
  while (performance.now() < until) {
    if (await isOver()) return receiptsOf(session);
    await pause(100);
  }
  return ['its deadline has not fired'];
}

/**
 * What is wrong with what was said so far.
 *
 * @param {PlayedSession} session
 */
async function receiptsOf(session) {
  const history = await session.history();
  const faults = await faultsIn({ ...history, looked: [], told: undefined });
  return faults.filter((fault) => !fault.endsWith('it has not come to its end'));
}
