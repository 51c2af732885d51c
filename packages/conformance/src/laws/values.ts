import type { AgentId } from '@mechane/core';
import { utilityOf } from '@mechane/core/host';
import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, typeInWords } from '../words/words.ts';

/** The metrics of a run are only as good as what the mechanism says of values. The kit values outcomes itself, by the domain. */
export const values: Law = caseLaw({
  name: 'structural/values',
  says: 'what the mechanism says an outcome, or staying away, is worth is what the domain says',
  playsPerRun: 15,
  dependsOnNumbers: true,
  irrelevant: ({ game: { domain, mechanism } }) => {
    if (domain.value === undefined || domain.ordinal)
      return `the domain ${domain.name} does not say what an outcome is worth in money`;
    return mechanism.value || mechanism.utility ? undefined : 'the mechanism does not say';
  },
  cases: (_trial, { types, seed }) => (types.size === 0 ? [] : [truthfulCase(types, seed)]),
  excess(game, given) {
    const opinions = opinionsIn(game, given);
    if (opinions.length === 0) return Number.NEGATIVE_INFINITY;
    return Math.max(
      ...opinions.map(({ own, domain }) => (Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.abs(own - domain))),
    );
  },
  explain(game, given) {
    const gap = ({ own, domain }: Opinion): number =>
      Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.abs(own - domain);
    const { agent, what, own, domain } = opinionsIn(game, given).reduce((most, next) =>
      gap(next) > gap(most) ? next : most,
    );
    return {
      counterexample: counterexampleOf(game, { ...given, agent }),
      reason:
        `for ${agent}, ${typeInWords(given.types.get(agent))}, the mechanism says that ${what} is worth ${numberInWords(own)}, and the ` +
        `domain ${numberInWords(domain)}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

interface Opinion {
  readonly agent: AgentId;
  readonly what: string;
  readonly own: number;
  readonly domain: number;
}

function opinionsIn(game: Game, { types, seed }: Case): readonly Opinion[] {
  const { mechanism, settings } = game;
  const outcome = game.play(types, seed);
  return [...types].flatMap(([agent, type]): readonly Opinion[] => {
    const parsed = game.parsed(type);
    const own = {
      value: mechanism.value && Number(mechanism.value(agent, parsed, outcome, settings)),
      utility: mechanism.utility && Number(utilityOf(mechanism, agent, parsed, outcome, settings)),
      away: Number(mechanism.outsideOption(agent, parsed, settings)),
    };
    try {
      const away = game.outsideOption(agent, type);
      return [
        ...(own.value === undefined
          ? []
          : [
              {
                agent,
                what: 'the outcome',
                own: game.amounts.add(own.value),
                domain: game.value(agent, type, outcome),
              },
            ]),
        ...(own.utility === undefined
          ? []
          : [
              {
                agent,
                what: 'the outcome after payments',
                own: game.amounts.add(own.utility),
                domain: game.utility(agent, type, outcome),
              },
            ]),
        ...(Number.isFinite(away) ? [{ agent, what: 'staying away', own: own.away, domain: away }] : []),
      ];
    } catch (thrown) {
      if (thrown instanceof Unplayable && thrown.kind === 'refused') return [];
      throw thrown;
    }
  });
}
