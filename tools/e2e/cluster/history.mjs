import { readJournalLines } from '@mechane/core';

/**
 * What an agent said, as it saw it: `invoked` and `returned` are moments of one clock.
 *
 * @typedef {{
 *   agent: string, key: string, message: unknown, invoked: number, returned: number,
 *   receipt?: { seq: number, at: number, hash: string }, code?: string,
 * }} Said
 */

/** @typedef {{ invoked: number, returned: number, head: string }} Looked what somebody saw who looked */

/**
 * All that is known of a session from outside, and its journal.
 *
 * `told` is left out where nobody followed it to its end.
 *
 * @typedef {{ id: string, said: readonly Said[], looked: readonly Looked[], told: readonly number[] | undefined, journal: string, outcome: unknown }} History
 */

/** Codes by which a message is refused for good: it must not count. */
const refusals = ['late-message', 'bid-too-low', 'duplicate-message', 'out-of-turn', 'session-over', 'not-revisable'];

/**
 * What is wrong with a session's history: it is linearizable if there is one order of all that happened, in which whatever ended before something else
 * began stands before it (Herlihy and Wing 1990). The journal is that order, or there is none.
 *
 * @param {History} history
 * @returns {Promise<string[]>}
 */
export async function faultsIn({ id, said, looked, told, journal: text, outcome }) {
  const read = await readJournalLines(text).catch((error) => String(error.message));
  if (typeof read === 'string') return [`${id}: its journal is none: ${read}`];
  const { entries, seals = [] } = read.journal;
  /** @type {string[]} */
  const faults = [];
  /** @param {string} fault */
  const found = (fault) => faults.push(`${id}: ${fault}`);
  if (!read.closed) found('it has not come to its end');
  for (const [place, { seq }] of entries.entries())
    if (seq !== place) found(`its entry ${place} has the number ${seq}`);

  const keys = entries.flatMap((entry) => (entry.kind === 'message' && entry.key !== undefined ? [entry.key] : []));
  for (const key of new Set(keys))
    if (keys.filter((each) => each === key).length > 1) found(`${key} was heard more than once`);

  for (const { agent, key, message, receipt, code } of said) {
    if (code !== undefined && refusals.includes(code) && keys.includes(key)) found(`${key} was refused, and counts`);
    if (receipt === undefined) continue;
    const entry = entries[receipt.seq];
    const isKept =
      entry?.kind === 'message' &&
      entry.agent === agent &&
      entry.key === key &&
      JSON.stringify(entry.message) === JSON.stringify(message) &&
      seals[receipt.seq]?.hash === receipt.hash;
    if (!isKept) found(`the receipt of ${key} is for entry ${receipt.seq}, which is not what was said`);
  }
  faults.push(...outOfOrder(id, said, looked, new Map(seals.map(({ hash }, place) => [hash, place]))));

  const happened = entries.filter(({ kind }) => kind !== 'closing').map(({ seq }) => seq);
  if (told !== undefined && JSON.stringify(told) !== JSON.stringify(happened))
    found(`its events were told as ${told}, not ${happened}`);
  const last = entries.at(-1);
  if (told !== undefined && last?.kind === 'closed' && JSON.stringify(last.outcome) !== JSON.stringify(outcome))
    found('its outcome is not its journal’s');
  return faults;
}

/**
 * Pairs of which the one had ended before the other began, and which stand the other way round.
 *
 * @param {string} id
 * @param {readonly Said[]} said
 * @param {readonly Looked[]} looked
 * @param {ReadonlyMap<string, number>} places of hashes in the journal
 */
function outOfOrder(id, said, looked, places) {
  const faults = [];
  const seen = looked.flatMap(({ invoked, returned, head }) => {
    const place = places.get(head);
    if (place === undefined)
      faults.push(`${id}: somebody saw the head ${head.slice(0, 8)}, which its journal never had`);
    return place === undefined ? [] : [{ invoked, returned, place, isLook: true }];
  });
  const kept = said.flatMap(({ invoked, returned, receipt }) =>
    receipt ? [{ invoked, returned, place: receipt.seq, isLook: false }] : [],
  );
  const all = [...seen, ...kept];
  for (const before of all)
    for (const after of all) {
      if (before.returned >= after.invoked) continue;
      // Who looks may see what was there already; what is said is new.
      const isRight = after.isLook ? before.place <= after.place : before.place < after.place;
      if (!isRight)
        faults.push(`${id}: what ended before another began stands after it: ${before.place}, ${after.place}`);
    }
  return faults;
}
