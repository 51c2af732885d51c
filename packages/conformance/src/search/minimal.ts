import { type AgentId, byCodeUnit, type Mechanism } from '@mechane/core';
import type { Case } from '../case.ts';
import { agentName, plainAlias, shillName } from '../draw/names.ts';
import type { Profile } from '../draw/profiles.ts';
import { leafTree, type ShrinkTree } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import { Departing, type Departure } from '../game/departing.ts';
import { numbersIn, weightOf, withLeaf } from '../game/leaves.ts';
import { Nondeterminism } from '../game/nondeterminism.ts';
import { renamed } from '../game/renamed.ts';
import { same } from '../game/same.ts';
import { agentOf } from '../game/turns.ts';
import type { Steps } from '../law.ts';
import { Budget } from './budget.ts';
import type { CaseLaw, Found, Judge } from './case-law.ts';

const mostShrunk = 80;
/** Shrinking may take as much as this share of what looking for a case may, and always a little. */
const shareForShrinking = 0.5;
const leastForShrinking = 4_000;

/** What is being made smaller: a broken case, and the trees its types came from. */
interface Culprit {
  readonly given: Case;
  readonly trees: ReadonlyMap<AgentId, ShrinkTree>;
}

/** What may be smaller and broken, too. */
interface Candidate extends Culprit {
  /** Whether so much is different that something else may have to be said for it to be broken. */
  readonly isLeap: boolean;
}

/**
 * Makes a broken case as small as can be while it stays broken: plain names, fewer agents, then simpler types, then simpler misreports, until
 * nothing can go.
 */
export function* minimal(law: CaseLaw, trial: Trial, found: Found, judge: Judge): Steps<Case> {
  const { game, budget } = trial;
  const effort = new Budget(game, Math.max(leastForShrinking, shareForShrinking * budget.limit));
  const breaks = (given: Case): boolean => {
    try {
      return judge(given);
    } catch (thrown) {
      // A play that is remembered was played again meanwhile; the case itself is played again at the end.
      if (thrown instanceof Nondeterminism) return false;
      throw thrown;
    }
  };
  /** The case itself if it breaks the law, or with something else said. */
  const broken = function* (given: Case, isLeap: boolean, culprit: Case): Steps<Case | undefined> {
    if (isSmaller(culprit, given)) return undefined;
    yield undefined;
    if (isSmaller(given, culprit) && breaks(given)) return given;
    if (!isLeap || given.deviation.size === 0 || given.types.size === 0) return undefined;
    const profile: Profile = { types: given.types, trees: new Map(), seed: given.seed };
    for (const other of law.cases(trial, profile, 'few')) {
      if (effort.isSpent) return undefined;
      if (!isSmaller(other, culprit)) continue;
      yield undefined;
      if (breaks(other)) return other;
    }
    return undefined;
  };
  let culprit = plainlyNamed(trial, { given: found.given, trees: treesOf(found) }, breaks);
  let shrunk = 0;
  const shrink = function* (candidates: (trial: Trial, culprit: Culprit) => Iterable<Candidate>): Steps<void> {
    for (let goesOn = true; goesOn && shrunk < mostShrunk; ) {
      goesOn = false;
      for (const { given, trees, isLeap } of candidates(trial, culprit)) {
        if (effort.isSpent) return;
        const smaller = yield* broken(fitted(trial, given), isLeap, culprit.given);
        if (smaller === undefined) continue;
        culprit = plainlyNamed(trial, { given: smaller, trees }, breaks);
        shrunk += 1;
        goesOn = true;
        break;
      }
    }
  };
  // What has become simpler may let go what it held before.
  for (let before = -1; before < shrunk && !effort.isSpent; ) {
    before = shrunk;
    yield* shrink(withFewerAgents);
    yield* shrink(withTheFirstSeed);
    for (let position = 0; position < culprit.given.types.size; position++) yield* shrink(withSimplerType(position));
    yield* shrink(withSimplerReports);
  }
  return culprit.given;
}

/** The trees of those types of a case that are as they were drawn. */
function treesOf({ given, profile }: Found): ReadonlyMap<AgentId, ShrinkTree> {
  const kept = [...(profile?.trees ?? [])].filter(([agent]) => profile?.types.get(agent) === given.types.get(agent));
  return new Map(kept);
}

function* withFewerAgents({ fewest }: Trial, { given, trees }: Culprit): Generator<Candidate> {
  if (given.types.size <= fewest) return;
  const agents = [...given.types.keys()];
  const others = agents.filter((agent) => agent !== given.agent);
  for (const agent of [...others, ...agents]) yield { given: without(given, agent), trees, isLeap: true };
}

function* withTheFirstSeed(_: Trial, { given, trees }: Culprit): Generator<Candidate> {
  if (given.seed !== 1) yield { given: { ...given, seed: 1 }, trees, isLeap: true };
}

/** With a simpler type for whoever comes in that place. */
function withSimplerType(position: number): (trial: Trial, culprit: Culprit) => Generator<Candidate> {
  return function* (trial, { given, trees }) {
    const [agent, type] = [...given.types][position] ?? [];
    if (agent === undefined) return;
    for (const { type: simple, tree, isLeap } of simplerTypes(trial, type, trees.get(agent))) {
      yield { given: retyped(given, agent, simple), trees: replanted(trees, agent, tree), isLeap };
    }
  };
}

function* withSimplerReports(_: Trial, { given, trees }: Culprit): Generator<Candidate> {
  // Something simpler may be enough from somebody else, or where they come in another order.
  yield { given, trees, isLeap: true };
  yield { given: turnedRound(given), trees: new Map(), isLeap: true };
  for (const [agent, report] of given.deviation) {
    if (report === null) continue;
    if (given.deviation.size > 1) yield { given: undeviated(given, agent), trees, isLeap: false };
    for (const simple of simplerReports(report))
      yield { given: redeviated(given, agent, simple), trees, isLeap: false };
  }
}

/** A type in another's place, and how it gets simpler still. */
interface Simpler {
  readonly type: unknown;
  readonly tree?: ShrinkTree | undefined;
  readonly isLeap: boolean;
}

/** Types that are simpler: those of the grid, those that fast-check knows, and those with a simpler number. */
function* simplerTypes({ game }: Trial, type: unknown, tree: ShrinkTree | undefined): Generator<Simpler> {
  if (type instanceof Departing) {
    yield { type: type.report, isLeap: true };
    for (const simple of simplerReports(type)) yield { type: simple, isLeap: true };
    return;
  }
  const weight = weightOf(type);
  for (const simple of game.grid) if (weightOf(simple) < weight) yield { type: simple, isLeap: true };
  // The first that fast-check tries is the simplest of all, and the others are ever closer.
  let isLeap = true;
  if (tree && same(tree.value, type)) {
    for (const simple of tree.simpler()) {
      yield { type: simple.value, tree: simple, isLeap };
      isLeap = false;
    }
  }
  const { domain, settings } = game;
  if (domain.isType === undefined) return;
  for (const simple of simplerReports(type)) {
    if (domain.isType(simple, settings)) yield { type: simple, tree: leafTree(simple), isLeap: false };
  }
}

function* simplerReports(report: unknown): Generator<unknown> {
  if (report instanceof Departing) {
    yield* simplerDepartures(report);
    return;
  }
  for (const [path, number] of numbersIn(report)) {
    for (const simpler of simplerNumbers(number)) {
      if (weightOf(simpler) < weightOf(number)) yield withLeaf(report, path, simpler);
    }
  }
}

function* simplerDepartures({ report, departures }: Departing): Generator<unknown> {
  yield report;
  for (const index of departures.keys())
    if (departures.length > 1) yield new Departing(report, departures.toSpliced(index, 1));
  for (const [index, departure] of departures.entries()) {
    const { from, to, message, follows } = departure;
    const changed = (other: Departure): Departing => new Departing(report, departures.with(index, other));
    if (to > from) yield changed({ ...departure, to: from });
    if (from > 1) yield changed({ ...departure, from: from - 1, to: Math.max(to - 1, from - 1) });
    if (follows) yield changed({ from, to, message });
    for (const simpler of simplerReports(message)) yield changed({ from, to, message: simpler });
  }
}

/** Simpler numbers, the simplest first: small ones, rounder ones, and ever smaller steps down. */
function* simplerNumbers(number: number): Generator<number> {
  yield* [0, 1];
  const size = Math.abs(number);
  for (let digits = 0; digits <= 4 && !Number.isInteger(number); digits++) yield Number(number.toFixed(digits));
  yield Math.floor(number);
  const sign = Math.sign(number);
  for (let step = 2 ** Math.floor(Math.log2(Math.max(1, size))); step >= 1; step /= 2) {
    if (size - step >= 0) yield number - sign * step;
  }
}

function without(given: Case, agent: AgentId): Case {
  const types = new Map(given.types);
  const deviation = new Map(given.deviation);
  types.delete(agent);
  deviation.delete(agent);
  return { ...given, types, deviation, agent: given.agent === agent ? undefined : given.agent };
}

function retyped(given: Case, agent: AgentId, type: unknown): Case {
  return { ...given, types: new Map(given.types).set(agent, type) };
}

/** The last in the first one's place. */
function turnedRound(given: Case): Case {
  const types = [...given.types.values()].reverse();
  return { ...given, types: new Map([...given.types.keys()].map((agent, position) => [agent, types[position]])) };
}

/** Makes what is left fit together again, where the domain knows how. */
function fitted({ game: { domain, settings } }: Trial, given: Case): Case {
  if (!domain.together) return given;
  const agents = [...given.types.keys()];
  const types = domain.together([...given.types.values()], settings);
  const deviation = new Map(given.deviation);
  for (const [position, agent] of agents.entries()) {
    const report = deviation.get(agent);
    if (report === undefined || report === null || report instanceof Departing) continue;
    deviation.set(agent, domain.together(types.with(position, report), settings)[position]);
  }
  return { ...given, types: new Map(agents.map((agent, position) => [agent, types[position]])), deviation };
}

function redeviated(given: Case, agent: AgentId, report: unknown): Case {
  return { ...given, deviation: new Map(given.deviation).set(agent, report) };
}

function undeviated(given: Case, agent: AgentId): Case {
  const deviation = new Map(given.deviation);
  deviation.delete(agent);
  return { ...given, deviation };
}

function replanted(
  trees: ReadonlyMap<AgentId, ShrinkTree>,
  agent: AgentId,
  tree: ShrinkTree | undefined,
): ReadonlyMap<AgentId, ShrinkTree> {
  const replanted = new Map(trees);
  if (tree) replanted.set(agent, tree);
  else replanted.delete(agent);
  return replanted;
}

/** How big a case is, what counts most first: agents, their types, who deviates, what they say, the seed. */
function sizeOf({ types, deviation, seed }: Case): readonly number[] {
  const said = [...deviation.values()].filter((report) => report !== null);
  return [types.size, weightOf([...types.values()]), deviation.size, weightOf(said), seed === 1 ? 0 : 1];
}

function isSmaller(one: Case, other: Case): boolean {
  const [sizes, others] = [sizeOf(one), sizeOf(other)];
  const differs = sizes.findIndex((size, index) => size !== others[index]);
  return differs >= 0 && (sizes[differs] as number) < (others[differs] as number);
}

/** Calls those who are there by the names that people read, in the order in which they come or in that of their ids, if that breaks it too. */
function plainlyNamed(trial: Trial, culprit: Culprit, breaks: (given: Case) => boolean): Culprit {
  const { mechanism } = trial.game;
  const agents = [...new Set([...culprit.given.types.keys()].map((key) => agentOf(mechanism, key)))];
  for (const order of [agents, agents.toSorted(byCodeUnit)]) {
    const names = namesFor(culprit.given, order, mechanism);
    if ([...names].every(([agent, name]) => agent === name)) return culprit;
    const plain = called(culprit, names);
    if (breaks(plain.given)) return plain;
  }
  return culprit;
}

/** A plain name for everybody who takes part, under whatever name; turns keep their numbers. */
function namesFor(given: Case, order: readonly AgentId[], mechanism: Mechanism): ReadonlyMap<AgentId, AgentId> {
  const names = new Map(order.map((agent, position) => [agent, agentName(position)]));
  const owner = given.agent === undefined ? undefined : names.get(agentOf(mechanism, given.agent));
  for (const key of given.types.keys()) {
    const agent = agentOf(mechanism, key);
    names.set(key, `${names.get(agent)}${key.slice(agent.length)}`);
  }
  let aliases = 0;
  for (const agent of given.deviation.keys()) {
    if (names.has(agent)) continue;
    aliases += 1;
    // Who is nobody's alias bids for the seller.
    names.set(agent, owner === undefined ? shillName(aliases) : plainAlias(owner, aliases));
  }
  return names;
}

function called({ given, trees }: Culprit, names: ReadonlyMap<AgentId, AgentId>): Culprit {
  const rename = (reports: Case['types']): Case['types'] =>
    new Map([...reports].map(([agent, report]) => [names.get(agent) as AgentId, renamed(report, names)]));
  const plain: Case = {
    seed: given.seed,
    types: rename(given.types),
    deviation: rename(given.deviation),
    agent: given.agent && names.get(given.agent),
  };
  return { given: plain, trees: new Map([...trees].map(([agent, tree]) => [names.get(agent) ?? agent, tree])) };
}
