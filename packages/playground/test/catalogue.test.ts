import { type Game, NormalFormGame, solve } from '@mechane/game-theory';
import { gamePictures, type NormalForm } from '@mechane/plots';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/games/catalogue.ts';
import { readGame } from '../src/games/read-game.ts';

const named = (name: string): Game => readGame(catalogue.find((game) => game.name === name)?.text() ?? '');

test('holds forty games, each with a name of its own and its source', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(40);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  for (const { source } of catalogue) expect(source).toMatch(/\d{4}/);
});

test.each(catalogue.map(({ name }) => name))('%s has an equilibrium and a picture', async (name) => {
  const game = named(name);
  const { equilibria } = await solve(game, { seconds: 200 });
  expect(equilibria.length).toBeGreaterThan(0);
  const solved = JSON.parse(JSON.stringify(equilibria));
  expect(gamePictures(game as NormalForm, solved)[0]?.marks.length).toBeGreaterThan(5);
});

describe('what was published of them', () => {
  const only = async (name: string): Promise<{ profile: string[][]; payoffs: string[] }> => {
    const { equilibria } = await solve(named(name), { seconds: 200 });
    expect(equilibria).toHaveLength(1);
    return JSON.parse(JSON.stringify(equilibria[0]));
  };

  test('both confess (Luce and Raiffa 1957)', async () => {
    expect((await only('Prisoners’ dilemma')).profile).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
  });

  test('kickers shoot left with 38.54 %, goalkeepers go left with 41.99 % (Palacios-Huerta 2003)', async () => {
    const { profile } = await only('Penalty kick');
    const share = (text = '0'): number =>
      text
        .split('/')
        .map(Number)
        .reduce((over, under) => over / under);
    expect(share(profile[0]?.[0])).toBeCloseTo(0.3854, 3);
    expect(share(profile[1]?.[0])).toBeCloseTo(0.4199, 3);
  });

  test('Colonel Blotto’s four are worth 14/9 against three (Karlin 1959)', async () => {
    const { equilibria } = await solve(named('Colonel Blotto, four against three'), { method: 'zero-sum' });
    expect(JSON.parse(JSON.stringify(equilibria))[0].payoffs[0]).toBe('14/9');
  });

  test('a traveller claims the least (Basu 1994)', async () => {
    const { profile } = await only('Traveller’s dilemma, 2 to 7');
    expect(profile[0]?.[0]).toBe('1');
  });
});

test('rows of cells are a game', () => {
  const game = readGame('3,3 0,5\n5,0 1/2,1');
  expect(game).toBeInstanceOf(NormalFormGame);
  expect((game as NormalFormGame).payoff(0, [1, 1]).toString()).toBe('1/2');
  expect(() => readGame('3 4\n5')).toThrow(/rows of cells/);
});
