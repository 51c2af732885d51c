import type { AgentId } from '@mechane/core';
import { type Case, deviated, deviatingCase } from '../case.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, typeInWords } from '../words/words.ts';
import { withoutExternalities, withoutUtility } from './needs.ts';

/**
 * Moulin 1988, against the no-show paradox of Brams and Fishburn 1983: whoever stays away still lives with what the others come to, and that,
 * valued by its own type, is what taking part is compared with. Where outcomes concern only those who take part, this is individual rationality.
 */
export const participation: Law = caseLaw({
  name: 'participation',
  says: 'no truthful agent would rather have what comes of the others without it',
  playsPerRun: 80,
  aboutValues: true,
  dependsOnNumbers: true,
  pointless: withoutExternalities,
  undecidable: withoutUtility,
  *cases(trial, profile) {
    if (profile.types.size <= trial.fewest) return;
    for (const said of saidVariously(trial, profile)) {
      for (const agent of said.keys()) yield deviatingCase(said, profile.seed, agent, null);
    }
  },
  excess(game, given, approximately = 0) {
    const worths = worthsOf(game, given);
    return worths === undefined ? Number.NEGATIVE_INFINITY : worths.absent - worths.present - approximately;
  },
  explain(game, given) {
    const { agent = '', types } = given;
    const { absent, present } = worthsOf(game, given) as Worths;
    const counterexample = counterexampleOf(game, given);
    return {
      counterexample: { ...counterexample, deviating: { ...counterexample.deviating, utility: absent } },
      reason:
        `${agent}, ${typeInWords(types.get(agent))}, loses ${numberInWords(absent - present)} by taking part${meanwhile(given, agent)}: its utility is ` +
        `${numberInWords(present)} rather than the ${numberInWords(absent)} of what comes of the others without it`,
      scenarios: scenariosOf(game, given),
    };
  },
});

interface Worths {
  readonly present: number;
  readonly absent: number;
}

/** What the outcome is worth to an agent with it and without it; `undefined` where that is not what the case is about. */
function worthsOf(game: Game, given: Case): Worths | undefined {
  const { agent, types, deviation, seed } = given;
  if (agent === undefined || deviation.get(agent) !== null || departs(types.get(agent))) return undefined;
  const type = types.get(agent);
  const present = game.utility(agent, type, game.play(types, seed));
  return { present, absent: absentWorth(game, given, agent) };
}

/** Whoever has something of its own, such as a house, keeps it; whoever has not lives with what the others come to. */
function absentWorth(game: Game, given: Case, agent: AgentId): number {
  const type = given.types.get(agent);
  const own = game.outsideOption(agent, type);
  return Number.isFinite(own) && own !== 0 ? own : game.utility(agent, type, game.play(deviated(given), given.seed));
}
