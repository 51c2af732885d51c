import { type AgentId, type LiveAgent, type Strategy, seededRandom } from '@mechane/core';
import type { Bench } from '../bench.ts';
import type { Reports } from '../case.ts';
import type { Finding, Law } from '../law.ts';
import { paymentFlaw } from '../outcome-flaws.ts';
import type { Profile } from '../profile.ts';
import { ifPlayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

const profilesTried = 6;
const longestRound = 60_000;
const mostMinutes = 2_000;
const turnsPerMinute = 24;

/** Ways not to answer. */
type Mischief = 'keeps silent' | 'is slow' | 'throws' | 'rejects' | 'sends nonsense' | 'lies from round to round';
const mischiefs: readonly Mischief[] = [
  'keeps silent',
  'is slow',
  'throws',
  'rejects',
  'sends nonsense',
  'lies from round to round',
];

/** Plays whole live runs, against a clock that the kit moves. */
export const badAgents: Law = {
  name: 'structural/bad-agents',
  says: 'an agent that is silent, slow, broken or lying leaves the others an outcome',
  irrelevant: ({ arena }) => (arena.mechanism.report ? undefined : 'nobody plays for an agent that takes no reports'),
  async examine(bench) {
    let examined = 0;
    for (const profile of chosen(bench)) {
      for (const agent of profile.types.keys()) {
        for (const mischief of mischiefs) {
          await bench.breathe();
          examined += 1;
          const flaw = await aftermath(bench, profile, agent, mischief);
          if (flaw !== undefined) return refuted(bench, profile, agent, mischief, flaw, examined);
        }
      }
    }
    return { method: 'search', examined, extent: `${examined} live runs with one bad agent each` };
  },
  judge: async () => undefined,
};

/** A few random profiles, of two agents, of three and of one, that can be played at all. */
function chosen({ arena, profiles, fewest, most }: Bench): readonly Profile[] {
  const playable = profiles.filter(({ types, seed }) => ifPlayable(() => arena.play(types, seed)));
  const sizes = [2, 3, 1].map((size) => Math.min(most, Math.max(fewest, size)));
  return sizes.flatMap((size) =>
    playable.filter(({ types }) => types.size === size).slice(0, profilesTried / sizes.length),
  );
}

/** What is wrong afterwards; `undefined` where the others have an outcome. */
async function aftermath(
  bench: Bench,
  { types, seed }: Profile,
  bad: AgentId,
  mischief: Mischief,
): Promise<string | undefined> {
  const { arena, mechane } = bench;
  const agents: Record<AgentId, LiveAgent> = {};
  for (const [agent, type] of types) agents[agent] = answering(arena.mechanism.proxy(arena.parsed(type), agent));
  agents[bad] = badAgent(bench, types, bad, mischief);
  const calledOff = new AbortController();
  try {
    const run = mechane.untyped.open(arena.mechanism.id, {
      settings: arena.given,
      agents,
      seed,
      within: longestRound,
      signal: calledOff.signal,
    }).result;
    const ended = await waitingFor(run, bench);
    calledOff.abort();
    if (ended === undefined) return `the run has not ended after ${mostMinutes} rounds`;
    return paymentFlaw(ended.outcome, types.keys());
  } catch (thrown) {
    return `the run fails: ${(thrown as Error).message}`;
  }
}

/** Moves time on, minute by minute, until a run has ended or goes on for too long. */
async function waitingFor<Result>(run: Promise<Result>, { clock }: Bench): Promise<Result | undefined> {
  let over = false;
  const ended = run.finally(() => {
    over = true;
  });
  ended.catch(() => {});
  for (let minute = 0; minute < mostMinutes; minute++) {
    for (let turn = 0; turn < turnsPerMinute && !over; turn++) await Promise.resolve();
    if (over) return ended;
    clock.advance(longestRound);
  }
  return undefined;
}

function answering(strategy: Strategy): LiveAgent {
  return (ask) => strategy(ask);
}

function badAgent(bench: Bench, types: Reports, agent: AgentId, mischief: Mischief): LiveAgent {
  const random = seededRandom(bench.seed);
  const { arena } = bench;
  const nonsense = [null, Number.NaN, '', {}, [], -1, { nobodyKnowsThisKey: 1 }];
  switch (mischief) {
    case 'keeps silent':
      return () => undefined;
    case 'is slow':
      return () => new Promise(() => {});
    case 'throws':
      return () => {
        throw new Error('a broken agent');
      };
    case 'rejects':
      return () => Promise.reject(new Error('a broken agent'));
    case 'sends nonsense':
      return () => nonsense[random.below(nonsense.length)];
    case 'lies from round to round': {
      const types_ = [...arena.grid, ...types.values()];
      return (ask) => arena.mechanism.proxy(arena.parsed(types_[random.below(types_.length)]), agent)(ask);
    }
  }
}

function refuted(
  { arena }: Bench,
  { types, seed }: Profile,
  agent: AgentId,
  mischief: Mischief,
  flaw: string,
  examined: number,
): Finding {
  return {
    method: 'search',
    examined,
    extent: '',
    violation: {
      counterexample: {
        settings: arena.given,
        types: Object.fromEntries(types),
        agent,
        ...(arena.drawsLots ? { seed } : {}),
      },
      reason: `${agent} ${mischief} while ${allSaying(new Map([...types].filter(([other]) => other !== agent)))}: ${flaw}`,
      scenarios: [],
    },
  };
}
