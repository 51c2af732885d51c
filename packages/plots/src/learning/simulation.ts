import { nameWidth, rowHeight } from '../agent-rows.ts';
import { drawX, scaleOf, withZero } from '../axes.ts';
import { type Curve, curves } from '../curves.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * What a simulation gave, as `mechane simulate --json` tells it.
 *
 * @category Learning
 */
export interface SimulatedPlay {
  readonly rounds: number;
  readonly objective: string;
  readonly arms: readonly {
    readonly mechanism: string;
    readonly settings?: unknown;
    readonly pulls: number;
    readonly revenue?: Mean | null;
    readonly welfare?: Mean | null;
    readonly efficiency?: Mean | null;
  }[];
  readonly convergence: { readonly checkpoints: readonly Checkpoint[] };
}

/**
 * A mean, and how far it may be from the true one.
 *
 * @category Learning
 */
export interface Mean {
  readonly mean: number;
  readonly halfWidth?: number;
}

interface Checkpoint {
  readonly round: number;
  readonly reward: number;
  readonly regret: number;
  readonly coarse?: number | null;
  readonly correlated?: number | null;
}

/**
 * What a round brought as learning went on.
 *
 * @category Learning
 */
export function learningCurve({ rounds, objective, convergence }: SimulatedPlay, options: FigureOptions = {}): Figure {
  const { checkpoints } = convergence;
  const last = checkpoints.at(-1)?.reward ?? 0;
  return curves([{ name: objective, points: checkpoints.map(({ round, reward }) => ({ x: round, y: reward })) }], {
    ...options,
    title: `After ${rounds.toLocaleString('en')} rounds a round brings ${written(last)} in ${objective}`,
    subtitle: `The ${objective} of a round on average since the last point`,
    x: 'round',
    y: objective,
    zero: true,
  });
}

/**
 * What was foregone by not knowing the best arm from the start; `bound` is what is known to be the most, by round, such as 8·√(n·k·ln k).
 *
 * @category Learning
 */
export function regretCurve(
  { rounds, convergence }: SimulatedPlay,
  bound?: (round: number) => number,
  options: FigureOptions = {},
): Figure {
  const { checkpoints } = convergence;
  const own: Curve = { name: 'regret', points: checkpoints.map(({ round, regret }) => ({ x: round, y: regret })) };
  const limit: Curve[] =
    bound === undefined
      ? []
      : [{ name: 'bound', points: checkpoints.map(({ round }) => ({ x: round, y: bound(round) })) }];
  return curves([own, ...limit], {
    ...options,
    title: `Regret after ${rounds.toLocaleString('en')} rounds: ${written(checkpoints.at(-1)?.regret ?? 0)}`,
    subtitle: 'Rewards foregone in all, scaled to what is at stake in a round',
    x: 'round',
    y: 'regret',
    zero: true,
  });
}

/**
 * How far play is from equilibrium as learning goes on.
 *
 * @category Learning
 */
export function convergenceCurve({ convergence, rounds }: SimulatedPlay, options: FigureOptions = {}): Figure {
  const known = (field: 'coarse' | 'correlated'): Curve['points'] =>
    convergence.checkpoints.flatMap((point) => (point[field] == null ? [] : [{ x: point.round, y: point[field] }]));
  return curves(
    [
      { name: 'coarse correlated', points: known('coarse') },
      { name: 'correlated', points: known('correlated') },
    ],
    {
      ...options,
      title: `How far ${rounds.toLocaleString('en')} rounds of play are from equilibrium`,
      subtitle: 'The largest regret of an agent as a share of what is at stake: 0 is an equilibrium',
      x: 'round',
      y: 'share of the stakes',
      zero: true,
    },
  );
}

/**
 * How often a designer chose each mechanism, and what a round of it brought.
 *
 * @category Learning
 */
export function armsPulled({ arms, rounds, objective }: SimulatedPlay, options: FigureOptions = {}): Figure {
  const most = arms.reduce(
    (best, arm) => (arm.pulls > best.pulls ? arm : best),
    arms[0] ?? { mechanism: 'nothing', pulls: 0 },
  );
  const sheet = new Sheet(
    `${most.mechanism} is chosen in ${written(rounds === 0 ? 0 : (100 * most.pulls) / rounds)} % of ${rounds.toLocaleString('en')} rounds`,
    `Each bar is in how many rounds a mechanism was chosen; beside it, what a round brought in ${objective}`,
    options.width,
  );
  const names = arms.map(
    ({ mechanism, settings }) =>
      `${mechanism}${settings === undefined || JSON.stringify(settings) === '{}' ? '' : ` ${JSON.stringify(settings)}`}`,
  );
  const left = nameWidth(names, sheet.width * 1.2);
  const scale = scaleOf(withZero(arms.map(({ pulls }) => pulls)), [left, sheet.width - 130]);
  const top = sheet.top + 6;
  const bottom = top + arms.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'rounds');
  const brought = (arm: SimulatedPlay['arms'][number]): Mean | null | undefined =>
    arm[objective as 'revenue'] ?? arm.revenue;
  arms.forEach((arm, row) => {
    const y = top + row * rowHeight;
    sheet.text([0, y + 18], names[row] as string, { bold: arm === most }, left - 8);
    sheet.rect([left, y + 5], Math.max(1, scale.at(arm.pulls) - left), rowHeight - 10, {
      fill: arm === most ? 'win' : 'soft',
      stroke: arm === most ? 'win' : 'faint',
      round: 2,
    });
    const mean = brought(arm);
    const within = mean?.halfWidth === undefined ? '' : ` ± ${written(mean.halfWidth)}`;
    sheet.text([sheet.width, y + 18], mean == null ? '–' : `${written(mean.mean)}${within}`, {
      anchor: 'end',
      fill: 'faint',
    });
  });
  return sheet.figure(
    end,
    `${arms.map(({ pulls }, place) => `${names[place]}: ${pulls.toLocaleString('en')} rounds`).join('; ')}.`,
    {
      columns: ['mechanism', 'rounds', objective, 'within'],
      rows: arms.map((arm, place) => [
        names[place] as string,
        arm.pulls,
        brought(arm)?.mean ?? null,
        brought(arm)?.halfWidth ?? null,
      ]),
    },
  );
}
