import { isMechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type Game, methodsFor, readJsonGame, readJsonTree, solve } from '../src/index.ts';

const random = seededRandom(5);

/** A table of so many strategies, whose payoffs are drawn one by one. */
function table(shape: readonly number[], draw: () => number): Game {
  const nested = (depth: number): unknown =>
    depth === shape.length ? draw() : Array.from({ length: shape[depth] as number }, () => nested(depth + 1));
  return readJsonGame({ players: shape.map((_, player) => `p${player}`), payoffs: shape.map(() => nested(0)) });
}

/** Players move in turn; where it is hidden, nobody sees what the others did. */
function tree(players: number, depth: number, actions: number, isHidden: boolean): Game {
  const node = (before: readonly number[]): object => {
    const turn = before.length;
    const own = before.filter((_, move) => !isHidden || move % players === turn % players);
    if (turn === depth) return { payoffs: Array.from({ length: players }, () => random.below(100)) };
    return {
      player: `p${turn % players}`,
      informationSet: `${turn}: ${own.join(' ')}`,
      actions: Array.from({ length: actions }, (_, action) => ({ action: `${action}`, to: node([...before, action]) })),
    };
  };
  return readJsonTree({ players: Array.from({ length: players }, (_, player) => `p${player}`), root: node([]) });
}

const wins = Array.from({ length: 41 }, (_, row) =>
  Array.from({ length: 20 }, () => (row === 0 ? 1 : random.below(2))),
);
const losses = wins.map((row) => row.map((won) => 1 - won));

const games: Record<string, Game> = {
  'a sure win over wins and losses': readJsonGame({ players: ['ann', 'bob'], payoffs: [wins, losses] }),
  'a hundred strategies each': table([100, 100], () => random.below(1e6)),
  'a thousand strategies each': table([1_000, 1_000], () => random.below(1e6)),
  'a table full of ties': table([60, 60], () => random.below(2)),
  'a table of nothing but ties': table([40, 40], () => 0),
  'three players with twenty strategies each': table([20, 20, 20], () => random.below(1e6)),
  'ten players': table(
    Array.from({ length: 10 }, () => 2),
    () => random.below(100),
  ),
  'a tree of hidden moves': tree(2, 9, 2, true),
  'a tree of hidden moves of three players': tree(3, 6, 3, true),
  'a tree in which everything is seen': tree(2, 6, 2, false),
  'a tree of four thousand moves': tree(2, 12, 2, false),
};

/** Seconds of the processor that an answer may take beyond its limit, as other work on the machine does not count. */
const allowed = 2;

describe.each(Object.entries(games))('of %s', (_, game) => {
  test.each(methodsFor(game))('%s keeps to a limit of time, or refuses at once', async (method) => {
    const before = process.cpuUsage();
    const answer = await solve(game, { method, seconds: 0.1 }).catch((thrown: unknown) => thrown);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(allowed);
    if (isMechaneError(answer)) expect(['too-large', 'unsuitable-game']).toContain(answer.code);
    else expect(answer).toHaveProperty('complete');
  });
});
