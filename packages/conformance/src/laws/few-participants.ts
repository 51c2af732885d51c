import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { paymentFlaw } from '../game/outcome-flaws.ts';
import { ifPlayable, isAboutSettings, Unplayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

export const fewParticipants: Law = caseLaw({
  name: 'structural/few-participants',
  says: 'nobody at all, or a single agent, is enough for an outcome',
  playsPerRun: 4,
  sizes: [0, 1],
  irrelevant: ({ fewest }) => (fewest > 1 ? `it takes ${fewest} agents` : undefined),
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess: (game, given) => (flawIn(game, given) === undefined ? 0 : Number.POSITIVE_INFINITY),
  explain: (game, given) => ({
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, ${flawIn(game, given)}`,
    scenarios: scenariosOf(game, given),
  }),
});

/** Whether what an agent says is refused by itself, and not because it is alone. */
function isRefusedInCompany(game: Game, types: Case['types'], seed: number): boolean {
  const [said] = types.values();
  if (types.size === 0) return false;
  return ifPlayable(() => game.playAfresh(new Map([...types, ['company', said]]), seed)) === undefined;
}

function flawIn(game: Game, { types, seed }: Case): string | undefined {
  try {
    return paymentFlaw(game.play(types, seed), types.keys());
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    // Where too many rounds are played for one agent with a great number, as many would be for more of them.
    if (thrown.kind === 'endless' || thrown.isImprecise) return undefined;
    // Settings may name who has to be there.
    if (thrown.kind === 'refused' && isAboutSettings(thrown.cause)) return undefined;
    if (thrown.kind === 'refused' && isRefusedInCompany(game, types, seed)) throw thrown;
    return `there is no outcome: ${thrown.message}`;
  }
}
