import { nameWidth, rowHeight } from '../agent-rows.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';
import { asNumber, type Profile } from './table-game.ts';

const mostProfiles = 8;

/**
 * Equilibria of a game of any number of players: a bar for each player, divided as it mixes its strategies.
 *
 * @category Games
 */
export function profileList(
  game: { readonly players: readonly string[]; readonly strategies: readonly (readonly string[])[] },
  equilibria: readonly Profile[],
  options: FigureOptions = {},
): Figure {
  const title = equilibria.length === 0 ? 'No equilibrium' : counted(equilibria.length, 'equilibrium', 'equilibria');
  const sheet = new Sheet(title, 'Each bar is a player, divided as it mixes its strategies', options.width);
  const left = nameWidth(game.players, sheet.width);
  const wide = sheet.width - left - 4;
  let y = sheet.top + 6;
  equilibria.slice(0, mostProfiles).forEach(({ profile }, place) => {
    sheet.text([0, y + 12], `Equilibrium ${place + 1}`, { fill: 'faint' });
    y += 18;
    game.players.forEach((player, which) => {
      sheet.text([0, y + 17], player, {}, left - 8);
      let x = left;
      (profile[which] ?? []).forEach((probability, strategy) => {
        const width = asNumber(probability) * wide;
        if (width < 0.5) return;
        const name = game.strategies[which]?.[strategy] ?? String(strategy + 1);
        sheet.rect([x, y + 3], width, rowHeight - 8, {
          fill: seriesAt(strategy).role,
          stroke: 'paper',
          label: `${player} plays ${name} with probability ${written(asNumber(probability))}`,
        });
        sheet.text([x + 5, y + 17], `${name} ${written(asNumber(probability))}`, { fill: 'paper' }, width - 8);
        x += width;
      });
      y += rowHeight;
    });
    y += 8;
  });
  const rows = equilibria.flatMap(({ profile }, place) =>
    profile.flatMap((plan, player) =>
      plan.map((probability, strategy) => [
        place + 1,
        game.players[player] ?? '',
        game.strategies[player]?.[strategy] ?? '',
        asNumber(probability),
      ]),
    ),
  );
  const description = `${title} of ${counted(game.players.length, 'player')}: ${game.players.join(', ')}.`;
  return sheet.figure(y + 4, description, {
    columns: ['equilibrium', 'player', 'strategy', 'probability'],
    rows: rows.length > 0 ? rows : [[0, '', '', null]],
  });
}
