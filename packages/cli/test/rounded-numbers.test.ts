import { describe, expect, test } from 'vitest';
import { answers, mechane } from './command.ts';
import { project } from './project.ts';

describe('a number in a scenario that would count as another', () => {
  const sale = (bid: string, other = '1') =>
    `{"mechanism":"auction-sealed/second-price","reports":{"ann":{"bid":${bid}},"bob":{"bid":${other}}}}`;
  test('is refused with its path and what would be kept of it, and no winner is made up', async () => {
    const lines = [
      sale('1234567890.12345671', '1234567890.12345672'),
      sale('90071992547409.93', '90071992547409.94'),
      sale('9007199254740991.3'),
      sale('1e-400'),
      sale('0.1'),
    ];
    const { stdout } = await mechane(['run', '--ndjson'], {
      cwd: project(['@mechane/auction-sealed']),
      stdin: lines.join('\n'),
    });
    const refused = (kept: string) => ({
      error: {
        code: 'imprecise-amount',
        path: ['reports', 'ann', 'bid'],
        fix: `write ${kept}, or count in another unit`,
      },
    });
    expect(answers(stdout)).toMatchObject([
      refused('1234567890.1234567'),
      refused('90071992547409.94'),
      refused('9007199254740991'),
      refused('0'),
      { outcome: { winner: 'bob' } },
    ]);
  });
  test('is refused in an experiment and in what is typed, too', async () => {
    const cwd = project(['@mechane/auction-sealed', '@mechane/auction-combinatorial', '@mechane/adaptive']);
    const number = '0.12345678901234567890';
    const experiment =
      '{"arms":[{"mechanism":"auction-sealed/second-price","settings":{"reserve":0.5}},' +
      `{"mechanism":"auction-sealed/second-price","settings":{"reserve":${number}}}]}`;
    const asked = [
      [['simulate', '-', '--json'], experiment],
      [['run', '-', '--json', '--sweep', `reserve=1,${number}`], sale('1')],
      [['run', '-', '--json', '--sweep', `pricing=word,${number}`], sale('1')],
      [['generate', 'cats-l3', '--set', `alpha=${number}`], ''],
    ] as const;
    for (const [argv, stdin] of asked) {
      const { exitCode, stderr } = await mechane(argv, { cwd, stdin });
      expect([argv[0], exitCode, stderr]).toEqual([argv[0], 2, expect.stringContaining('imprecise-amount')]);
      expect(stderr).toContain('write 0.12345678901234568');
    }
  });
});
