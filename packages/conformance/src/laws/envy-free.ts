import type { AgentId } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { renamed } from '../game/renamed.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, typeInWords } from '../words/words.ts';
import { withoutUtility } from './needs.ts';

/** Foley 1967. Payments count: an agent envies what another gets for what the other pays. */
export const envyFree: Law = caseLaw({
  name: 'envy-free',
  says: 'no agent would rather have what another gets for what the other pays',
  playsPerRun: 50,
  aboutValues: true,
  dependsOnNumbers: true,
  undecidable: withoutUtility,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess: (game, given, approximately = 0) => strongestEnvy(game, given).envy - approximately,
  explain(game, given) {
    const { agent, other, envy } = strongestEnvy(game, given);
    return {
      counterexample: counterexampleOf(game, { ...given, agent }),
      reason:
        `${agent}, ${typeInWords(given.types.get(agent))}, would gain ${numberInWords(envy)} in the place of ${other}` +
        meanwhile(given, agent),
      scenarios: scenariosOf(game, given),
    };
  },
});

interface Envy {
  readonly agent: AgentId;
  readonly other: AgentId;
  readonly envy: number;
}

function strongestEnvy(game: Game, { types, seed }: Case): Envy {
  const outcome = game.play(types, seed);
  let strongest: Envy = { agent: '', other: '', envy: Number.NEGATIVE_INFINITY };
  for (const [agent, type] of types) {
    const own = game.utility(agent, type, outcome);
    for (const other of types.keys()) {
      if (other === agent) continue;
      const exchange = new Map([
        [agent, other],
        [other, agent],
      ]);
      const envy = game.utility(agent, type, renamed(outcome, exchange)) - own;
      if (envy > strongest.envy) strongest = { agent, other, envy };
    }
  }
  return strongest;
}
