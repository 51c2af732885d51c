import { englishAuctions } from '@mechane/auction-english';
import { createMechane, readJournalLines, seededRandom } from '@mechane/core';
import { pause } from './nodes.mjs';

/** Bidders come within the first of so many parts of the time that all is to last: not all in one instant. */
const arrivals = 14;

/** @typedef {import('./player.mjs').PlayedSession} PlayedSession */

const mechane = createMechane().use(englishAuctions);
const bidders = ['ann', 'bob', 'cat', 'dan', 'eve'];

/**
 * A kind of session: how it is made and played, and what must come out of it.
 *
 * @typedef {{
 *   making: object,
 *   play: (session: PlayedSession) => Promise<unknown>,
 *   expected: (journal: string) => Promise<Readonly<Record<string, unknown>>>,
 * }} Game
 */

/**
 * A clock without deadlines: what is said when changes nothing, and the engine alone knows the outcome before.
 *
 * @param {number} seed
 * @param {number} rounds about so many
 * @param {number} whole milliseconds that it is to last, about: bidders think as long as that takes
 * @returns {Game}
 */
export function patientClock(seed, rounds, whole) {
  const values = valuesOf(seed, rounds);
  const [thought, come] = [thinking(seed, whole / rounds), thinking(seed + 1, whole / arrivals)];
  const settings = { startingPrice: 0, increment: 1 };
  return {
    making: { mechanism: 'auction-english/clock', settings, agents: bidders },
    play: (session) =>
      everybody(session, come, (agent) => async (price) => {
        await thought();
        return price <= (values[agent] ?? 0) ? 'in' : 'out';
      }),
    expected: async () => {
      const reports = Object.fromEntries(bidders.map((agent) => [agent, { value: values[agent] ?? 0 }]));
      const { winner, payment } = mechane.run('auction-english/clock', { settings, reports }).outcome;
      return { winner, payment };
    },
  };
}

/**
 * A clock whose rounds are open for a while: one of five says nothing, so that only deadlines bring it on.
 *
 * @param {number} seed
 * @param {number} within milliseconds
 * @returns {Game}
 */
export function clockWithDeadlines(seed, within) {
  const [thought, come] = [thinking(seed, within / 2), thinking(seed + 1, within / 4)];
  const settings = { startingPrice: 0, increment: 1, maxRounds: 3 };
  return {
    making: { mechanism: 'auction-english/clock', settings, agents: bidders, within },
    play: (session) =>
      everybody(session, come, (agent) => async () => {
        if (agent === 'eve') return undefined;
        await thought();
        return 'in';
      }),
    // Whoever is late because a machine is slow is silent: what was heard decides, and the engine alone.
    expected: async (journal) => {
      const { outcome } = mechane.replay((await readJournalLines(journal)).journal);
      const { winner, payment } = /** @type {{ winner: string, payment: number }} */ (outcome);
      return { winner, payment };
    },
  };
}

/**
 * An auction of a while: what was heard in time decides, by a rule of two lines.
 *
 * @param {number} seed
 * @param {number} duration milliseconds
 * @returns {Game}
 */
export function timedAuction(seed, duration) {
  const values = valuesOf(seed, 1000);
  const settings = { duration, startingPrice: 0, increment: 1 };
  const random = seededRandom(seed);
  const starts = bidders.map(() => random.below(Math.floor(duration / 2)));
  return {
    making: { mechanism: 'auction-english/timed', settings, agents: bidders },
    play: (session) =>
      Promise.all(
        bidders.map(async (agent, index) => {
          await pause(starts[index] ?? 0);
          await session.say(session.number + index, agent, `${agent} bids`, { max: values[agent] });
          while ((await session.look(session.number + index)).status === 'open') await pause(5000);
        }),
      ),
    expected: async (journal) => {
      const { entries } = (await readJournalLines(journal)).journal;
      const bids = entries.flatMap((entry) =>
        entry.kind === 'message' ? [{ agent: entry.agent, .../** @type {{ max: number }} */ (entry.message) }] : [],
      );
      // Of equal maxima, the first: sorting keeps their order.
      const [highest, second] = [...bids].sort((a, b) => b.max - a.max);
      if (highest === undefined) return { winner: null, payment: 0 };
      return { winner: highest.agent, payment: second ? Math.min(highest.max, second.max + 1) : 0 };
    },
  };
}

/**
 * @param {number} seed
 * @param {number} most
 * @returns {Record<string, number>}
 */
function valuesOf(seed, most) {
  const random = seededRandom(seed);
  return Object.fromEntries(bidders.map((agent) => [agent, 1 + random.below(most)]));
}

/**
 * Bidders who think: for as long as is drawn for each.
 *
 * @param {number} seed
 * @param {number} most milliseconds
 * @returns {() => Promise<unknown>}
 */
function thinking(seed, most) {
  const random = seededRandom(seed);
  return () => pause(random.below(Math.ceil(most)));
}

/**
 * All bidders of a clock, each at a node of its own.
 *
 * @param {PlayedSession} session
 * @param {() => Promise<unknown>} come kept when the next of them comes
 * @param {(agent: string) => (price: number) => Promise<'in' | 'out' | undefined>} answer
 */
function everybody(session, come, answer) {
  return Promise.all(
    bidders.map(async (agent, index) => {
      await come();
      await session.playClock(session.number + index, agent, answer(agent));
    }),
  );
}
