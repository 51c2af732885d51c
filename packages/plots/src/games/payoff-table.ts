import type { Figure, FigureOptions } from '../figure.ts';
import { counted, listed } from '../numbers.ts';
import { Sheet } from '../sheet.ts';
import { textWidth } from '../text-width.ts';
import { asNumber, type Payoff, type Profile, supportOf, type TableGame } from './table-game.ts';

const [height, mostRows, mostColumns] = [40, 24, 14];

/**
 * A game of two players as a table of payoffs: best responses are underlined, cells that equilibria play are framed, and the first mixed
 * equilibrium stands at the margins.
 *
 * @category Games
 */
export function payoffTable(game: TableGame, equilibria: readonly Profile[] = [], options: FigureOptions = {}): Figure {
  const { players, strategies, payoffs } = game;
  const pure = equilibria.filter(({ profile }) => profile.every((plan) => supportOf(plan).length === 1));
  const mixed = equilibria.filter((each) => !pure.includes(each));
  const title = `${counted(equilibria.length, 'equilibrium', 'equilibria')}: ${pure.length} pure, ${mixed.length} mixed`;
  const sheet = new Sheet(
    title,
    `${players[0]} chooses the row and gets the first number, ${players[1]} the column and the second; best responses are underlined, pure equilibria framed`,
    options.width,
  );
  const [rows, columns] = [strategies[0].slice(0, mostRows), strategies[1].slice(0, mostColumns)];
  const [first] = mixed;
  const margin = first === undefined ? 0 : 54;
  const left = Math.min(sheet.width * 0.3, Math.max(60, ...rows.map((name) => textWidth(name, 12) + 14)));
  const cell = Math.min(120, (sheet.width - left - margin - 4) / Math.max(1, columns.length));
  const top = sheet.top + 36;
  sheet.text([left, top - 24], players[1], { fill: 'faint', italic: true });
  sheet.text([0, top - 8], players[0], { fill: 'faint', italic: true }, left - 6);
  columns.forEach((name, column) => {
    sheet.text([left + (column + 0.5) * cell, top - 8], name, { anchor: 'middle', bold: true }, cell - 4);
  });
  rows.forEach((name, row) => {
    const y = top + row * height;
    sheet.text([0, y + height / 2 + 4], name, { bold: true }, left - 6);
    columns.forEach((_, column) => {
      const at = { x: left + column * cell, y: y, cell };
      const holds = pure.some(({ profile }) => supportOf(profile[0])[0] === row && supportOf(profile[1])[0] === column);
      sheet.rect([at.x, at.y], cell, height, { fill: holds ? 'soft' : 'none', stroke: 'grid' });
      if (holds)
        sheet.rect([at.x + 3, at.y + 3], cell - 6, height - 6, {
          stroke: 'win',
          weight: 2.5,
          round: 4,
          label: `equilibrium: ${name}, ${columns[column]}`,
        });
      drawPayoffs(sheet, game, row, column, at);
    });
  });
  if (first !== undefined) drawMixture(sheet, first, { left, top, cell, rows: rows.length, columns: columns.length });
  const bottom = top + rows.length * height + (first === undefined ? 8 : 34);
  return sheet.figure(bottom, describe(game, equilibria), {
    columns: [players[0], players[1], `payoff of ${players[0]}`, `payoff of ${players[1]}`],
    rows: strategies[0].flatMap((one, row) =>
      strategies[1].map((other, column) => [
        one,
        other,
        payoffs[0][row]?.[column] ?? null,
        payoffs[1][row]?.[column] ?? null,
      ]),
    ),
  });
}

function drawPayoffs(
  sheet: Sheet,
  { payoffs: [one, other] }: TableGame,
  row: number,
  column: number,
  { x, y, cell }: { readonly x: number; readonly y: number; readonly cell: number },
): void {
  const [mine, theirs] = [one[row]?.[column] ?? 0, other[row]?.[column] ?? 0];
  const bestForOne = one.every((each) => asNumber(each[column]) <= asNumber(mine) + 1e-12);
  const bestForOther = (other[row] ?? []).every((each) => asNumber(each) <= asNumber(theirs) + 1e-12);
  const place = [
    [mine, bestForOne, x + cell * 0.3],
    [theirs, bestForOther, x + cell * 0.7],
  ] as const;
  for (const [payoff, best, at] of place) {
    const text = String(payoff).replace('-', '−');
    const size = cell < 48 ? 10 : 13;
    const wide = Math.min(textWidth(text, size), cell * 0.42);
    sheet.text([at, y + height / 2 + 4], text, { anchor: 'middle', size, bold: best }, cell * 0.44);
    if (best)
      sheet.line(
        [
          [at - wide / 2, y + height / 2 + 8],
          [at + wide / 2, y + height / 2 + 8],
        ],
        { stroke: 'price', weight: 2 },
      );
  }
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly rows: number;
  readonly columns: number;
}

function drawMixture(sheet: Sheet, { profile }: Profile, { left, top, cell, rows, columns }: Grid): void {
  const [one = [], other = []] = profile;
  one.slice(0, rows).forEach((probability, row) => {
    sheet.text(
      [left + columns * cell + 6, top + row * height + height / 2 + 4],
      String(probability),
      { fill: 'plum', italic: true },
      50,
    );
  });
  other.slice(0, columns).forEach((probability, column) => {
    sheet.text(
      [left + (column + 0.5) * cell, top + rows * height + 18],
      String(probability),
      { fill: 'plum', italic: true, anchor: 'middle' },
      cell - 4,
    );
  });
  sheet.text([0, top + rows * height + 18], 'mixed:', { fill: 'plum', italic: true }, left - 6);
}

function describe({ players, strategies }: TableGame, equilibria: readonly Profile[]): string {
  const plan = (player: 0 | 1, probabilities: readonly Payoff[] | undefined): string =>
    `${players[player]} plays ${listed(supportOf(probabilities).map((place) => `${strategies[player][place] ?? place + 1}${asNumber(probabilities?.[place]) === 1 ? '' : ` with ${probabilities?.[place]}`}`))}`;
  return equilibria.length === 0
    ? 'No equilibrium is marked.'
    : `${equilibria
        .slice(0, 20)
        .map(({ profile }) => `${plan(0, profile[0])}, ${plan(1, profile[1])}`)
        .join('; ')}.`;
}

/**
 * A game of two players as a table in LaTeX, with best responses underlined: `\usepackage{booktabs}` is all it needs.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { toLatexTable } from '@mechane/plots';
 *
 * const game = { players: ['Ann', 'Bob'], strategies: [['C', 'D'], ['C', 'D']], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] } as const;
 * toLatexTable(game).includes(String.raw`\underline{1}, \underline{1}`); // => true
 * ```
 */
export function toLatexTable({ players, strategies, payoffs: [one, other] }: TableGame): string {
  const columns = strategies[1];
  const rows = strategies[0].map((name, row) => {
    const cells = columns.map((_, column) => {
      const [mine, theirs] = [one[row]?.[column] ?? 0, other[row]?.[column] ?? 0];
      const bestForOne = one.every((each) => asNumber(each[column]) <= asNumber(mine));
      const bestForOther = (other[row] ?? []).every((each) => asNumber(each) <= asNumber(theirs));
      return `$${bestForOne ? `\\underline{${mine}}` : mine}, ${bestForOther ? `\\underline{${theirs}}` : theirs}$`;
    });
    return `  ${[inLatex(name), ...cells].join(' & ')} \\\\`;
  });
  return [
    `\\begin{tabular}{l${'c'.repeat(columns.length)}}`,
    '  \\toprule',
    `  ${inLatex(players[0])} \\textbackslash\\ ${inLatex(players[1])} & ${columns.map(inLatex).join(' & ')} \\\\`,
    '  \\midrule',
    ...rows,
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

/** A text as LaTeX sets it. */
export function inLatex(text: string): string {
  const special: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
    '−': '$-$',
    '∞': '$\\infty$',
    '…': '\\dots{}',
    '–': '--',
  };
  return [...text]
    .map((character) => special[character] ?? (/[&%$#_{}]/.test(character) ? `\\${character}` : character))
    .join('');
}
