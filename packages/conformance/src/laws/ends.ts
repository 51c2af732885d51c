import type { AgentId } from '@mechane/core';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import type { Reach } from '../draw/misreports.ts';
import type { Profile } from '../draw/profiles.ts';
import { silenced } from '../draw/strategies.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import { type Game, longestConversation } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { withDepartures } from '../search/said-variously.ts';
import { allSaying, saying } from '../words/words.ts';

/** Types are those of the grid, with which every sensible conversation is short. */
export const ends: Law = caseLaw({
  name: 'structural/ends',
  says: 'the conversation ends, also when agents never answer or say what no proxy would',
  playsPerRun: 15,
  irrelevant: ({ game }) => (game.mechanism.report ? undefined : 'it ends with the last message'),
  cost: 3,
  *cases(trial, profile, reach) {
    for (const said of heard(trial, profile, reach)) yield truthfulCase(said, profile.seed);
  },
  excess: (game, given) => (endlessness(game, given) === undefined ? 0 : Number.POSITIVE_INFINITY),
  explain: (game, given) => ({
    counterexample: { settings: game.given, types: Object.fromEntries(given.types) },
    reason: `${inWords(given.types)}, ${endlessness(game, given)}`,
    scenarios: [],
  }),
});

/** Everybody answers, nobody does, one never does; and in the search, some depart from their proxies. */
function* heard(trial: Trial, { types, seed }: Profile, reach: Reach): Generator<Reports> {
  const { grid } = trial.game;
  const random = trial.random(`ends ${seed}`);
  const isDrawn = reach === 'many' && grid.length > 0;
  const short: Reports = isDrawn
    ? fitted(trial, new Map([...types.keys()].map((agent) => [agent, grid[random.below(grid.length)]])))
    : types;
  yield short;
  yield silenced(short, new Set(short.keys()));
  for (const agent of short.keys()) yield silenced(short, new Set([agent]));
  const { strategies } = trial;
  if (!isDrawn || strategies === undefined) return;
  for (const agent of short.keys()) yield withDepartures(strategies, short, agent, random);
}

function fitted({ game: { domain, settings } }: Trial, types: Reports): Reports {
  if (!domain.together) return types;
  const together = domain.together([...types.values()], settings);
  return new Map([...types.keys()].map((agent, index) => [agent, together[index]]));
}

function endlessness(game: Game, { types, seed }: Case): string | undefined {
  try {
    game.play(types, seed);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    if (thrown.kind === 'endless') return `it has not ended after ${longestConversation} rounds`;
    return thrown.kind === 'broke' ? `the mechanism fails: ${thrown.message}` : undefined;
  }
}

/** "when ann bids 3 and bob bids 6, and ann never answers". */
function inWords(said: Reports): string {
  const isSilent = (report: unknown): boolean =>
    departs(report) &&
    report.departures.some(({ from, message, follows }) => from === 1 && message === undefined && !follows);
  const silent: readonly AgentId[] = [...said].filter(([, report]) => isSilent(report)).map(([agent]) => agent);
  if (silent.length === 0) return `when ${allSaying(said)}`;
  const others = [...said].filter(([agent]) => !silent.includes(agent)).map(([agent, report]) => saying(agent, report));
  if (others.length === 0) return 'when nobody answers';
  return `when ${others.join(' and ')}, and ${silent.join(' and ')} never answer${silent.length === 1 ? 's' : ''}`;
}
