import type { Played } from './played.ts';

const columns = [
  'play',
  'game',
  'group',
  'agent',
  'in group',
  'side',
  'value',
  'worth to all',
  'said',
  'won',
  'paid',
  'gain',
  'equilibrium',
];

/** What all have said and got, beside the equilibrium, as a table of text (RFC 4180). */
export function classCsv(played: readonly Pick<Played, 'game' | 'rows' | 'truth'>[]): string {
  const lines = played.flatMap(({ game, rows, truth }) =>
    rows.map(({ play, group, agent, hand, said, won, paid, gain, equilibrium }) => {
      const value = hand.value ?? hand.owns ?? '';
      return [
        play,
        game.title,
        group,
        agent,
        hand.n,
        hand.side ?? '',
        value,
        truth ?? '',
        said ?? '',
        won,
        paid,
        gain,
        equilibrium ?? '',
      ];
    }),
  );
  return [columns, ...lines].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number): string {
  const text = String(value);
  // A spreadsheet takes what begins so for a formula, and names are whatever people type.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
