import type { AgentId, Mechanism, Replies, Round, Setup } from '@mechane/core';
import { conclusionOf, paymentsOf } from '@mechane/core/host';
import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';

/** Whoever keeps agents within a budget relies on what the mechanism says a message can cost. */
export const mostPaid: Law = caseLaw({
  name: 'structural/most-paid',
  says: 'nobody pays more than the mechanism says that its messages may cost',
  playsPerRun: 20,
  dependsOnNumbers: true,
  irrelevant: ({ game: { mechanism } }) => (mechanism.mostPaid ? undefined : 'it does not say what a message may cost'),
  *cases(trial, profile) {
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess(game, given) {
    const { paid, most } = dearest(game, given);
    return game.amounts.add(paid) - game.amounts.add(most);
  },
  explain(game, given) {
    const { agent, paid, most } = dearest(game, given);
    return {
      counterexample: counterexampleOf(game, given),
      reason:
        `when ${allSaying(given.types)}, ${agent} pays ${numberInWords(paid)}, and what it has said may cost ` +
        `${numberInWords(most)} at the most`,
      scenarios: scenariosOf(game, given),
    };
  },
});

interface Charge {
  readonly agent: AgentId;
  readonly paid: number;
  /** The most that it may come to pay for what it has said. */
  readonly most: number;
}

/** Whoever pays most beyond what its messages may cost. */
function dearest(game: Game, { types, seed }: Case): Charge {
  let charges: readonly Charge[] = [];
  const mechanism = overheard(game.mechanism, (all) => {
    charges = all;
  });
  game.playAfresh(types, seed, { mechanism });
  const none: Charge = { agent: '', paid: 0, most: 0 };
  return charges.reduce((first, next) => (next.paid - next.most > first.paid - first.most ? next : first), none);
}

/** The mechanism, which tells at its end what everybody pays, and what it may have come to pay. */
function overheard(mechanism: Mechanism, tell: (charges: readonly Charge[]) => void): Mechanism {
  const { decide: _, ...conversing } = mechanism;
  const conduct: Mechanism['conduct'] = function* (setup) {
    const most = new Map<AgentId, number>();
    const conversation = mechanism.conduct(setup);
    let step = conversation.next(new Map());
    while (!step.done) {
      const replies: Replies<unknown> = yield step.value;
      reckon(mechanism, setup, step.value, replies, most);
      step = conversation.next(replies);
    }
    const payments = paymentsOf(conclusionOf(step.value).outcome) ?? {};
    tell(Object.entries(payments).map(([agent, paid]) => ({ agent, paid, most: most.get(agent) ?? 0 })));
    return step.value;
  };
  return { ...conversing, conduct } as Mechanism;
}

function reckon(
  mechanism: Mechanism,
  { settings }: Setup,
  round: Round,
  replies: Replies<unknown>,
  most: Map<AgentId, number>,
): void {
  for (const [agent, message] of replies) {
    const before = most.get(agent) ?? 0;
    most.set(agent, Number(mechanism.mostPaid?.(message, { settings, ask: round.contentFor(agent), before })));
  }
}
