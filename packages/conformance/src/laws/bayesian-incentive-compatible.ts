import type { AgentId } from '@mechane/core';
import { agentName } from '../agent-names.ts';
import type { Arena } from '../arena.ts';
import type { Bench } from '../bench.ts';
import type { Case, Reports } from '../case.ts';
import type { Finding, Law, Violation } from '../law.ts';
import { misreportsOf } from '../misreports.ts';
import { drawEvenly } from '../shrink-tree.ts';
import { withoutUtility } from '../temptation.ts';
import { ifPlayable } from '../unplayable.ts';
import { inWords, numberInWords, reportingInWords, typeInWords } from '../words.ts';

/** Standard errors that an estimate may be off: a mistake once in three million, as thousands are compared. */
const sigmas = 5;
const typesTried = 6;
const liesPerType = 14;
const gamblesTried = 3;
const draftDraws = 60;
/** Draws of the second look, per random profile that the search is given. */
const drawsPerRun = 8;
const fewestDraws = 800;
const groupSizes = [2, 3] as const;

/** A gain on average, and how sure that is. */
interface Estimate {
  readonly mean: number;
  readonly error: number;
  readonly draws: number;
}

interface Gamble {
  readonly agent: AgentId;
  readonly type: unknown;
  readonly report: unknown;
  readonly size: number;
}

/**
 * What an agent gains on average over what the others may be, by the domain's prior. The most tempting lies of a first, rough look
 * are looked at again with other draws, so that luck refutes nothing.
 */
export const bayesianIncentiveCompatible: Law = {
  name: 'bayesian-incentive-compatible',
  says: 'no agent gains on average by any misreport, when the others are truthful and drawn from the prior',
  undecidable: withoutUtility,
  async examine(bench, approximately = 0): Promise<Finding> {
    let examined = 0;
    let surest: { gamble: Gamble; estimate: Estimate } | undefined;
    for (const gamble of await tempting(bench, (draws) => {
      examined += draws;
    })) {
      const estimate = await estimateOf(bench, gamble, sureDraws(bench), 'sure');
      examined += estimate.draws;
      if (estimate.mean - sigmas * estimate.error > approximately + 1e-9) {
        return { method: 'statistical', examined, extent: '', violation: violationOf(bench, gamble, estimate) };
      }
      if (surest === undefined || estimate.mean > surest.estimate.mean) surest = { gamble, estimate };
    }
    if (!surest) return { method: 'statistical', examined, extent: '', undecided: 'no misreport could be played' };
    const { mean, error } = surest.estimate;
    const margin = numberInWords(Number((sigmas * error).toPrecision(2)));
    return {
      method: 'statistical',
      examined,
      extent: `the most tempting misreport found gains ${numberInWords(Number(mean.toPrecision(2)))} ± ${margin} on average`,
    };
  },
  async judge(bench, given, approximately = 0) {
    const gamble = gambleOf(given);
    if (!gamble) return undefined;
    const estimate = await estimateOf(bench, gamble, sureDraws(bench), 'witness');
    return estimate.mean - sigmas * estimate.error > approximately ? violationOf(bench, gamble, estimate) : undefined;
  },
};

function gambleOf({ agent, types, deviation }: Case): Gamble | undefined {
  if (agent === undefined || !deviation.has(agent)) return undefined;
  return { agent, type: types.get(agent), report: deviation.get(agent), size: types.size };
}

/** The lies that look best after a rough look, one per type. */
async function tempting(bench: Bench, count: (draws: number) => void): Promise<readonly Gamble[]> {
  const { arena, fewest, most } = bench;
  const random = bench.random('bayesian');
  const sizes = [...new Set(groupSizes.map((size) => Math.min(most, Math.max(fewest, size))))];
  const types = drawEvenly(priorOf(arena), typesTried, random.below(2 ** 31));
  const chosen: { gamble: Gamble; mean: number }[] = [];
  for (const size of sizes) {
    for (const type of types) {
      let best: { gamble: Gamble; mean: number } | undefined;
      const agent = agentName(random.below(size));
      const reports: Reports = new Map([[agent, type]]);
      const lies = random
        .shuffled([...misreportsOf(bench, reports, agent, 'many', random), ...types.filter((other) => other !== type)])
        .slice(0, liesPerType);
      for (const report of lies) {
        const gamble = { agent, type, report, size };
        const { mean, draws } = await estimateOf(bench, gamble, draftDraws, 'draft');
        count(draws);
        if (draws > 0 && (best === undefined || mean > best.mean)) best = { gamble, mean };
      }
      if (best) chosen.push(best);
    }
  }
  return chosen
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, gamblesTried)
    .map(({ gamble }) => gamble);
}

function sureDraws({ runs }: Bench): number {
  return Math.max(fewestDraws, drawsPerRun * runs);
}

async function estimateOf(bench: Bench, gamble: Gamble, draws: number, purpose: string): Promise<Estimate> {
  const { arena } = bench;
  const others = othersDrawn(bench, gamble.size, draws, purpose);
  let [sum, squares, counted] = [0, 0, 0];
  for (const [draw, types] of others.entries()) {
    if (draw % 64 === 0) await bench.breathe();
    const gain = gainIn(arena, gamble, types, draw + 1);
    if (gain === undefined) continue;
    sum += gain;
    squares += gain * gain;
    counted += 1;
  }
  const mean = counted === 0 ? 0 : sum / counted;
  const variance = counted < 2 ? 0 : Math.max(0, squares / counted - mean * mean) * (counted / (counted - 1));
  return { mean, error: Math.sqrt(variance / Math.max(1, counted)), draws: counted };
}

const drawnBefore = new WeakMap<Bench, Map<string, readonly (readonly unknown[])[]>>();

/** Draws the types of the others, once for all lies: differences between lies are then the lies' own. */
function othersDrawn(bench: Bench, size: number, draws: number, purpose: string): readonly (readonly unknown[])[] {
  const known = drawnBefore.get(bench) ?? new Map<string, readonly (readonly unknown[])[]>();
  drawnBefore.set(bench, known);
  const key = `${purpose} ${size}`;
  const before = known.get(key);
  if (before) return before;
  const flat = drawEvenly(priorOf(bench.arena), draws * size, bench.random(`bayesian ${key}`).below(2 ** 31));
  const drawn = Array.from({ length: draws }, (_, draw) => flat.slice(draw * size, (draw + 1) * size));
  known.set(key, drawn);
  return drawn;
}

function priorOf({ domain, settings }: Arena): ReturnType<Arena['domain']['types']> {
  return domain.prior?.(settings) ?? domain.types(settings);
}

/** What the lie gains when these are the others; `undefined` when it cannot be told. */
function gainIn(arena: Arena, gamble: Gamble, drawn: readonly unknown[], seed: number): number | undefined {
  const { agent, type, report } = gamble;
  const truthful = reportsWith(arena, gamble, drawn, type);
  const deviating = reportsWith(arena, gamble, drawn, report);
  return ifPlayable(() => {
    const actual = truthful.get(agent);
    const before = arena.utility(agent, actual, arena.play(truthful, seed));
    return arena.utility(agent, actual, arena.play(deviating, seed)) - before;
  });
}

/** The agent says this, and everybody else what was drawn. */
function reportsWith(arena: Arena, { agent, size }: Gamble, drawn: readonly unknown[], said: unknown): Reports {
  const names = Array.from({ length: size }, (_, position) => agentName(position));
  const position = Math.max(0, names.indexOf(agent));
  names[position] = agent;
  const reports = drawn.with(position, said);
  const fitting = arena.domain.together?.(reports, arena.settings) ?? reports;
  return new Map(names.map((name, index) => [name, fitting[index]]));
}

function violationOf({ arena }: Bench, { agent, type, report, size }: Gamble, estimate: Estimate): Violation {
  const { mean, error, draws } = estimate;
  const rounded = (number: number): string => numberInWords(Number(number.toPrecision(3)));
  const against = size === 1 ? '' : ` against ${size - 1} other${size === 2 ? '' : 's'} drawn from the prior`;
  return {
    counterexample: { settings: arena.given, types: { [agent]: type }, agent, report },
    reason:
      `${agent}, ${typeInWords(type)}, gains ${rounded(mean)} ± ${rounded(sigmas * error)} on average by ${reportingInWords(report)} instead of ` +
      `${inWords(type)}${against} (${draws.toLocaleString('en')} draws)`,
    scenarios: [],
  };
}
