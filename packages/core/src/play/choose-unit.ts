import type { AgentId } from '../contract/agent.ts';
import { isMechaneError, type Path } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { imprecise, noUnit, unitWithoutMoney } from '../errors.ts';
import { type AmountsIn, amountsIn } from '../input/amounts-in.ts';
import { type MoneyOf, moneyOf } from './money-of.ts';
import { decimalsOf, finestUnit, largestWhole, Unit } from './unit.ts';

/** What a scenario says besides its settings, piece by piece, each with the schema's amounts in it and its path. */
interface Said {
  readonly isWhole: boolean;
  readonly money: AmountsIn | undefined;
  readonly pieces: () => Iterable<readonly [piece: unknown, path: Path]>;
  readonly quantities: () => AmountsIn | undefined;
}

/**
 * The unit in which a scenario's money is counted; `undefined` where it is played as it is: where all is whole, or so fine that whole numbers of
 * a unit would go beyond those that doubles can tell apart.
 *
 * @param named the unit that the settings name
 * @throws MechaneError `imprecise-amount` for a whole amount that is too large, or one finer than the unit that is named.
 */
export function unitOfReports(
  mechanism: Mechanism,
  named: number | undefined,
  settings: unknown,
  reports: ReadonlyMap<AgentId, unknown>,
): Unit | undefined {
  const money = moneyOf(mechanism);
  if (money === undefined) return noMoney(mechanism, named);
  const isWhole = allWhole(money.settings, settings) && eachWhole(money.report, reports.values());
  if (isWhole && named === undefined) return undefined;
  return unitOf(mechanism, money, named, settings, {
    isWhole,
    money: money.report,
    *pieces() {
      for (const [agent, report] of reports) yield [report, ['reports', agent]];
    },
    quantities: () => amountsIn(mechanism.report, 'quantity'),
  });
}

/**
 * The unit in which sums over agents of these types can be counted exactly; `undefined` where there is none. Nobody has to be able to count types: they
 * change no outcome.
 */
export function unitOfTypes(
  mechanism: Mechanism,
  settings: unknown,
  types: ReadonlyMap<AgentId, unknown>,
): Unit | undefined {
  try {
    return unitOfReports(mechanism, undefined, settings, types);
  } catch (thrown) {
    if (isMechaneError(thrown)) return undefined;
    throw thrown;
  }
}

/** The unit in which the money of messages is counted, as for reports. */
export function unitOfMessages(
  mechanism: Mechanism,
  named: number | undefined,
  settings: unknown,
  messages: readonly (readonly [AgentId, unknown, number?])[],
): Unit | undefined {
  const money = moneyOf(mechanism);
  if (money === undefined) return noMoney(mechanism, named);
  const isWhole = allWhole(money.settings, settings) && messages.every(([, said]) => allWhole(money.message, said));
  if (isWhole && named === undefined) return undefined;
  return unitOf(mechanism, money, named, settings, {
    isWhole,
    money: money.message,
    *pieces() {
      for (const [index, [, message]] of messages.entries()) yield [message, ['messages', index, 1]];
    },
    quantities: () => amountsIn(mechanism.message, 'quantity'),
  });
}

/** The unit in which the money of columns is counted, as for reports. */
export function unitOfColumns(
  mechanism: Mechanism,
  named: number | undefined,
  settings: unknown,
  columns: unknown,
): Unit | undefined {
  const money = moneyOf(mechanism);
  if (money === undefined) return noMoney(mechanism, named);
  const { columns: ofMoney } = money;
  if (ofMoney === undefined) return undefined;
  const given = columns as Readonly<Record<string, unknown>>;
  const isWhole = allWhole(money.settings, settings) && ofMoney.every((name) => inColumn.every(given[name], isSafe));
  if (isWhole && named === undefined) return undefined;
  return unitOf(mechanism, money, named, settings, {
    isWhole,
    money: inColumn,
    *pieces() {
      for (const name of ofMoney) yield [given[name], ['columns', name]];
    },
    quantities: () => undefined,
  });
}

/** All of a typed array is money. */
const inColumn: AmountsIn = {
  every: (column, test) => !(column instanceof Float64Array) || column.every(test),
  each(column, path, see) {
    if (column instanceof Float64Array) for (const [row, amount] of column.entries()) see(amount, [...path, row]);
  },
  changed: (column, change) => (column instanceof Float64Array ? column.map(change) : column),
};

/** A live run is told no unit by its messages: it is the finest decimal of its settings, and at least a hundredth. */
export function unitOfLive(mechanism: Mechanism, named: number | undefined, settings: unknown): Unit | undefined {
  const money = moneyOf(mechanism);
  if (money === undefined) return noMoney(mechanism, named);
  let decimals = 2;
  money.settings?.each(settings, ['settings'], (amount) => {
    decimals = Math.max(decimals, decimalsOf(amount));
  });
  const unit = named === undefined ? Unit.withDecimals(decimals) : unitNamed(named);
  money.settings?.each(settings, ['settings'], (amount, path) => {
    const isCounted = unit ? unit.counted(amount) !== undefined : Number.isInteger(amount);
    if (!isCounted) throw imprecise(amount, unit?.amount ?? finestUnit, path);
  });
  return unit;
}

/** The unit that a journal's header names. */
export function unitNamed(named: number): Unit {
  try {
    return new Unit(named);
  } catch {
    throw noUnit();
  }
}

function noMoney(mechanism: Mechanism, named: number | undefined): undefined {
  if (named !== undefined) throw unitWithoutMoney(mechanism.id);
}

const isSafe = Number.isSafeInteger as (amount: number) => boolean;

function allWhole(amounts: AmountsIn | undefined, value: unknown): boolean {
  return amounts === undefined || amounts.every(value, isSafe);
}

function eachWhole(amounts: AmountsIn | undefined, values: Iterable<unknown>): boolean {
  if (amounts === undefined) return true;
  for (const value of values) if (!amounts.every(value, isSafe)) return false;
  return true;
}

function unitOf(
  mechanism: Mechanism,
  money: MoneyOf,
  named: number | undefined,
  settings: unknown,
  said: Said,
): Unit | undefined {
  if (named === undefined) return finest(mechanism, money, settings, said);
  const unit = unitNamed(named);
  eachAmount(money, settings, said, (amount, path) => {
    // What is no amount at all is refused by whoever reads it.
    if (Number.isFinite(amount) && unit.counted(amount) === undefined) throw imprecise(amount, unit.amount, path);
  });
  return said.isWhole ? undefined : unit;
}

function eachAmount(
  { settings: inSettings }: MoneyOf,
  settings: unknown,
  { money, pieces }: Said,
  see: (amount: number, path: Path) => void,
): void {
  inSettings?.each(settings, ['settings'], see);
  for (const [piece, path] of pieces()) money?.each(piece, path, see);
}

/** The unit of the finest decimal, where sums of all amounts, and what they are for all quantities, can be counted in it. */
function finest(mechanism: Mechanism, money: MoneyOf, settings: unknown, said: Said): Unit | undefined {
  let decimals = 0;
  let total = 0;
  eachAmount(money, settings, said, (amount, path) => {
    if (Number.isInteger(amount) && !isSafe(amount)) throw imprecise(amount, 1, path);
    decimals = Math.max(decimals, decimalsOf(amount));
    total += Math.abs(amount);
  });
  const unit = Unit.withDecimals(decimals);
  if (decimals === 0 || unit === undefined) return undefined;
  let quantity = 0;
  const add = (amount: number): void => {
    quantity += Math.abs(amount);
  };
  amountsIn(mechanism.settings, 'quantity')?.each(settings, [], add);
  const quantities = said.quantities();
  if (quantities) for (const [piece] of said.pieces()) quantities.each(piece, [], add);
  return (total / unit.amount) * Math.max(1, quantity) <= largestWhole ? unit : undefined;
}
