import type { Simulation } from '@mechane/adaptive';
import { bars, sparkline } from './small-pictures.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/**
 * How play went, in small: what a round brought and how far play was from equilibrium as the rounds went by, and how often each mechanism was played.
 *
 * @param columns of the terminal
 */
export function simulationPicture(
  { objective, arms, convergence: { checkpoints } }: Simulation,
  columns: number,
  style: Style,
): string {
  const lines = [
    [
      `${objective} of a round`,
      sparkline(
        checkpoints.map(({ reward }) => reward),
        plain,
      ),
    ],
    [
      'largest regret',
      sparkline(
        checkpoints.map(({ coarse }) => coarse ?? Number.NaN),
        plain,
      ),
    ],
  ].filter(([, line]) => line !== '');
  const rows = lines.map(([name = '', line = '']) => [{ text: name, emphasis: style.faint }, { text: line }]);
  const most = Math.max(...arms.map(({ pulls }) => pulls));
  const pulled =
    arms.length < 2
      ? ''
      : bars(
          'how many rounds each arm was played',
          arms.map(({ mechanism, pulls }, place) => ({
            name: `${place} ${mechanism}`,
            value: pulls,
            words: pulls.toLocaleString('en'),
            strong: pulls === most,
          })),
          columns,
          style,
        );
  return [rows.length === 0 ? '' : table(rows, '  '), pulled].filter((part) => part !== '').join('\n');
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
