const longestCompared = 64;

/** Words that people use for one another where things are bid for and traded. */
const synonyms: readonly (readonly string[])[] = [
  ['quantity', 'qty', 'size', 'amount', 'volume', 'units', 'count', 'shares'],
  ['price', 'px', 'limit', 'limitprice', 'rate'],
  ['value', 'bid', 'max', 'maximum', 'valuation', 'price', 'threshold', 'amount', 'offer'],
  ['values', 'bids', 'marginals', 'thresholds', 'prices'],
  ['buy', 'bid', 'buyer', 'long', 'demand'],
  ['sell', 'ask', 'offer', 'seller', 'short', 'supply'],
  ['side', 'direction', 'type'],
  ['timeinforce', 'tif'],
  ['ranking', 'preferences', 'prefs', 'order'],
  ['reports', 'bids', 'agents', 'bidders'],
  ['reserve', 'floor', 'minimum', 'min', 'startingprice'],
];

/**
 * The known key, or value, that was probably meant: the same but for capitals or an s, another word for it, misspelt or abbreviated. `undefined` when
 * none is close.
 *
 * @category Input
 * @example
 * ```ts
 * import { nearestKey } from '@mechane/core';
 *
 * nearestKey('reserv', ['reserve', 'breakTie']); // => 'reserve'
 * nearestKey('BUY', ['buy', 'sell']); // => 'buy'
 * nearestKey('qty', ['side', 'price', 'quantity']); // => 'quantity'
 * nearestKey('colour', ['reserve', 'breakTie']); // => undefined
 * ```
 */
export function nearestKey(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > longestCompared) return undefined;
  const word = typed.toLowerCase();
  const comparable = [...known].filter((key) => key.length <= longestCompared);
  return (
    comparable.find((key) => [word, `${word}s`, word.replace(/s$/, '')].includes(key.toLowerCase())) ??
    anotherWord(word, comparable) ??
    misspelt(word, comparable) ??
    comparable.find((key) => abbreviates(word, key.toLowerCase()))
  );
}

function misspelt(word: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.ceil(word.length / 3)) + 1;
  for (const key of known) {
    const distance = editDistance(word, key.toLowerCase());
    if (distance < nearestDistance) [nearest, nearestDistance] = [key, distance];
  }
  return nearest;
}

function anotherWord(word: string, known: readonly string[]): string | undefined {
  for (const group of synonyms) {
    if (!group.includes(word)) continue;
    const meant = known.find((key) => group.includes(key.toLowerCase()));
    if (meant !== undefined) return meant;
  }
  return undefined;
}

/** Whether a word begins as the whole does and has letters of it in their order, as `mkt` has of `market`. */
function abbreviates(word: string, whole: string): boolean {
  if (word.length < 2 || word.length >= whole.length || word[0] !== whole[0]) return false;
  let at = 0;
  for (const letter of word) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Restricted Damerau–Levenshtein distance: a swap of neighbours counts once. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + substitution);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

/** Every index above is in range. */
function at(row: readonly number[], column: number): number {
  return row[column] as number;
}
