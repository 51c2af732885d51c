import type { AgentId, Random } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Trial } from '../examination/trial.ts';
import { reportIn } from '../game/departing.ts';
import { type LeafPath, numbersIn, withLeaf } from '../game/leaves.ts';
import { Unplayable } from '../game/unplayable.ts';

/** What comes of one report of an agent, the others' being fixed. */
export interface Choice {
  readonly report: unknown;
  /** Whether an agent could truly be of this type. */
  readonly isType: boolean;
  readonly reports: Reports;
  /** None where the report is refused, or where what comes out is spoilt. */
  readonly outcome: object | undefined;
  readonly isSpoilt: boolean;
  /** One text for one outcome. */
  readonly key: string;
}

interface Point extends Choice {
  readonly number: number;
}

const numbersTried = 6;
const gapsClosed = 2;
const mostHalvings = 10;

/** Plays one report of an agent. */
export function choiceOf(
  { game }: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  report: unknown,
  isType: boolean,
): Choice {
  const said = new Map(reports).set(agent, report);
  try {
    const outcome = game.play(said, seed);
    return { report, isType, reports: said, outcome, isSpoilt: false, key: JSON.stringify(outcome) };
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    return { report, isType, reports: said, outcome: undefined, isSpoilt: thrown.kind === 'spoilt', key: '' };
  }
}

/**
 * What comes of one number of an agent's report going through all that are worth trying: where two of them have different outcomes, the place
 * between them where the outcome changes is looked for, since thresholds, narrow regions and what is off by one stand there.
 */
export function lineOf(
  trial: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  random: Random,
): readonly Choice[] {
  const own = reportIn(reports.get(agent));
  const leaves = numbersIn(own);
  const leaf = leaves[random.below(Math.max(1, leaves.length))];
  if (leaf === undefined) return [];
  const [path, number] = leaf;
  const play = (at: number): Point => pointAt(trial, reports, seed, agent, own, path, at);
  const said = [...reports.values()].flatMap((report) => numbersIn(reportIn(report)).map(([, value]) => value));
  const tried = new Set([number, 0, ...Array.from({ length: numbersTried }, () => trial.numbers.draw(random, said))]);
  const numbers = [...tried].sort((a, b) => a - b);
  foreseeNumbers(trial, reports, seed, agent, own, path, numbers);
  const points = numbers.map(play);
  const gaps = points.slice(1).flatMap((high, index) => {
    const low = points[index] as Point;
    return low.key === high.key || low.outcome === undefined || high.outcome === undefined
      ? []
      : [[low, high] as const];
  });
  const closed = gaps.length <= gapsClosed ? gaps : random.shuffled(gaps).slice(0, gapsClosed);
  return [...points, ...closed.flatMap(([low, high]) => between(low, high, play))];
}

/** What comes of every number in a range, one step after the other. */
export function steppedNumbers(
  trial: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  path: LeafPath,
  from: number,
  length: number,
): readonly Choice[] {
  const own = reportIn(reports.get(agent));
  const numbers = Array.from({ length }, (_, step) => from + step);
  foreseeNumbers(trial, reports, seed, agent, own, path, numbers);
  return numbers.map((number) => pointAt(trial, reports, seed, agent, own, path, number));
}

function foreseeNumbers(
  { game }: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  own: unknown,
  path: LeafPath,
  numbers: readonly number[],
): void {
  if (game.elsewhere?.foresee === undefined) return;
  game.foresee(numbers.map((number) => [new Map(reports).set(agent, withLeaf(own, path, number)), seed] as const));
}

function pointAt(
  trial: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  own: unknown,
  path: LeafPath,
  number: number,
): Point {
  const report = withLeaf(own, path, number);
  const { domain, settings } = trial.game;
  const isType = domain.isType?.(report, settings) ?? false;
  return { ...choiceOf(trial, reports, seed, agent, report, isType), number };
}

/** Halves the way between two numbers with different outcomes until nothing is between them that people would write. */
function between(low: Point, high: Point, play: (number: number) => Point): readonly Point[] {
  const met: Point[] = [];
  let [left, right] = [low, high];
  for (let halving = 0; halving < mostHalvings; halving++) {
    const middle = halfWay(left.number, right.number);
    if (middle === undefined) break;
    const point = play(middle);
    met.push(point);
    if (point.key === left.key) left = point;
    else right = point;
  }
  return met;
}

/** A number about half way between two others, as round as can be. */
function halfWay(low: number, high: number): number | undefined {
  const middle = low + (high - low) / 2;
  for (let digits = 0; digits <= 4; digits++) {
    const round = Number(middle.toFixed(digits));
    if (low < round && round < high) return round;
  }
  return low < middle && middle < high && high - low > 1e-5 * Math.abs(high) ? middle : undefined;
}
