import type { Figure, FigureOptions } from '../figure.ts';
import { counted, listed } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * Who is matched with whom, or with what.
 *
 * @category Matching
 */
export interface Matching {
  /** Those who rank, from top to bottom. */
  readonly left: readonly string[];
  /** Those who are ranked. */
  readonly right: readonly string[];
  readonly pairs: readonly (readonly [left: string, right: string])[];
  /** What each ranks, the best first. */
  readonly rankings: Readonly<Record<string, readonly string[]>>;
}

const [row, most] = [34, 30];

/**
 * A matching as lines between two sides: thin where somebody wants, thick where it is matched, with the rank that each gave the other.
 *
 * @category Matching
 */
export function matching({ left, right, pairs, rankings }: Matching, options: FigureOptions = {}): Figure {
  const [ones, others] = [left.slice(0, most), right.slice(0, most)];
  const first = pairs.filter(([one, other]) => rankings[one]?.[0] === other).length;
  const title = `${counted(pairs.length, 'pair')}, ${first} of them a first choice`;
  const sheet = new Sheet(
    title,
    'Thick lines are matches, thin ones what is wished for; a number is the rank that the one gives the other',
    options.width,
  );
  const [x1, x2] = [sheet.width * 0.34, sheet.width * 0.66];
  const top = sheet.top + 10;
  const y = (place: number): number => top + (place + 0.5) * row;
  for (const [place, one] of ones.entries()) {
    for (const wished of rankings[one] ?? []) {
      const at = others.indexOf(wished);
      if (at >= 0)
        sheet.line(
          [
            [x1, y(place)],
            [x2, y(at)],
          ],
          { stroke: 'grid', label: `${one} ranks ${wished} ${ordinal(rankings[one]?.indexOf(wished) ?? 0)}` },
        );
    }
  }
  for (const [one, other] of pairs) {
    const [a, b] = [ones.indexOf(one), others.indexOf(other)];
    if (a >= 0 && b >= 0)
      sheet.line(
        [
          [x1, y(a)],
          [x2, y(b)],
        ],
        { stroke: 'win', weight: 3, label: `${one} and ${other}` },
      );
  }
  drawSide(
    sheet,
    ones,
    { x: x1, y, anchor: 'end' },
    pairs.map(([one, other]) => [one, other] as const),
    rankings,
  );
  drawSide(
    sheet,
    others,
    { x: x2, y, anchor: 'start' },
    pairs.map(([one, other]) => [other, one] as const),
    rankings,
  );
  const bottom = top + Math.max(ones.length, others.length) * row + 8;
  return sheet.figure(bottom, describe(left, right, pairs), {
    columns: ['one', 'other', 'rank of the other', 'rank of the one'],
    rows: pairs.map(([one, other]) => [one, other, rankOf(rankings, one, other), rankOf(rankings, other, one)]),
  });
}

interface Side {
  readonly x: number;
  readonly anchor: 'start' | 'end';
  y(place: number): number;
}

function drawSide(
  sheet: Sheet,
  names: readonly string[],
  { x, y, anchor }: Side,
  pairs: readonly (readonly [string, string])[],
  rankings: Matching['rankings'],
): void {
  const outside = anchor === 'end' ? -12 : 12;
  names.forEach((name, place) => {
    const partners = pairs.filter(([own]) => own === name).map(([, partner]) => partner);
    const ranks = partners.map((partner) => rankOf(rankings, name, partner)).filter((rank) => rank !== null);
    sheet.dot([x, y(place)], {
      fill: partners.length > 0 ? 'win' : 'paper',
      stroke: partners.length > 0 ? 'win' : 'faint',
      weight: 2,
      radius: 5,
    });
    const words = `${name}${partners.length === 0 ? ' (alone)' : ''}`;
    sheet.text(
      [x + outside, y(place) + 4],
      words,
      { anchor, bold: partners.length > 0, fill: partners.length > 0 ? 'ink' : 'faint' },
      sheet.width * 0.3,
    );
    if (ranks.length > 0)
      sheet.text([x - 1.1 * outside, y(place) - 6], ranks.join(', '), {
        anchor: anchor === 'end' ? 'start' : 'end',
        size: 11,
        fill: 'price',
      });
  });
}

function rankOf(rankings: Matching['rankings'], one: string, other: string): number | null {
  const place = rankings[one]?.indexOf(other) ?? -1;
  return place < 0 ? null : place + 1;
}

function ordinal(place: number): string {
  return ['first', 'second', 'third'][place] ?? `${place + 1}th`;
}

function describe(left: readonly string[], right: readonly string[], pairs: Matching['pairs']): string {
  const matched = new Set(pairs.flat());
  const alone = [...left, ...right].filter((name) => !matched.has(name));
  return `${pairs
    .slice(0, 60)
    .map(([one, other]) => `${one} with ${other}`)
    .join('; ')}.${alone.length > 0 ? ` Alone: ${listed(alone)}.` : ''}`;
}
