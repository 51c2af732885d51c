import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, deviated } from '../case.ts';
import { broken, type CaseLaw } from '../case-law.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw, heightIn } from '../examine-cases.ts';
import type { Finding, Law } from '../law.ts';
import { minimal } from '../minimal.ts';
import { explore, obviousTemptation, randomGame } from '../obvious-temptation.ts';
import { gridProfiles } from '../profile.ts';
import { nothingSeen } from '../seen.ts';
import { withoutUtility } from '../temptation.ts';
import { partingOf, type Transcript, transcriptOf } from '../transcript.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, saying, typeInWords } from '../words.ts';

const mostWorlds = 1_500;
const largestGame = 3;
const randomGames = 6;

/**
 * Li 2017: wherever truth and a lie first part, the worst that can still come of the truth is no worse than the best that can come of the
 * lie, whatever the others are. A sealed auction has one such point, at which an agent knows nothing.
 */
const worlds: CaseLaw = {
  name: 'obviously-strategy-proof',
  says: 'at the point of departure, the worst case of staying truthful is no worse than the best case of deviating',
  undecidable: (bench) =>
    bench.arena.mechanism.report ? withoutUtility(bench) : 'it takes messages, and nobody knows what would be truthful',
  cases: () => [],
  /** `types` is the world that is bad for the truth; with `deviation`, the world that is good for the lie. */
  excess(arena, given, approximately = 0) {
    const { agent, type, truth, lie, parting } = comparedWorlds(arena, given);
    if (parting === undefined) return Number.NEGATIVE_INFINITY;
    return arena.utility(agent, type, lie.outcome) - arena.utility(agent, type, truth.outcome) - approximately;
  },
  explain(arena, given) {
    const { agent, type, truth, lie, parting = 0 } = comparedWorlds(arena, given);
    const report = given.deviation.get(agent);
    const [bad, good] = [truth, lie].map(({ outcome }) => numberInWords(arena.utility(agent, type, outcome)));
    const asked = truth.seenBy.get(agent)?.[parting]?.asked;
    const others = [...deviated(given)]
      .filter(([other]) => other !== agent)
      .map(([other, theirs]) => saying(other, theirs));
    const inBest = others.length === 0 ? '' : ` if ${others.join(' and ')}`;
    const inWorst = meanwhile({ ...given, deviation: new Map([[agent, report]]) }, agent).replace(' while ', ' if ');
    return {
      counterexample: counterexampleOf(arena, given),
      reason:
        `${agent}, ${typeInWords(type)}, may end with ${bad} when it is truthful${inWorst}, and with ${good} by ` +
        `${reportingInWords(report)} instead of ${inWords(type)}${inBest}; asked ${asked} in round ${parting + 1}, it cannot tell which`,
      scenarios: scenariosOf(arena, given),
    };
  },
};

const judged: Law = caseLaw(worlds);

export const obviouslyStrategyProof: Law = {
  ...judged,
  async examine(bench, approximately): Promise<Finding> {
    const complete: number[] = [];
    let examined = 0;
    const height = heightIn(worlds, bench.arena, approximately, nothingSeen());
    const conclude = async (found: Case, method: Finding['method']): Promise<Finding> => {
      const breaks = (given: Case): boolean => height(given) === broken;
      const smallest = await minimal(worlds, bench, found, breaks);
      return { method, examined, extent: '', violation: worlds.explain(bench.arena, smallest) };
    };
    for (let size = bench.fewest; size <= Math.min(bench.most, largestGame); size++) {
      if (bench.arena.grid.length ** size > mostWorlds) break;
      const game = await explore(bench, gridProfiles(bench.arena, size, 1));
      examined += game.worlds.length;
      const found = obviousTemptation(bench.arena, game, height);
      if (found) return conclude(found, 'exhaustive');
      complete.push(size);
    }
    const random = bench.random('obviously');
    for (let round = 0; round < randomGames && bench.profiles.length > 0 && bench.most > 1; round++) {
      const game = await explore(bench, randomGame(bench, random.below(bench.profiles.length)));
      examined += game.worlds.length;
      const found = obviousTemptation(bench.arena, game, height);
      if (found) return conclude(found, 'search');
    }
    if (examined === 0) return { method: 'search', examined, extent: '', undecided: 'no conversation could be played' };
    const proved = complete.map((size) => `every profile of ${size} over ${bench.arena.grid.length} types`);
    return {
      method: complete.some((size) => size >= Math.min(2, bench.most)) ? 'exhaustive' : 'search',
      examined,
      extent: [...proved, `${randomGames} random sets of types`].join(', '),
    };
  },
};

/** What the agent of a case sees in its two worlds, and where it parts from the truth. */
function comparedWorlds(
  arena: Arena,
  given: Case,
): { agent: AgentId; type: unknown; truth: Transcript; lie: Transcript; parting: number | undefined } {
  const { agent = '', types, seed } = given;
  const truth = transcriptOf(arena, types, seed);
  const lie = transcriptOf(arena, deviated(given), seed);
  return {
    agent,
    type: types.get(agent),
    truth,
    lie,
    parting: partingOf(truth.seenBy.get(agent), lie.seenBy.get(agent)),
  };
}
