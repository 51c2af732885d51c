/*
 * How the clinching auction ends when all marginal values are known at once. A unit has a level that says how long it is demanded: the
 * round that ends its demand with an increment, its marginal value without. The units go to the highest levels, and a bidder clinches
 * its units when the levels that it displaces drop out, as in the Vickrey auction (Ausubel 2004, section II).
 */
import { type AgentId, History, type TieOrder, type Told } from '@mechane/core';
import { award } from './award.ts';
import { type ClinchingOutcome, clinchedOutcome, type DemandChange } from './clinching-outcome.ts';
import type { FullClinchingSettings } from './clinching-settings.ts';
import { tooManySteps } from './errors.ts';
import { risingSteps } from './price-steps.ts';
import type { UnitValues } from './unit-values.ts';

/** What its conversation with proxies comes to. */
export function clinchingAtOnce(
  reports: ReadonlyMap<AgentId, UnitValues>,
  settings: FullClinchingSettings,
  participants: readonly AgentId[],
  tieOrder: TieOrder,
): ClinchingOutcome {
  if (participants.length === 0) return clinchedOutcome([], [], 0, { history: [] });
  const { units } = settings;
  const ladder = settings.increment === undefined ? valueLevels(settings) : roundLevels(settings, settings.increment);
  const levels = new Map<AgentId, readonly number[]>();
  for (const agent of [...participants].sort(tieOrder)) {
    const own: number[] = [];
    for (const value of (reports.get(agent) as UnitValues).marginals) {
      const level = ladder.levelOf(value);
      if (own.length === units || level <= ladder.lowest) break;
      own.push(level);
    }
    levels.set(agent, own);
  }

  const { units: awarded, rejected } = award(levels, units, tieOrder);
  const clearing = rejected[0] ?? ladder.lowest;
  const clinchesOf = new Map<AgentId, readonly number[]>();
  for (const [agent, own] of levels) {
    const displaced = displacedLevels(rejected, own, awarded.get(agent) ?? 0);
    clinchesOf.set(agent, displaced.map((level) => level ?? ladder.lowest).reverse());
  }
  const { roundOf, rounds } = ladder.roundsTo(clearing, [...levels.values()]);
  return clinchedOutcome(
    participants,
    clinchesIn(levels, clinchesOf, ladder),
    rounds,
    demandChanges(levels, clinchesOf, ladder, clearing, roundOf),
  );
}

/** Levels, and what they mean in prices and rounds. */
interface Ladder {
  /** What is no higher is never demanded. */
  readonly lowest: number;
  levelOf(value: number): number;
  /** The price at which a unit of this level is no longer demanded. */
  priceOf(level: number): number;
  /** The last price at which it is. */
  lastPriceOf(level: number): number;
  /**
   * The rounds of an auction that ends at this level, given all levels, and the round in which a level that is no higher falls.
   *
   * @throws MechaneError `too-many-rounds`
   */
  roundsTo(
    clearing: number,
    levels: readonly (readonly number[])[],
  ): { readonly rounds: number; roundOf(level: number): number };
}

/** The continuous clock: a unit is demanded up to its value, and each round ends at the next value. */
function valueLevels({ startingPrice }: FullClinchingSettings): Ladder {
  return {
    lowest: startingPrice,
    levelOf: (value) => value,
    priceOf: (level) => level,
    lastPriceOf: (level) => level,
    roundsTo(clearing, levels) {
      const stops = new Set(levels.flat().filter((level) => level <= clearing));
      const roundAt = new Map([...Float64Array.from(stops).sort()].map((level, index) => [level, index + 2]));
      return { rounds: 1 + stops.size, roundOf: (level) => roundAt.get(level) as number };
    },
  };
}

/** The discrete clock: the level of a unit is the first round whose price its value does not exceed. */
function roundLevels({ startingPrice }: FullClinchingSettings, increment: number): Ladder {
  const { priceOf, firstAtLeast } = risingSteps(startingPrice, increment);
  return {
    lowest: 1,
    levelOf: firstAtLeast,
    priceOf,
    lastPriceOf: (round) => priceOf(round - 1),
    roundsTo(clearing) {
      if (clearing === Number.POSITIVE_INFINITY) throw tooManySteps(startingPrice, increment);
      return { rounds: clearing, roundOf: (round) => round };
    },
  };
}

/**
 * The highest rejected levels that are not the winner's own, one for each unit it won; `undefined` where there are too few. Its own
 * rejected levels are the rest of its levels, in the same falling order, so one walk down both lists tells them from the others'.
 */
function displacedLevels(rejected: Float64Array, own: readonly number[], won: number): (number | undefined)[] {
  const displaced: (number | undefined)[] = [];
  let ownNext = won;
  for (let index = 0; displaced.length < won; index++) {
    const level = rejected[index];
    if (level !== undefined && level === own[ownNext]) ownNext += 1;
    else displaced.push(level);
  }
  return displaced;
}

type LevelsByAgent = ReadonlyMap<AgentId, readonly number[]>;

/** All clinches in order: by level, what is rationed first, then by the tie order, in which the agents come. */
function clinchesIn(levels: LevelsByAgent, clinchesOf: LevelsByAgent, ladder: Ladder): ClinchingOutcome['clinches'] {
  const clinches: { level: number; rationed: boolean; agent: AgentId }[] = [];
  for (const [agent, clinched] of clinchesOf) {
    clinched.forEach((level, unit) => {
      // A unit that its bidder stops demanding at the very level that frees it is what is left to be rationed.
      clinches.push({ level, rationed: levels.get(agent)?.[unit] === level, agent });
    });
  }
  return clinches
    .sort((a, b) => a.level - b.level || Number(b.rationed) - Number(a.rationed))
    .map(({ level, rationed, agent }) => [rationed ? ladder.lastPriceOf(level) : ladder.priceOf(level), agent]);
}

/** Every bidder's demand at first, and the falls of it up to the clearing level; never below what was clinched before. */
function demandChanges(
  levels: LevelsByAgent,
  clinchesOf: LevelsByAgent,
  { lowest, priceOf }: Ladder,
  clearing: number,
  roundOf: (level: number) => number,
): Told<DemandChange> {
  const history = new History<DemandChange>();
  for (const [agent, own] of levels)
    if (own.length > 0) history.add({ round: 1, price: priceOf(lowest), agent, demand: own.length });
  const falls: DemandChange[] = [];
  for (const [agent, own] of levels) {
    const clinched = clinchesOf.get(agent) as readonly number[];
    let earned = 0;
    for (let unit = own.length - 1; unit >= 0; unit--) {
      const level = own[unit] as number;
      if (level > clearing) break;
      if (level === own[unit - 1]) continue;
      if (history.isFull) {
        history.omit(1);
        continue;
      }
      while ((clinched[earned] ?? level) < level) earned += 1;
      falls.push({ round: roundOf(level), price: priceOf(level), agent, demand: Math.max(unit, earned) });
    }
  }
  for (const fall of falls.sort((a, b) => a.round - b.round)) history.add(fall);
  return history.told();
}
