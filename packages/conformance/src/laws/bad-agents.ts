import { type AgentId, type LiveAgent, type Random, type Strategy, seededRandom } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { paymentFlaw } from '../game/outcome-flaws.ts';
import { plainCopy } from '../game/plain-copy.ts';
import { ifPlayable, inText, isAboutSettings } from '../game/unplayable.ts';
import type { Finding, Law } from '../law.ts';
import { allSaying } from '../words/words.ts';

const profilesTried = 8;
const mostPlaysWatched = 400;
const longestRound = 60_000;
const mostMinutes = 2_000;
const listensFor = 1_000;
const turnsPerMinute = 24;

/** Ways not to answer. */
type Mischief =
  | 'keeps silent'
  | 'is slow'
  | 'throws'
  | 'rejects'
  | 'sends nonsense'
  | 'lies from round to round'
  | 'answers now and then'
  | 'says anything that may be said';
const mischiefs: readonly Mischief[] = [
  'keeps silent',
  'is slow',
  'throws',
  'rejects',
  'sends nonsense',
  'lies from round to round',
  'answers now and then',
  'says anything that may be said',
];

/** Plays whole live runs, against a clock that the kit moves. */
export const badAgents: Law = {
  name: 'structural/bad-agents',
  says: 'an agent that is silent, slow, broken or lying leaves the others an outcome',
  playsPerRun: 5,
  irrelevant: ({ game }) => (game.mechanism.report ? undefined : 'nobody plays for an agent that takes no reports'),
  *examine(trial) {
    let examined = 0;
    for (const profile of chosen(trial)) {
      for (const bad of companies([...profile.types.keys()])) {
        for (const mischief of mischiefs) {
          examined += 1;
          const flaw = (yield aftermath(trial, profile, bad, mischief)) as string | undefined;
          if (flaw !== undefined) return refuted(trial, profile, bad, mischief, flaw, examined);
        }
      }
    }
    const vacuous = examined === 0 ? { vacuous: 'no profile that was drawn could be played' } : {};
    return { method: 'search', examined, extent: `${examined} live runs with bad agents`, ...vacuous };
  },
};

/** Each by itself, and all at once. */
function companies(agents: readonly AgentId[]): readonly (readonly AgentId[])[] {
  return [...agents.map((agent) => [agent]), ...(agents.length > 1 ? [agents] : [])];
}

/** A few random profiles, of two agents, of three and of one, that are played at all and in not too many rounds. */
function chosen(trial: Trial): readonly Profile[] {
  const { game, fewest, most, profiles, drawn } = trial;
  const sizes = (drawn ? [2] : [2, 3, 1, 2, 2, 3]).map((size) => Math.min(most, Math.max(fewest, size)));
  const found: Profile[] = [];
  for (const size of sizes.slice(0, profilesTried)) {
    for (let tries = 0; tries < 6; tries++) {
      const profile = profiles.next([size]);
      const before = game.work;
      if (ifPlayable(() => game.playAfresh(profile.types, profile.seed)) === undefined) continue;
      if (game.work - before > mostPlaysWatched) continue;
      found.push(profile);
      break;
    }
  }
  return found;
}

/** What is wrong afterwards; `undefined` where the others have an outcome. */
async function aftermath(
  trial: Trial,
  { types, seed }: Profile,
  bad: readonly AgentId[],
  mischief: Mischief,
): Promise<string | undefined> {
  const { game, examination } = trial;
  const agents: Record<AgentId, LiveAgent> = Object.create(null);
  for (const [agent, type] of types) agents[agent] = answering(game.mechanism.proxy(game.read(type), agent));
  const random = seededRandom(seed);
  for (const agent of bad) agents[agent] = badAgent(trial, types, agent, mischief, random);
  const calledOff = new AbortController();
  try {
    const run = examination.mechane.untyped.open(game.mechanism.id, {
      settings: game.given,
      agents,
      seed,
      within: longestRound,
      // Whoever listens waits for ever, unless the host says when it is over.
      ...(game.mechanism.endsItself ? {} : { closesAt: examination.clock.now() + listensFor * longestRound }),
      signal: calledOff.signal,
    }).result;
    const ended = await waitingFor(run, trial);
    calledOff.abort();
    if (ended === undefined) return `the run has not ended after ${mostMinutes} rounds`;
    const { copy, flaw } = plainCopy(ended.outcome);
    return flaw ?? paymentFlaw(copy as object, types.keys());
  } catch (thrown) {
    if (game.drawn && isAboutSettings(thrown)) return undefined;
    return `the run fails: ${inText(thrown)}`;
  }
}

/** Moves time on, minute by minute, until a run has ended or goes on for too long. */
async function waitingFor<Result>(
  run: Promise<Result>,
  { examination: { clock } }: Trial,
): Promise<Result | undefined> {
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

function badAgent(
  { game, strategies }: Trial,
  types: Reports,
  agent: AgentId,
  mischief: Mischief,
  random: Random,
): LiveAgent {
  const nonsense = [null, Number.NaN, '', {}, [], -1, { nobodyKnowsThisKey: 1 }, 'in', 1e308];
  const known = [...game.grid, ...types.values()];
  const proxied = (): Strategy => game.mechanism.proxy(game.read(known[random.below(known.length)]), agent);
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
    case 'lies from round to round':
      return (ask) => proxied()(ask);
    case 'answers now and then':
      return (ask) => (random.below(2) === 0 ? undefined : proxied()(ask));
    case 'says anything that may be said': {
      const own = game.mechanism.proxy(game.read(types.get(agent)), agent);
      const departing = strategies?.drawYielding(types.get(agent), [], random);
      let count = 0;
      return (ask) => {
        count += 1;
        const departure = departing?.at(count, ask);
        return departure === undefined ? own(ask) : departure.message;
      };
    }
  }
}

function refuted(
  { game }: Trial,
  { types, seed }: Profile,
  bad: readonly AgentId[],
  mischief: Mischief,
  flaw: string,
  examined: number,
): Finding {
  const others = new Map([...types].filter(([other]) => !bad.includes(other)));
  const [agent] = bad;
  return {
    method: 'search',
    examined,
    extent: '',
    violation: {
      counterexample: {
        settings: game.given,
        types: Object.fromEntries(types),
        ...(bad.length === 1 && agent !== undefined ? { agent } : {}),
        ...(game.drawsLots ? { seed } : {}),
      },
      reason: `${bad.length === 1 ? agent : 'everybody'} ${mischief} while ${allSaying(others)}: ${flaw}`,
      scenarios: [],
    },
  };
}
