import { describe, expect, test } from 'vitest';
import { answers, mechane } from './command.ts';
import { project } from './project.ts';

const scenario = (reports: string): string =>
  `{"mechanism":"auction-english/proxy","settings":{"startingPrice":1,"increment":1},"reports":${reports}}`;
const winnerOf = async (...lines: string[]) => {
  const cwd = project(['@mechane/auction-english']);
  const { stdout } = await mechane(['run', '--ndjson'], { cwd, stdin: lines.join('\n') });
  return answers(stdout).map((answer) => (answer as { outcome?: { winner: string } }).outcome?.winner);
};

describe('the order in which a text lists the agents', () => {
  test('is that of their arrival, whatever their names look like', async () => {
    const winners = await winnerOf(
      scenario('{"1042":{"value":5},"7":{"value":5}}'),
      scenario('{"7":{"value":5},"1042":{"value":5}}'),
      scenario('{"bob":{"value":5},"7":{"value":5},"ann":{"value":5}}'),
      scenario('[["1042",{"value":5}],["7",{"value":5}]]'),
      scenario('{"4294967294":{"value":5},"0":{"value":5}}'),
      scenario('{"\\u0038":{"value":5},"7":{"value":5}}'),
    );
    expect(winners).toEqual(['1042', '7', 'bob', '1042', '4294967294', '8']);
  });
  test('is that of the players of a table of payoffs', async () => {
    // Who is written first chooses a row, and gains 5 by the first; the other chooses a column, and gains 1 by the second.
    const game = (row: string, column: string): string =>
      `{"mechanism":"game-theory/mediator","settings":{"strategies":{"${row}":["up","down"],"${column}":["left","right"]}},` +
      `"reports":{"${row}":{"payoffs":[[5,5],[0,0]]},"${column}":{"payoffs":[[0,1],[0,1]]}},"seed":1}`;
    const lines = [game('p', 'q'), game('10', '2'), game('2', '10'), game('ann', '7')];
    const { stdout } = await mechane(['run', '--ndjson'], {
      cwd: project(['@mechane/game-theory']),
      stdin: lines.join('\n'),
    });
    expect(answers(stdout).map((answer) => (answer as { outcome: unknown }).outcome)).toMatchObject([
      { recommendation: { p: 'up', q: 'right' } },
      { recommendation: { 10: 'up', 2: 'right' } },
      { recommendation: { 2: 'up', 10: 'right' } },
      { recommendation: { ann: 'up', 7: 'right' } },
    ]);
  });
});
