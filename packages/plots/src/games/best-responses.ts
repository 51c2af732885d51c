import { drawX, drawY, scaleOf, spread } from '../axes.ts';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';
import { asNumber, type Profile, type TableGame } from './table-game.ts';

/**
 * A game in which the first player has two strategies: what each strategy of the second is worth to it against every mixture of the first, the best of them,
 * and where equilibria are (von Stengel 2002, “Computing equilibria for two-person games”).
 *
 * @category Games
 */
export function bestResponses(
  game: TableGame,
  equilibria: readonly Profile[] = [],
  options: FigureOptions = {},
): Figure {
  const [one, other] = game.players;
  const second = game.strategies[0][1] ?? 'the second';
  const sheet = new Sheet(
    `What ${other} does best against ${one}: ${counted(equilibria.length, 'equilibrium', 'equilibria')}`,
    `Each line is what a strategy of ${other} is worth to it; the thick line is the best; dots are equilibria`,
    options.width,
  );
  const lines = game.strategies[1].map((name, column) => ({
    name,
    from: asNumber(game.payoffs[1][0]?.[column]),
    to: asNumber(game.payoffs[1][1]?.[column]),
  }));
  const best = (share: number): number => Math.max(...lines.map(({ from, to }) => from + share * (to - from)));
  const [left, right, top, bottom] = [
    50,
    sheet.width - Math.min(120, sheet.width * 0.24),
    sheet.top + 24,
    sheet.top + 280,
  ];
  const x = scaleOf([0, 1], [left, right], { exact: true });
  const y = scaleOf(spread(lines.flatMap(({ from, to }) => [from, to])), [bottom, top]);
  drawY(sheet, y, left, right, `payoff of ${other}`);
  const end = drawX(sheet, x, bottom, top, `probability that ${one} plays ${second}`);
  sheet.line(
    corners(lines).map((share): Point => [x.at(share), y.at(best(share))]),
    { stroke: 'ink', weight: 6, opacity: 0.25 },
  );
  lines.slice(0, 12).forEach(({ name, from, to }, place) => {
    const { role, dash } = seriesAt(place);
    sheet.line(
      [
        [x.at(0), y.at(from)],
        [x.at(1), y.at(to)],
      ],
      { stroke: role, dash, weight: 1.5, label: name },
    );
  });
  const taken: number[] = [];
  lines
    .slice(0, 12)
    .map(({ name, to }, place) => ({ name, at: y.at(to), place }))
    .sort((a, b) => a.at - b.at)
    .forEach(({ name, at, place }) => {
      const free = Math.max(at + 4, (taken.at(-1) ?? -Infinity) + 14);
      taken.push(free);
      sheet.text([right + 8, free], name, { fill: seriesAt(place).role, bold: true }, sheet.width - right - 10);
    });
  const shares = equilibria.map(({ profile }) => asNumber(profile[0]?.[1]));
  for (const share of shares)
    sheet.dot([x.at(share), y.at(best(share))], {
      fill: 'price',
      stroke: 'paper',
      weight: 2,
      radius: 6,
      symbol: 'diamond',
      label: `equilibrium: ${one} plays ${second} with probability ${written(share)}`,
    });
  const description = `${other} does best with ${corners(lines)
    .slice(0, -1)
    .map((share, place, all) => `${bestName(lines, (share + (all[place + 1] ?? 1)) / 2)} from ${written(share)}`)
    .join(', ')}. Equilibria at ${shares.map(written).join(', ') || 'none'}.`;
  return sheet.figure(end, description, {
    columns: ['strategy', 'payoff at 0', 'payoff at 1'],
    rows: lines.map(({ name, from, to }) => [name, from, to]),
  });
}

interface Line {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Where the best line may change. */
function corners(lines: readonly Line[]): readonly number[] {
  const best = (share: number): number => Math.max(...lines.map(({ from, to }) => from + share * (to - from)));
  const meet = lines.flatMap((a) =>
    lines.map((b) => (b.from - a.from) / (a.to - a.from - (b.to - b.from) || Number.NaN)),
  );
  const changes = meet.filter(
    (share) =>
      share > 0 &&
      share < 1 &&
      lines.filter(({ from, to }) => Math.abs(from + share * (to - from) - best(share)) < 1e-9).length > 1,
  );
  return [...new Set([0, ...changes, 1])]
    .sort((a, b) => a - b)
    .filter((share, place, all) => place === 0 || share - (all[place - 1] as number) > 1e-9);
}

function bestName(lines: readonly Line[], share: number): string {
  return lines.reduce((best, line) =>
    line.from + share * (line.to - line.from) > best.from + share * (best.to - best.from) ? line : best,
  ).name;
}
