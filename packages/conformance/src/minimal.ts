import type { AgentId } from '@mechane/core';
import { agentName } from './agent-names.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import type { CaseLaw } from './case-law.ts';
import { numbersIn, weightOf, withLeaf } from './leaves.ts';
import { renamed } from './renamed.ts';
import { leafTree, type ShrinkTree } from './shrink-tree.ts';

const mostRounds = 60;

/** What is being made smaller: a broken case, and the trees its types came from. */
interface Culprit {
  readonly given: Case;
  readonly trees: ReadonlyMap<AgentId, ShrinkTree>;
}

/**
 * Makes a broken case as small as can be while it stays broken: fewer agents, then simpler types, then simpler misreports, until
 * nothing can go.
 */
export async function minimal(
  law: CaseLaw,
  bench: Bench,
  found: Case,
  breaks: (given: Case) => boolean,
): Promise<Case> {
  const withReports = (shrunk: Case): Case | undefined => {
    const given = fitted(bench, shrunk);
    if (breaks(given)) return given;
    if (given.deviation.size === 0 || given.types.size === 0) return undefined;
    const profile = { types: given.types, trees: [...given.types.values()].map(leafTree), seed: given.seed };
    for (const other of law.cases(bench, profile, 'few')) if (breaks(other)) return other;
    return undefined;
  };
  let culprit = planted(bench, found);
  for (let round = 0; round < mostRounds; round++) {
    await bench.breathe();
    const next = first(smaller(bench, culprit), ({ given, trees }) => {
      const broken = withReports(given);
      return broken && isSmaller(broken, culprit.given) ? { given: broken, trees } : undefined;
    });
    if (!next) break;
    culprit = next;
  }
  return plainlyNamed(culprit.given, breaks);
}

function first<From, To>(candidates: Iterable<From>, accept: (candidate: From) => To | undefined): To | undefined {
  for (const candidate of candidates) {
    const accepted = accept(candidate);
    if (accepted !== undefined) return accepted;
  }
  return undefined;
}

/** Finds the trees from which the types of a case were drawn. */
function planted({ profiles }: Bench, given: Case): Culprit {
  const trees = new Map<AgentId, ShrinkTree>();
  const origin = profiles.find(({ types }) =>
    [...given.types].some(([agent, type]) => typeof type === 'object' && types.get(agent) === type),
  );
  for (const [position, [agent, type]] of [...(origin?.types ?? [])].entries()) {
    const tree = origin?.trees[position];
    if (tree && tree.value === type && given.types.get(agent) === type) trees.set(agent, tree);
  }
  return { given, trees };
}

function* smaller(bench: Bench, culprit: Culprit): Generator<Culprit> {
  const { given, trees } = culprit;
  for (const agent of given.types.keys()) {
    if (agent !== given.agent && given.types.size > bench.fewest) yield { given: without(given, agent), trees };
  }
  for (const agent of given.types.keys()) {
    if (given.types.size > bench.fewest) yield { given: without(given, agent), trees };
  }
  if (given.seed !== 1) yield { given: { ...given, seed: 1 }, trees };
  for (const [agent, type] of given.types) {
    const weight = weightOf(type);
    for (const simple of bench.arena.grid) {
      if (weightOf(simple) < weight)
        yield { given: retyped(given, agent, simple), trees: replanted(trees, agent, undefined) };
    }
    for (const tree of trees.get(agent)?.simpler() ?? []) {
      yield { given: retyped(given, agent, tree.value), trees: replanted(trees, agent, tree) };
    }
  }
  for (const [agent, report] of given.deviation) {
    if (report === null) continue;
    if (given.deviation.size > 1) yield { given: undeviated(given, agent), trees };
    for (const simple of simplerReports(report)) yield { given: redeviated(given, agent, simple), trees };
  }
}

function* simplerReports(report: unknown): Generator<unknown> {
  for (const [path, number] of numbersIn(report)) {
    const tried = new Set([
      0,
      1,
      Math.floor(number / 2),
      Math.floor(number),
      Math.round(number),
      number - 10,
      number - 1,
    ]);
    for (const simpler of tried)
      if (simpler >= 0 && weightOf(simpler) < weightOf(number)) yield withLeaf(report, path, simpler);
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

/** Makes what is left fit together again, where the domain knows how. */
function fitted({ arena: { domain, settings } }: Bench, given: Case): Case {
  if (!domain.together) return given;
  const agents = [...given.types.keys()];
  const types = domain.together([...given.types.values()], settings);
  const deviation = new Map(given.deviation);
  for (const [position, agent] of agents.entries()) {
    const report = deviation.get(agent);
    if (report === undefined || report === null) continue;
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

/** Calls those who are left by the first names, if the case is as broken under them. */
function plainlyNamed(given: Case, breaks: (given: Case) => boolean): Case {
  const names = new Map([...given.types.keys()].map((agent, position) => [agent, agentName(position)]));
  for (const agent of given.deviation.keys()) {
    const base = agent.replace(/-alias$/, '');
    if (!names.has(agent)) names.set(agent, agent.replace(base, names.get(base) as AgentId));
  }
  const rename = (reports: Case['types']): Case['types'] =>
    new Map([...reports].map(([agent, report]) => [names.get(agent) as AgentId, renamed(report, names)]));
  const plain: Case = {
    seed: given.seed,
    types: rename(given.types),
    deviation: rename(given.deviation),
    agent: given.agent && names.get(given.agent),
  };
  return breaks(plain) ? plain : given;
}
