import { readJournalLines } from '@mechane/core';

/**
 * A deadline that came: when it was due, and how long after that its round closed.
 *
 * @typedef {{ due: number, late: number }} Deadline milliseconds since 1970, and milliseconds
 */

/**
 * The deadlines of a session that closed a round, by its journal: the round was opened until a moment, and nothing closed it before.
 *
 * @param {string} text
 * @returns {Promise<Deadline[]>}
 */
export async function deadlinesIn(text) {
  const { entries } = (await readJournalLines(text)).journal;
  const due = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'asked' && entry.closesAt !== null ? [[entry.round, entry.closesAt]] : [],
    ),
  );
  return entries.flatMap((entry) => {
    if (entry.kind !== 'round-closed') return [];
    const moment = due.get(entry.round);
    return moment === undefined || entry.at < moment ? [] : [{ due: moment, late: entry.at - moment }];
  });
}
