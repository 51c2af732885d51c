import type { AgentId } from '@mechane/core';
import { type Arena, Unplayable } from '../arena.ts';
import type { Bench } from '../bench.ts';
import { type Case, deviated, type Reports } from '../case.ts';
import { type CaseLaw, caseLaw } from '../case-law.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import type { Finding, Law } from '../law.ts';
import { minimal } from '../minimal.ts';
import { gridProfiles, type Profile } from '../profile.ts';
import { withoutUtility } from '../temptation.ts';
import { type Exchange, type Transcript, transcriptOf } from '../transcript.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, saying, typeInWords } from '../words.ts';

const mostWorlds = 1_500;
const largestGame = 3;
const randomTypes = 4;
const randomGames = 6;

/**
 * Li 2017: wherever truth and a lie first part, the worst that can still come of the truth is no worse than the best that can come of the
 * lie, whatever the others are. A sealed auction has one such point, at which an agent knows nothing.
 */
const worlds: CaseLaw = {
  name: 'obviously-strategy-proof',
  says: 'at the point of departure, the worst case of staying truthful is no worse than the best case of deviating',
  undecidable: ({ arena, ...rest }) =>
    arena.mechanism.report
      ? withoutUtility({ arena, ...rest })
      : 'it takes messages, and nobody knows what would be truthful',
  cases: () => [],
  /** `types` is the world that is bad for the truth; with `deviation`, the world that is good for the lie. */
  excess(arena, given, approximately = 0) {
    const { agent, types, seed } = given;
    if (agent === undefined) return Number.NEGATIVE_INFINITY;
    const [truth, lie] = [transcriptOf(arena, types, seed), transcriptOf(arena, deviated(given), seed)];
    if (partingOf(truth.seenBy.get(agent) ?? [], lie.seenBy.get(agent) ?? []) === undefined)
      return Number.NEGATIVE_INFINITY;
    const type = types.get(agent);
    return arena.utility(agent, type, lie.outcome) - arena.utility(agent, type, truth.outcome) - approximately;
  },
  explain(arena, given) {
    const { agent = '', types, seed } = given;
    const [type, report] = [types.get(agent), given.deviation.get(agent)];
    const [truth, lie] = [transcriptOf(arena, types, seed), transcriptOf(arena, deviated(given), seed)];
    const [bad, good] = [truth, lie].map(({ outcome }) => numberInWords(arena.utility(agent, type, outcome)));
    const parting = partingOf(truth.seenBy.get(agent) ?? [], lie.seenBy.get(agent) ?? []) ?? 0;
    const asked = truth.seenBy.get(agent)?.[parting]?.asked ?? '';
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
    const conclude = async (found: Case, method: Finding['method']): Promise<Finding> => {
      const breaks = (given: Case): boolean => isBroken(bench.arena, given, approximately);
      const smallest = await minimal(worlds, bench, found, breaks);
      return { method, examined, extent: '', violation: worlds.explain(bench.arena, smallest) };
    };
    for (let size = bench.fewest; size <= Math.min(bench.most, largestGame); size++) {
      if (bench.arena.grid.length ** size > mostWorlds) break;
      const game = await explore(bench, gridProfiles(bench.arena, size, 1));
      examined += game.compared;
      const found = obviousTemptation(bench.arena, game, approximately);
      if (found) return conclude(found, 'exhaustive');
      complete.push(size);
    }
    const random = bench.random('obviously');
    for (let round = 0; round < randomGames && bench.profiles.length > 0 && bench.most > 1; round++) {
      const game = await explore(bench, randomGame(bench, random.below(bench.profiles.length)));
      examined += game.compared;
      const found = obviousTemptation(bench.arena, game, approximately);
      if (found) return conclude(found, 'search');
    }
    if (examined === 0) return { method: 'search', examined, extent: '', undecided: 'no conversation could be played' };
    const proved =
      complete.length > 0 ? `every profile of ${complete.join(', ')} agents over ${bench.arena.grid.length} types` : '';
    return {
      method: complete.some((size) => size >= Math.min(2, bench.most)) ? 'exhaustive' : 'search',
      examined,
      extent: `${proved === '' ? '' : `${proved} and `}${randomGames} random sets of types`,
    };
  },
};

function isBroken(arena: Arena, given: Case, approximately: number | undefined): boolean {
  try {
    return worlds.excess(arena, given, approximately) > arena.toleranceFor(given.types, given.deviation);
  } catch (thrown) {
    if (thrown instanceof Unplayable) return false;
    throw thrown;
  }
}

/** Where two conversations, the same until then as the agent sees it, part by what it says. */
function partingOf(truth: readonly Exchange[], lie: readonly Exchange[]): number | undefined {
  for (const [round, { asked, said }] of truth.entries()) {
    const other = lie[round];
    if (other === undefined || other.asked !== asked) return undefined;
    if (other.said !== said) return round;
  }
  return undefined;
}

/** All worlds of a game: who agents can be, and what each would see. */
interface Game {
  readonly worlds: readonly { readonly types: Reports; readonly seed: number; readonly transcript: Transcript }[];
  readonly compared: number;
}

async function explore(bench: Bench, profiles: Iterable<Profile>): Promise<Game> {
  const played: { types: Reports; seed: number; transcript: Transcript }[] = [];
  for (const { types, seed } of profiles) {
    await bench.breathe();
    try {
      played.push({ types, seed, transcript: transcriptOf(bench.arena, types, seed) });
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
    }
  }
  return { worlds: played, compared: played.length };
}

/** All pairs of a few random types. */
function* randomGame({ profiles, most }: Bench, start: number): Generator<Profile> {
  const agents = ['ann', 'bob'].slice(0, most);
  const types = profiles
    .flatMap((_, offset) => [...(profiles[(start + offset) % profiles.length] as Profile).types.values()].slice(0, 1))
    .slice(0, randomTypes);
  for (const one of types) {
    for (const other of types) {
      yield {
        types: new Map(agents.map((agent, position) => [agent, position === 0 ? one : other])),
        trees: [],
        seed: 1,
      };
    }
  }
}

/** What can be worst and best at a point of the conversation, and in which world. */
interface Stake {
  readonly utility: number;
  readonly world: Game['worlds'][number];
}

/** Looks for a point where the best of a lie beats the worst of the truth. */
function obviousTemptation(arena: Arena, game: Game, approximately: number | undefined): Case | undefined {
  const agents = game.worlds[0]?.types.keys() ?? [];
  for (const agent of agents) {
    const byType = new Map<unknown, Game['worlds'][number][]>();
    for (const world of game.worlds) {
      const type = world.types.get(agent);
      byType.set(type, [...(byType.get(type) ?? []), world]);
    }
    for (const [type, truths] of byType) {
      const worst = stakesAt(arena, agent, type, truths, (one, other) => one < other);
      for (const [report, lies] of byType) {
        if (report === type) continue;
        const best = stakesAt(arena, agent, type, lies, (one, other) => one > other);
        const found = comparison(arena, agent, report, worst, best, approximately);
        if (found) return found;
      }
    }
  }
  return undefined;
}

/** For every point an agent can come to and what it says there: the extreme of what follows. */
function stakesAt(
  arena: Arena,
  agent: AgentId,
  type: unknown,
  worlds: Game['worlds'],
  beats: (one: number, other: number) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, Stake>> {
  const points = new Map<string, Map<string, Stake>>();
  for (const world of worlds) {
    const utility = arena.utility(agent, type, world.transcript.outcome);
    let point = '';
    for (const { asked, said } of world.transcript.seenBy.get(agent) ?? []) {
      point += `\n${asked}`;
      const sayings = points.get(point) ?? new Map<string, Stake>();
      points.set(point, sayings);
      const known = sayings.get(said);
      if (known === undefined || beats(utility, known.utility)) sayings.set(said, { utility, world });
      point += `\n${said}`;
    }
  }
  return points;
}

function comparison(
  arena: Arena,
  agent: AgentId,
  report: unknown,
  worst: ReadonlyMap<string, ReadonlyMap<string, Stake>>,
  best: ReadonlyMap<string, ReadonlyMap<string, Stake>>,
  approximately: number | undefined,
): Case | undefined {
  for (const [point, truths] of worst) {
    for (const [said, truth] of truths) {
      for (const [lied, lie] of best.get(point) ?? []) {
        if (lied === said || lie.utility <= truth.utility) continue;
        const given = twoWorlds(agent, report, truth.world, lie.world);
        if (isBroken(arena, given, approximately)) return given;
      }
    }
  }
  return undefined;
}

function twoWorlds(agent: AgentId, report: unknown, bad: Game['worlds'][number], good: Game['worlds'][number]): Case {
  const deviation = new Map<AgentId, unknown>([[agent, report]]);
  for (const [other, type] of good.types)
    if (other !== agent && bad.types.get(other) !== type) deviation.set(other, type);
  return { types: bad.types, seed: bad.seed, agent, deviation };
}
