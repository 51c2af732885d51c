import { truthfulCase } from '../case.ts';
import { caseLaw } from '../case-law.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import type { Law } from '../law.ts';
import { withoutUtility } from '../temptation.ts';
import { meanwhile, numberInWords, typeInWords } from '../words.ts';

/** Ex post: it is true of every outcome, not only on average. */
export const individuallyRational: Law = caseLaw({
  name: 'individually-rational',
  says: 'a truthful agent never ends below what staying away is worth to it',
  undecidable: withoutUtility,
  cases: (_bench, { types, seed }) => [...types.keys()].map((agent) => truthfulCase(types, seed, agent)),
  excess(arena, { agent, types, seed }, approximately = 0) {
    const agents = agent === undefined ? [...types.keys()] : [agent];
    const outcome = arena.play(types, seed);
    const losses = agents.map((name) => {
      const type = types.get(name);
      return arena.outsideOption(name, type) - arena.utility(name, type, outcome);
    });
    return Math.max(...losses) - approximately;
  },
  explain(arena, given) {
    const outcome = arena.play(given.types, given.seed);
    const losses = [...given.types].map(([name, type]) => {
      return [name, arena.outsideOption(name, type) - arena.utility(name, type, outcome)] as const;
    });
    const [worst = ''] = losses.reduce((most, next) => (next[1] > most[1] ? next : most), losses[0] ?? ['', 0]);
    const agent = given.agent ?? worst;
    const type = given.types.get(agent);
    return {
      counterexample: counterexampleOf(arena, { ...given, agent }),
      reason:
        `${agent}, ${typeInWords(type)}, is truthful and ends with ${numberInWords(arena.utility(agent, type, outcome))}, though staying ` +
        `away is worth ${numberInWords(arena.outsideOption(agent, type))}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});
