import { startPostgres } from '../../postgres/private-postgres.mjs';
import { clockWithDeadlines, patientClock, timedAuction } from './games.mjs';
import { faultsIn } from './history.mjs';
import { deadlinesIn } from './lateness.mjs';
import { Nodes, pause } from './nodes.mjs';
import { PlayedSession } from './player.mjs';
import { Silence } from './silence.mjs';

/** @typedef {{ nodes: Nodes, restart: () => void, network: import('./network.mjs').Network | undefined }} Stage */

/**
 * What happens to a cluster, and how long a client may wait for an answer over it, in seconds.
 *
 * @typedef {{ name: string, limit: number, happen: (stage: Stage) => Promise<unknown> }} Fault
 */

/**
 * Plays sessions on nodes while faults happen to them, and gives all that is wrong with what came of it.
 *
 * @param {{ sessions: number, nodes: number, faults: readonly Fault[], every: number, rounds: number, network?: import('./network.mjs').Network }} plan `every` so many milliseconds a fault; `rounds` that patient clocks have at the most
 */
export async function playedUnder({ sessions: count, nodes: size, faults, every, rounds, network }) {
  const postgres = await startPostgres(network);
  const nodes = new Nodes(postgres.url, network);
  try {
    await nodes.start(size);
    const silence = new Silence();
    const sessions = Array.from({ length: count }, (_, number) => new PlayedSession(() => nodes.urls, number, silence));
    const whole = every * (faults.length + 1);
    const games = sessions.map((_, number) => gameOf(number, rounds, whole));
    await Promise.all(sessions.map((session, number) => session.make(games[number]?.making ?? {})));
    const began = performance.now();
    const playing = Promise.all(
      sessions.map(async (session, number) => {
        const following = session.follow();
        await games[number]?.play(session);
        session.isOver();
        await following;
      }),
    );
    // What goes wrong while faults happen is thrown once they have, so that nodes are ended all the same.
    playing.catch(() => {});
    const moments = [began];
    for (const fault of faults) {
      await pause(every);
      moments.push(performance.now());
      await fault.happen({ nodes, restart: postgres.restart, network });
    }
    await playing;
    const seconds = (performance.now() - began) / 1000;
    const wrong = [];
    /** @type {import('./lateness.mjs').Deadline[]} */
    const deadlines = [];
    for (const [number, session] of sessions.entries()) {
      const history = await session.history();
      wrong.push(...(await faultsIn(history)));
      deadlines.push(...(await deadlinesIn(history.journal)));
      const expected = (await games[number]?.expected(history.journal)) ?? {};
      const outcome = /** @type {Record<string, unknown>} */ (history.outcome ?? {});
      for (const [name, value] of Object.entries(expected))
        if (outcome[name] !== value) wrong.push(`${number}: its ${name} is ${outcome[name]}, not ${value}`);
    }
    const receipts = sessions.flatMap(({ said }) => said.filter(({ receipt }) => receipt)).length;
    const silences = [{ name: 'before', limit: 1 }, ...faults].map(({ name, limit }, place) => {
      const [from, until] = [moments[place] ?? 0, moments[place + 1] ?? Number.POSITIVE_INFINITY];
      const late = deadlines
        .filter(({ due }) => due - performance.timeOrigin > from && due - performance.timeOrigin <= until)
        .map((each) => each.late);
      return { name, limit, wait: silence.longest(from, until), heldUp: silence.heldUp(from, until), late };
    });
    return { wrong, receipts, seconds, silences };
  } finally {
    await nodes.endAll();
    postgres.stop();
  }
}

/**
 * @param {number} number
 * @param {number} rounds
 * @param {number} whole milliseconds in which all faults happen
 */
function gameOf(number, rounds, whole) {
  if (number % 4 === 1) return timedAuction(number, whole);
  if (number % 4 === 3) return clockWithDeadlines(number, Math.ceil(whole / 4));
  return patientClock(number, rounds, whole);
}
