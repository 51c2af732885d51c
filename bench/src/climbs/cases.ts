import type { Subject } from '@mechane/conformance';
import * as fc from 'fast-check';
import type { Case } from './climb.ts';
import { mechane, mechanisms, subjects } from './installed.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** Where a program is solved, or values are approached: time is not meant to be proportional to the size. */
const solving = /^auction-combinatorial|^game-theory|^market\/(exchange|fisher|multi-commodity|tatonnement)$/;

/** A case of more and more agents for every mechanism, and what else can be large there. */
export function cases(): readonly Case[] {
  const own = scenarios.map(({ mechanism, of, at, ...more }): Case => {
    const { proportional = !solving.test(mechanism) } = more;
    return { mechanism, of, proportional, prepare: (size) => playOf(mechanism, at(size)) };
  });
  const agents = mechanisms
    .filter((id) => !own.some(({ mechanism, of }) => mechanism === id && of.startsWith('agents')))
    .map((id): Case => {
      const subject = subjects.find(({ mechanism }) => mechanism.id === id);
      if (subject === undefined) throw new TypeError(`there are no types to draw agents of ${id} from`);
      return {
        mechanism: id,
        of: 'agents',
        proportional: !solving.test(id),
        prepare: (size) => playOf(id, drawnAgents(subject, size)),
      };
    });
  return [...agents, ...own].sort((a, b) => mechanisms.indexOf(a.mechanism) - mechanisms.indexOf(b.mechanism));
}

function playOf(mechanism: string, scenario: Scenario): () => unknown {
  return () => mechane.runScenario({ mechanism, seed: 1, ...scenario } as never);
}

/** So many agents of the types that the mechanism is examined on, under the simplest settings. */
function drawnAgents({ mechanism, domain, settings: [first = {}] = [] }: Subject, size: number): Scenario {
  const settings = mechanism.settings.parse(first);
  const drawn = fc.sample(domain.types(settings), { numRuns: size, seed: size });
  const types = domain.together?.(drawn, settings) ?? drawn;
  const said = types.map((type, index): [string, unknown] => [`agent${index}`, type]);
  return { settings: first as object, ...(mechanism.report ? { reports: new Map(said) } : { messages: said }) };
}
