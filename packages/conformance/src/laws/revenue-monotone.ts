import { type Case, deviated, deviatingCase, type Reports } from '../case.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { numberInWords, saying } from '../words/words.ts';
import { withoutPayments } from './needs.ts';

/** Rastegari, Condon and Leyton-Brown 2011: another bidder never costs revenue. */
export const revenueMonotone: Law = caseLaw({
  name: 'revenue-monotone',
  says: 'revenue never falls when another agent takes part',
  playsPerRun: 60,
  dependsOnNumbers: true,
  pointless: withoutPayments,
  undecidable: withoutPayments,
  *cases(trial, { types, seed }) {
    if (types.size <= trial.fewest) return;
    for (const agent of types.keys()) yield deviatingCase(types, seed, agent, null);
  },
  excess: (game, given, approximately = 0) => lost(game, given) - approximately,
  explain(game, given) {
    const [absent = ''] = given.deviation.keys();
    const others = [...given.types]
      .filter(([agent]) => agent !== absent)
      .map(([agent, report]) => saying(agent, report));
    const [present, without] = revenuesIn(game, given).map(numberInWords);
    return {
      counterexample: counterexampleOf(game, given),
      reason:
        `revenue is ${present} when ${saying(absent, given.types.get(absent))}, and ` +
        `${without} when ${absent} stays away, while ${others.join(' and ')}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

function lost(game: Game, given: Case): number {
  const [present, absent] = revenuesIn(game, given);
  return absent - present;
}

/** Revenue when everybody is there, and when somebody stays away. */
function revenuesIn(game: Game, given: Case): readonly [number, number] {
  const revenue = (reports: Reports): number =>
    game.amounts.add(game.revenue(game.play(reports, given.seed)) ?? Number.NaN);
  return [revenue(given.types), revenue(deviated(given))];
}
