import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCli } from '../src/index.ts';
import { Progress } from '../src/progress.ts';
import { table } from '../src/table.ts';
import { printable, shortened } from '../src/terminal-text.ts';
import { here, mechane, scenario } from './command.ts';

const controlSequence = '\u001b[';
const auction = scenario({ ann: { bid: 1 } });

describe('colour', () => {
  test.each([
    ['on a terminal', true, {}, true],
    ['not in a pipe', false, {}, false],
    ['not where NO_COLOR says so', true, { NO_COLOR: '1' }, false],
    ['where NO_COLOR is empty', true, { NO_COLOR: '' }, true],
    ['in a pipe where FORCE_COLOR says so', false, { FORCE_COLOR: '1' }, true],
    ['not where FORCE_COLOR is 0', true, { FORCE_COLOR: '0' }, false],
    ['not where both are said', true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
  ] as const)('%s', async (_, stdoutIsTerminal, env, expected) => {
    const { stdout } = await mechane(['run', '-'], { stdin: auction, stdoutIsTerminal, env });
    expect(stdout.includes(controlSequence)).toBe(expected);
    const listed = await mechane(['list'], { stdoutIsTerminal, env });
    expect(listed.stdout.includes(controlSequence)).toBe(expected);
  });

  test('of errors goes by where errors go', async () => {
    const { stderr } = await mechane(['rnu'], { stderrIsTerminal: true });
    expect(stderr).toContain(`${controlSequence}31merror`);
    const piped = await mechane(['rnu'], { stdoutIsTerminal: true });
    expect(piped.stderr).not.toContain(controlSequence);
  });

  test('never gets into JSON', async () => {
    const { stdout } = await mechane(['run', '-', '--json'], { stdin: auction, stdoutIsTerminal: true });
    expect(stdout).not.toContain(controlSequence);
  });
});

describe('what is shown', () => {
  test('cannot command the terminal', async () => {
    const stdin = scenario({ '\u001b[2Jann\r\n\u202e': { bid: 1, value: '\u009b31m' } });
    const { stdout } = await mechane(['run', '-'], { stdin });
    expect(stdout).toContain('\\u001b[2Jann\\u000d\\u000a\\u202e');
    expect(stdout).toContain('\\u009b31m');
    for (const character of '\u001b\u009b\r\u202e') expect(stdout).not.toContain(character);
    const { stderr } = await mechane(['run', '-'], { stdin: '{"\u202e\u009b": 1}' });
    for (const character of '\u202e\u009b') expect(stderr).not.toContain(character);
  });

  test('tells names apart that look the same', async () => {
    const stdin = scenario({
      ann: { bid: 1 },
      'ann\u200b': { bid: 2 },
      'ann\u{e0061}': { bid: 3 },
      'ann\u00a0': { bid: 4 },
      'ann\ufe0f': { bid: 5 },
      'ann\u2800': { bid: 6 },
      'ann\u{e0100}': { bid: 7 },
    });
    const { stdout } = await mechane(['run', '-'], { stdin });
    const shown = ['ann', 'ann\\u200b', 'ann\\u{e0061}', 'ann\\u00a0', 'ann\\ufe0f', 'ann\\u2800', 'ann\\u{e0100}'];
    for (const name of shown) expect(stdout).toContain(`${name} `);
    for (const character of ['\u200b', '\u{e0061}', '\u00a0', '\ufe0f', '\u2800', '\u{e0100}'])
      expect(stdout).not.toContain(character);
  });

  test('tells names apart that are blank, or have a blank at an end', async () => {
    const stdin = scenario({ ann: { bid: 1 }, 'ann ': { bid: 2 }, ' ': { bid: 3 }, '': { bid: 4 } });
    const { stdout } = await mechane(['run', '-'], { stdin });
    for (const shown of ['  ann  ', '  "ann "', '  " "', '  ""']) expect(stdout).toContain(shown);
    expect(stdout).toMatch(/winner +""/);
  });

  test('shows what it escapes, and says what it cuts', () => {
    expect(printable('a\ud800b')).toBe('a\\ud800b');
    expect(shortened('abcdef', 4)).toBe('abc…');
  });

  test('stands in columns, without trailing blanks', () => {
    const [on, off] = [`${controlSequence}31m`, `${controlSequence}39m`];
    const rows = [
      [{ text: 'a' }, { text: '10', align: 'right' as const }, { text: 'x' }],
      [
        { text: 'long' },
        { text: '5', align: 'right' as const, emphasis: (text: string) => on + text + off },
        { text: '' },
      ],
    ];
    expect(table(rows)).toBe(`a     10  x\nlong   ${on}5${off}\n`);
    expect(table(rows.slice(0, 1), '  ')).toBe('  a  10  x\n');
    expect(table([])).toBe('');
  });

  test('is as wide as a terminal shows it', () => {
    const rows = ['ann', '投标', 'é', '👩‍👩‍👧', ''].map((text) => [{ text }, { text: '|' }]);
    expect(table(rows)).toBe('ann   |\n投标  |\né     |\n👩‍👩‍👧    |\n      |\n');
  });
});

/** All that was written to a stream so far, however much of it one read gives. */
function* written(stream: PassThrough): Generator<Buffer> {
  for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) yield chunk;
}

describe('progress', () => {
  test('is shown at most ten times a second, and not at all off a terminal', () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    const progress = new Progress(stderr);
    let asked = 0;
    for (let step = 0; step < 100; step++) {
      progress.show(() => {
        asked += 1;
        return 'working';
      });
    }
    progress.clear();
    progress.clear();
    expect(asked).toBeLessThan(100);
    expect(
      Buffer.concat([...written(stderr)])
        .toString()
        .endsWith('working\u001b[1G\u001b[2K'),
    ).toBe(true);
  });
});

describe('an output', () => {
  function failingWith(code: string): Writable {
    return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
  }

  async function runInto(stdout: Writable, argv: readonly string[]): Promise<{ exitCode: number; stderr: string }> {
    const stderr = new PassThrough();
    const signal = new AbortController().signal;
    const stdin = new PassThrough();
    stdin.end(`${auction}\n`.repeat(10_000));
    const exitCode = await runCli({ argv, stdin, stdout, stderr, cwd: here, env: {}, signal });
    return { exitCode, stderr: String(stderr.read() ?? '') };
  }

  test.each([[['list']], [['run', '--ndjson']], [['--help']]])(
    'that nobody reads any more ends %j quietly',
    async (argv) => {
      expect(await runInto(failingWith('EPIPE'), argv)).toEqual({ exitCode: 0, stderr: '' });
      const closed = new PassThrough();
      closed.destroy();
      expect(await runInto(closed, argv)).toEqual({ exitCode: 0, stderr: '' });
    },
  );

  test('that closes while it is behind ends the command quietly', async () => {
    const stuck = new Writable({ highWaterMark: 1, write: () => setImmediate(() => stuck.destroy()) });
    expect(await runInto(stuck, ['run', '--ndjson'])).toEqual({ exitCode: 0, stderr: '' });
  });

  test('on a full disk is reported', async () => {
    const { exitCode, stderr } = await runInto(failingWith('ENOSPC'), ['run', '--ndjson']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error cannot-write: the output cannot be written \(ENOSPC\)\. Fix: make room/);
  });

  test('that fails without a code is reported in its own words', async () => {
    const jammed = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the paper is jammed')) });
    const { exitCode, stderr } = await runInto(jammed, ['list']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error cannot-write: the output cannot be written \(the paper is jammed\)\./);
  });

  test('that nobody reads any more while it is written to is not waited for', async () => {
    const gone = Object.assign(new Error('EPIPE'), { code: 'EPIPE' });
    const stdout = new Writable({ highWaterMark: 1, write: () => stdout.emit('error', gone) });
    expect(await runInto(stdout, ['run', '--ndjson'])).toEqual({ exitCode: 0, stderr: '' });
  });

  test('for errors that is gone disturbs nothing', async () => {
    const stdout = new PassThrough();
    const signal = new AbortController().signal;
    const exitCode = await runCli({
      argv: ['rnu'],
      stdin: new PassThrough(),
      stdout,
      stderr: failingWith('EPIPE'),
      cwd: here,
      env: {},
      signal,
    });
    expect(exitCode).toBe(2);
  });
});
