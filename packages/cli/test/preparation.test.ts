import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answers, mechane, scenario } from './command.ts';
import { project } from './project.ts';

const reports = { ann: {}, bob: {} };
const weighing = scenario(reports, 'slow/weighing');
const cwd = () => project(['slow', 'fixture', '@mechane/core']);

describe('a mechanism whose services take time to load', () => {
  test('runs when they are there', async () => {
    const { exitCode, stdout } = await mechane(['run', '-', '--json'], { cwd: cwd(), stdin: weighing });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: { weight: 2 } });
  });
  test('runs among lines, in their order', async () => {
    const other = scenario({ ann: { peak: 3 } }, 'fixture/median');
    const lines = [other, weighing, '{', '[]', '7', 'null', weighing, other, scenario(reports, 'slow/unheard')];
    const { exitCode, stdout } = await mechane(['run', '--ndjson'], { cwd: cwd(), stdin: lines.join('\n') });
    expect(exitCode).toBe(0);
    expect(answers(stdout).map((answer) => answer.error?.code ?? (answer as { outcome?: object }).outcome)).toEqual([
      { location: 3 },
      { weight: 2 },
      'malformed-json',
      'invalid-scenario',
      'invalid-scenario',
      'invalid-scenario',
      { weight: 2 },
      { location: 3 },
      'service-missing',
    ]);
  });
  test('is written down, resumed and audited', async () => {
    const folder = cwd();
    const journal = join(folder, 'run.log');
    const again = { cwd: folder, stdin: weighing };
    expect((await mechane(['run', '-', '--journal', journal], again)).exitCode).toBe(0);
    for (const command of ['resume', 'replay']) {
      const { exitCode, stdout } = await mechane([command, journal, '--json'], { cwd: folder });
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: { weight: 2 } });
    }
  });
});
