import { type ErrorDetails, MechaneError, nearestKey, type Path, quote } from '@mechane/core';

/** The error for columns of orders without a quantity for each. */
export function quantitiesMissing(orders: number): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', {
    problem: `there is no column of ${orders} quantities`,
    path: ['columns', 'quantities'],
    expected: 'a Float64Array with one quantity for each id: bought positive, sold negative',
    fix: 'pass as many quantities as ids',
  });
}

/** The error for the first quantity of a column that is 0 or not finite. */
export function invalidQuantity(quantities: Float64Array): MechaneError<'invalid-columns'> {
  const row = quantities.findIndex((quantity) => !(quantity !== 0 && Number.isFinite(quantity)));
  return new MechaneError('invalid-columns', {
    problem: `${quantities[row]} is no quantity`,
    path: ['columns', 'quantities', row],
    expected: 'a finite number of units: bought positive, sold negative',
    fix: 'leave out agents without an order',
  });
}

/** What is wrong with an amount that is no multiple of a tick or lot, or too many of them to be counted exactly. */
export function notOnGrid(field: string, given: number, size: number, unit: 'tick' | 'lot'): ErrorDetails {
  const unitSize = `${unit}Size`;
  if (given / size > Number.MAX_SAFE_INTEGER) {
    return {
      problem: `${given} is more ${unit}s of ${size} than can be counted exactly`,
      path: [field],
      expected: `at most ${Number.MAX_SAFE_INTEGER} ${unit}s`,
      fix: `say less, or open the book with a larger "${unitSize}"`,
    };
  }
  return {
    problem: `${given} is no multiple of the ${unit}, ${size}`,
    path: [field],
    expected: `a whole number of ${unit}s`,
    fix: `round it, or open the book with the setting "${unitSize}": ${decimalStep(given)}`,
  };
}

/** The last decimal place of a number as it is written: 0.01 for 100.25. */
function decimalStep(given: number): string {
  const [mantissa = '', exponent = '0'] = `${given}`.split('e');
  const places = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  return places <= 0 ? '1' : `${Number(`1e-${places}`)}`;
}

/** What is wrong with something that is no amount at all. */
export function noAmount(field: string, given: unknown, unit: 'tick' | 'lot'): ErrorDetails {
  const shown = typeof given === 'number' ? `${given}` : given === null ? 'null' : typeof given;
  return {
    problem: `${shown} was given`,
    path: [field],
    expected: unit === 'tick' ? 'a price of 0 or more' : 'a quantity above 0',
    fix: 'give such a number',
  };
}

/** What is wrong with terms of an order that contradict each other. */
export function wrongTerms(field: string, problem: string): ErrorDetails {
  return { problem, path: [field], fix: 'leave it out, or change what it contradicts' };
}

/** What is wrong with a word that is not among those known. */
export function unknownWord(field: string, given: unknown, known: readonly string[]): ErrorDetails {
  return {
    problem: `${typeof given === 'string' ? quote(given) : typeof given} was given`,
    path: [field],
    expected: known.map((word) => quote(word)).join(' or '),
    fix: `write ${known.map((word) => quote(word)).join(' or ')}`,
  };
}

/** The error for an order, an amendment or settings that no order book could take. */
export function invalidOrder(flaw: ErrorDetails): MechaneError<'invalid-order'> {
  return new MechaneError('invalid-order', flaw);
}

/** The error for a row of operations in columns that no order book could take. */
export function invalidOperations(problem: string, at: Path, expected: string): MechaneError<'invalid-order'> {
  return new MechaneError('invalid-order', {
    problem,
    path: ['columns', ...at],
    expected,
    fix: 'give all columns, each a typed array of the same length, with what is expected in each row',
  });
}

/** The error for something that is no snapshot of an order book. */
export function noSnapshot(problem: string, path: Path): MechaneError<'invalid-snapshot'> {
  return new MechaneError('invalid-snapshot', { problem, path, fix: 'give what snapshot() returned, unchanged' });
}

/** What can be wrong with a snapshot that has the form of one. */
const snapshotFlaws = {
  'taken-id': ['two orders have this id', 'id'],
  'late-order': ['the order came after the snapshot was taken', 'arrival'],
  'too-much': ['the quantities are too large to be counted exactly', 'quantity'],
  'wrongly-shown': ['an iceberg shows something, and no more than it may', 'shown'],
} as const;

/** The error for an order of a snapshot, at a path, that cannot be in the book. */
export function impossibleOrder(flaw: keyof typeof snapshotFlaws, at: Path): MechaneError<'invalid-snapshot'> {
  const [problem, field] = snapshotFlaws[flaw];
  return noSnapshot(problem, [...at, field]);
}

/** The error for a snapshot whose buyers and sellers would have traded. */
export function crossedSnapshot(): MechaneError<'invalid-snapshot'> {
  return noSnapshot('the best bid is not below the best ask', ['snapshot', 'bids']);
}

/** The error for an amount of a snapshot that is off the tick or lot. */
export function snapshotOffGrid(given: number, size: number, path: Path): MechaneError<'invalid-snapshot'> {
  return noSnapshot(`${given} is no multiple of ${size}`, path);
}

/** The error for a snapshot of a book that was opened with another setting. */
export function foreignSnapshot(
  setting: string,
  theirs: number | string | undefined,
  own: number | string | undefined,
): MechaneError<'invalid-snapshot'> {
  return new MechaneError('invalid-snapshot', {
    problem: `the snapshot was taken from a book with ${theirs}, this one has ${own}`,
    path: ['snapshot', 'settings', setting],
    fix: 'open the book with the snapshot’s settings',
  });
}

/** What is wrong with a utility that names a good which a market does not have. */
export function unknownMarketGood(good: string, known: readonly string[]): ErrorDetails {
  const nearest = nearestKey(good, known);
  return {
    problem: `the good ${quote(good)} is not in this market`,
    path: ['utility', 'weights', good],
    expected: 'a good of the settings',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}

/** The error for amounts of which prices or sums are no finite numbers. */
export function amountsTooLarge(): MechaneError<'overflow'> {
  return new MechaneError('overflow', {
    problem: 'the amounts are so far apart or so large that prices are no finite numbers',
    path: ['reports'],
    fix: 'use other units',
  });
}

/** What is wrong with a utility that the method of the settings cannot handle. */
export function unfitMethod(method: string, why: string): ErrorDetails {
  return {
    problem: `the method ${quote(method)} does not do for it: ${why}`,
    path: ['utility', 'kind'],
    fix: 'leave out the method, and one that fits is taken',
  };
}

/** What is wrong with an answer that lacks what was asked for. */
export function noAnswer(field: string): ErrorDetails {
  const expected = `an object with "${field}"`;
  return { problem: 'this is no answer to what was asked', expected, fix: `give ${expected}` };
}

/** What is wrong with a report for several units where truth is best for a single one only. */
export function severalUnits(problem: string, path: Path): ErrorDetails {
  return {
    problem,
    path,
    expected: 'one order for one unit: whoever trades more can move its own price',
    fix: 'split the order among several agents, or use market/vcg or market/muda',
  };
}

/** What is wrong with so many units that all of a market's could not be counted exactly. */
export function beyondCounting(path: Path, share: number): ErrorDetails {
  return {
    problem: 'these are so many units that those of all agents together cannot be counted exactly',
    path,
    expected: `${share} or fewer for an agent`,
    fix: 'count in larger lots',
  };
}

/** The error for columns of so many units that they cannot be counted exactly. */
export function uncountableColumn(total: number): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', {
    problem: `the quantities come to ${total}, which is more than can be counted exactly`,
    path: ['columns', 'quantities'],
    expected: `${Number.MAX_SAFE_INTEGER} or fewer together`,
    fix: 'count in larger lots',
  });
}

/** What is wrong with a quasi-linear utility where there is no money. */
export const numeraireNeeded: ErrorDetails = {
  problem: 'in an exchange economy there is no money to keep',
  path: ['utility', 'numeraire'],
  expected: 'the good that serves as money',
};

/** The error for curves that cannot be added up. */
export function noCommonSide(curves: number): MechaneError<'invalid-settings'> {
  return new MechaneError('invalid-settings', {
    problem: curves === 0 ? 'there are no curves' : 'demand and supply are mixed',
    path: ['curves'],
    expected: 'one curve or more, all of demand or all of supply',
    fix: 'pass curves of one side only',
  });
}

/** The error for amounts whose sums are no finite numbers. */
export function beyondDoubles(path: Path): MechaneError<'overflow'> {
  return new MechaneError('overflow', {
    problem: 'the amounts are so large that sums of them are no finite numbers',
    path,
    expected: 'amounts whose sums stay below 1.8e308',
    fix: 'use a larger unit',
  });
}

/** What is wrong with a use that needs a resource which there is not. */
export function unknownResource(path: Path, resource: string, nearest: string | undefined): ErrorDetails {
  return {
    problem: `there is no resource ${quote(resource)}`,
    path,
    expected: 'a resource of the settings',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}

/** The error for a program that the optimizer gave up. */
export function unsolvedAllocation(status: string): MechaneError<'unsolved-allocation'> {
  return new MechaneError('unsolved-allocation', {
    problem: `the optimizer found no optimum: ${status}`,
    path: ['reports'],
    fix: 'use units in which the numbers are closer to 1',
  });
}

/** The error for arrays that are no Fisher market. */
export function invalidMatrix(path: Path, expected: string): MechaneError<'invalid-matrix'> {
  return new MechaneError('invalid-matrix', {
    problem: 'this is no Fisher market',
    path,
    expected,
    fix: 'correct the matrix at that place',
  });
}

/** What is wrong with a first price of a good that nobody has or wants, while others have none. */
export function priceOfNoGood(good: string, unpriced: readonly string[]): ErrorDetails {
  const nearest = nearestKey(good, unpriced);
  return {
    problem: `nobody has or wants the good ${quote(good)}`,
    path: ['initialPrices', good],
    expected: 'a good that somebody has or wants',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}
