import type { AgentId } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, typeInWords } from '../words/words.ts';
import { interimRational } from './interim-rational.ts';
import { withoutUtility } from './needs.ts';

/** Ex post: it is true of every outcome, not only on average, and whatever the others do. */
const exPostRational: Law = caseLaw({
  name: 'individually-rational',
  says: 'a truthful agent never ends below what staying away is worth to it',
  playsPerRun: 80,
  aboutValues: true,
  dependsOnNumbers: true,
  undecidable: withoutUtility,
  *cases(trial, profile) {
    if (profile.types.size === 0) return;
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess: (game, given, approximately = 0) => worstLoss(game, given).loss - approximately,
  explain(game, given) {
    const { agent } = worstLoss(game, given);
    const outcome = game.play(given.types, given.seed);
    const type = given.types.get(agent);
    return {
      counterexample: counterexampleOf(game, { ...given, agent }),
      reason:
        `${agent}, ${typeInWords(type)}, is truthful and ends with ${numberInWords(game.utility(agent, type, outcome))}, though staying ` +
        `away is worth ${numberInWords(game.outsideOption(agent, type))}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

/** Ex post, and where a claim says so in the interim, which is weaker. */
export const individuallyRational: Law = { ...exPostRational, inMode: { interim: interimRational } };

/** Who loses most by having come. */
function worstLoss(game: Game, { types, seed }: Case): { readonly agent: AgentId; readonly loss: number } {
  const outcome = game.play(types, seed);
  let worst = { agent: '', loss: Number.NEGATIVE_INFINITY };
  for (const [agent, type] of types) {
    if (departs(type)) continue;
    const loss = game.outsideOption(agent, type) - game.utility(agent, type, outcome);
    if (loss > worst.loss) worst = { agent, loss };
  }
  return worst;
}
