import { explainedLaws } from '@mechane/conformance';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';

describe('mechane explain', () => {
  test('tells a law in five lines, with its paper', async () => {
    const { exitCode, stdout } = await mechane(['explain', 'obviously-strategy-proof']);
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^obviously-strategy-proof: at the point of departure, /);
    expect(lines[4]).toBe('  source    Li 2017, Obviously strategy-proof mechanisms.');
  });

  test('tells what a law says in its other mode', async () => {
    const { stdout } = await mechane(['explain', 'individually-rational']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'interim Claimed with "mode": "interim", it says that a truthful agent expects no less than staying away is worth to it, when the others are truthful',
    );
  });

  test('lists all laws without one, and takes several, also without "structural/"', async () => {
    const { stdout } = await mechane(['explain']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(explainedLaws().map(({ law }) => law));
    const { stdout: both } = await mechane(['explain', 'core', 'feasible', '--json']);
    expect(
      both
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).law),
    ).toEqual(['core', 'structural/feasible']);
  });

  test('knows the nearest of what it does not know', async () => {
    const { exitCode, stderr } = await mechane(['explain', 'stategy-proof']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'error unknown-law: there is no law "stategy-proof". Fix: did you mean "strategy-proof"?\n',
    });
  });
});
