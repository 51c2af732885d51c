import { amountsIn, type MoneyOf, moneyOf } from '@mechane/core/host';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import { decimalsIn, timesPowerOfTen } from '../game/decimals.ts';
import type { Game } from '../game/game.ts';
import { isRecord } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import type { Law, Scenario } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenarioOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** Tenfold, and a hundredth, as powers of ten. */
const powers = [1, -2] as const;
/** How far fractions may lie apart: each may be 4 units in the last place from the exact one. */
const roundingShare = 2 ** -49;
/** Amounts are counted exactly up to 2⁵³, and a hundredfold is needed on the way. */
const mostCounted = Number.MAX_SAFE_INTEGER / 100;

/** Money in other units is the same money: see “Amounts” in the concepts. */
export const unitFree: Law = caseLaw({
  name: 'structural/unit-free',
  says: 'with all money in reports and settings ten times, or a hundredth, everybody gets the same, and payments are as much larger or smaller',
  playsPerRun: 20,
  dependsOnNumbers: true,
  cost: 4,
  irrelevant: ({ game: { mechanism } }) =>
    moneyOf(mechanism) === undefined ? 'no schema says what in reports and outcomes is money' : undefined,
  cases: (_trial, { types, seed }) => (types.size === 0 ? [] : [truthfulCase(types, seed)]),
  excess: (game, given, approximately = 0) => {
    if (!isCountable(game, given.types)) return Number.NEGATIVE_INFINITY;
    return discrepancyIn(game, given, approximately) ? Number.POSITIVE_INFINITY : 0;
  },
  explain(game, given) {
    const { power, expected, outcome, scenario } = discrepancyIn(game, given, 0) as Discrepancy;
    return {
      counterexample: { ...counterexampleOf(game, given), deviating: { outcome } },
      reason:
        `when ${allSaying(given.types)}, and all money is ${power > 0 ? 'ten times as much' : 'a hundredth'}, the outcome is ` +
        `${JSON.stringify(outcome)} and should be ${JSON.stringify(expected)}`,
      scenarios: [scenarioOf(game, given.types, given.seed), scenario],
    };
  },
});

interface Discrepancy {
  readonly power: number;
  readonly expected: object;
  readonly outcome: object;
  readonly scenario: Scenario;
}

function discrepancyIn(game: Game, { types, seed }: Case, approximately: number): Discrepancy | undefined {
  const money = moneyOf(game.mechanism) as MoneyOf;
  const before = game.play(types, seed);
  for (const power of powers) {
    const times = (amount: number): number => timesPowerOfTen(amount, power);
    const elsewhere = game.under(settingsTimes(game, money, times));
    const reports = new Map([...types].map(([agent, type]) => [agent, reportTimes(game, money, type, times)]));
    const { outcome } = elsewhere.playAfresh(reports, seed);
    game.work += 1;
    const expected = (money.outcome?.changed(before, times) ?? before) as object;
    const fractions = Math.max(roundingShare, approximately);
    const isSame = same(outcome, expected, approximately > 0 ? fractions : { fractions });
    if (!isSame) return { power, expected, outcome, scenario: scenarioOf(elsewhere, reports, seed) };
  }
  return undefined;
}

type Times = (amount: number) => number;

/** The settings as they were parsed, so that the money of defaults is among it. */
function settingsTimes({ settings, given }: Game, money: MoneyOf, times: Times): object {
  const { breakTie, unit } = given as { breakTie?: unknown; unit?: unknown };
  const own = money.settings?.changed(settings, times) ?? settings;
  return {
    ...(asGiven(own) as object),
    ...(breakTie === undefined ? {} : { breakTie }),
    ...(typeof unit === 'number' ? { unit: times(unit) } : {}),
  };
}

/** What was read into maps is given as records. */
function asGiven(content: unknown): unknown {
  if (content instanceof Map) return asGiven(Object.assign(Object.create(null), Object.fromEntries(content)));
  if (Array.isArray(content)) return content.map(asGiven);
  if (!isRecord(content)) return content;
  const record: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(content)) record[key] = asGiven(content[key]);
  return record;
}

function reportTimes(game: Game, { report, message }: MoneyOf, said: unknown, times: Times): unknown {
  const inReport = game.mechanism.report ? report : message;
  return inReport?.changed(game.parsed(said), times) ?? said;
}

/** Whether sums of all amounts, and what they are for all quantities, can be counted in the finest unit of them. */
function isCountable(game: Game, types: Reports): boolean {
  const { mechanism, settings } = game;
  const money = moneyOf(mechanism) as MoneyOf;
  const schema = mechanism.report ?? mechanism.message;
  const inReport = mechanism.report ? money.report : money.message;
  const quantities = [amountsIn(mechanism.settings, 'quantity'), amountsIn(schema, 'quantity')] as const;
  let [decimals, total, quantity] = [0, 0, 0];
  const count = (amount: number): void => {
    decimals = Math.max(decimals, decimalsIn(amount));
    total += Math.abs(amount);
  };
  const add = (amount: number): void => {
    quantity += Math.abs(amount);
  };
  money.settings?.each(settings, [], count);
  quantities[0]?.each(settings, [], add);
  for (const type of types.values()) {
    const said = game.parsed(type);
    inReport?.each(said, [], count);
    quantities[1]?.each(said, [], add);
  }
  return total * 10 ** decimals * Math.max(1, quantity) <= mostCounted;
}
