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
});
