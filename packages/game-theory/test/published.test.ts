import { publishedGames, readEfg, readJsonGame } from '@mechane/game-theory';
import { expect, test } from 'vitest';

test('forty published games have an id each, and a source with its year', () => {
  expect(publishedGames.length).toBeGreaterThanOrEqual(40);
  expect(new Set(publishedGames.map(({ id }) => id)).size).toBe(publishedGames.length);
  for (const { id, source } of publishedGames) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(source).toMatch(/\d{4}/);
  }
});

test.each(publishedGames.map((game) => [game.id, game] as const))(
  '%s is written as readers of games take it',
  (_, game) => {
    const written = game.written();
    const read = typeof written === 'string' ? readEfg(written) : readJsonGame(JSON.stringify(written));
    expect(read.players.length).toBeGreaterThanOrEqual(2);
  },
);
