import type { DecisionInParts, Mechanism } from '@mechane/core';
import { conclusionOf } from '@mechane/core/host';
import { type Case, truthfulCase } from '../case.ts';
import type { Game, Played } from '../game/game.ts';
import { agree } from '../game/same.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** A mechanism with rounds may decide at once, and a direct one in parts, if that comes to the same. */
export const shortcut: Law = caseLaw({
  name: 'structural/shortcut',
  says: 'deciding at once gives the outcome and the rounds of the conversation, and deciding in parts the outcome of deciding at once',
  playsPerRun: 30,
  dependsOnNumbers: true,
  irrelevant: ({ game: { mechanism } }) => (otherWay(mechanism) ? undefined : 'there is one way to the outcome'),
  cost: 8,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess(game, given) {
    const [usual, other] = bothWays(game, given);
    const same = agree(usual.outcome, other.outcome, given.types, game.given);
    return same && (!game.mechanism.roundsOf || usual.rounds === other.rounds) ? 0 : Number.POSITIVE_INFINITY;
  },
  explain(game, given) {
    const [usual, other] = bothWays(game, given);
    const { inParts } = game.mechanism;
    const [truth, deviation] = inParts ? [usual, other] : [other, usual];
    const told = ({ outcome, rounds }: Played): string =>
      inParts ? JSON.stringify(outcome) : `${JSON.stringify(outcome)} in ${rounds} rounds`;
    const [one, another] = inParts
      ? ['deciding as a whole', 'deciding in parts']
      : ['the conversation', 'deciding at once'];
    return {
      counterexample: {
        ...counterexampleOf(game, given),
        truthful: { outcome: truth.outcome },
        deviating: { outcome: deviation.outcome },
      },
      reason: `when ${allSaying(given.types)}, ${one} gives ${told(truth)}, and ${another} ${told(deviation)}`,
      scenarios: [],
    };
  },
});

function bothWays(game: Game, { types, seed }: Case): readonly [Played, Played] {
  const mechanism = otherWay(game.mechanism) as Mechanism;
  return [game.playFully(types, seed), game.playAfresh(types, seed, { mechanism })];
}

/** The mechanism, as it comes to its outcome by another way than usual: in parts where it has them, or by its conversation; nothing where there is none. */
function otherWay(mechanism: Mechanism): Mechanism | undefined {
  const { decide, inParts, ...conversing } = mechanism;
  if (inParts) return { ...mechanism, decide: inPartsApart(inParts) };
  return decide && !mechanism.direct ? (conversing as Mechanism) : undefined;
}

/** Each part is solved by itself, the last one first, and what goes from one to another goes as JSON. */
function inPartsApart({ divide, solve, combine }: DecisionInParts): NonNullable<Mechanism['decide']> {
  return (reports, setup) => {
    const { decided, parts } = asJson(divide(reports, setup));
    const solutions = parts.map(() => undefined as unknown);
    for (let place = parts.length - 1; place >= 0; place--) {
      [solutions[place]] = asJson(solve([parts[place]], reports, setup));
    }
    return conclusionOf(combine(decided, solutions, reports, setup)).outcome;
  };
}

function asJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
