import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answers, mechane, type PrintedError } from './command.ts';
import { project } from './project.ts';

const combinatorial = '@mechane/auction-combinatorial';
const small = ['--goods', '8', '--bids', '12'];

describe('mechane generate', () => {
  test('without an id lists what can be drawn, with settings, their defaults, and formats', {
    tags: ['long'],
  }, async () => {
    const { exitCode, stdout, stderr } = await mechane(['generate'], { cwd: project([combinatorial]) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^cats-regions {2}Bundles of neighbouring regions .*2000\)$/m);
    expect(stdout).toMatch(/^ {2}settings {2}.*goods=64.*bids=250.*alpha=0\.55/m);
    expect(stdout).toMatch(/^ {2}formats {3}json cats$/m);
    const listed = await mechane(['generate', '--json'], { cwd: project([combinatorial]) });
    const entries = JSON.parse(listed.stdout) as { id: string; settings: { properties: object } }[];
    expect(entries.map(({ id }) => id)).toContain('cats-l4');
    expect(entries.find(({ id }) => id === 'cats-l4')?.settings.properties).toMatchObject({ alpha: { default: 0.55 } });
  });

  test('prints a scenario that can be run, the same from the same seed', async () => {
    const cwd = project([combinatorial]);
    const first = await mechane(['generate', 'cats-l3', '--seed', '7', ...small], { cwd });
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect((await mechane(['generate', 'cats-l3', '--seed', '7', ...small], { cwd })).stdout).toBe(first.stdout);
    expect((await mechane(['generate', 'cats-l3', '--seed', '8', ...small], { cwd })).stdout).not.toBe(first.stdout);
    const { settings, reports } = JSON.parse(first.stdout);
    expect([settings.goods.length, Object.keys(reports).length]).toEqual([8, 12]);
    const played = await mechane(['run', '-', '--json'], { cwd, stdin: first.stdout });
    expect([played.exitCode, JSON.parse(played.stdout).certificate.status]).toEqual([0, 'optimal']);
  });

  test('without a seed draws one, and says on stderr how to draw the same again', async () => {
    const cwd = project([combinatorial]);
    const { stdout, stderr } = await mechane(['generate', 'cats-l3', ...small], { cwd });
    const [, seed = ''] = /^seed (\d+): --seed \1 draws the same again\n$/.exec(stderr) ?? [];
    expect((await mechane(['generate', 'cats-l3', '--seed', seed, ...small], { cwd })).stdout).toBe(stdout);
  });

  test('takes settings of the distribution, as numbers where they are and as texts otherwise', async () => {
    const cwd = project([combinatorial]);
    const typed = ['size=2', 'bids=5', 'goods=6', 'mechanism=auction-combinatorial/vcg', 'removeDominated=false'];
    const { stdout } = await mechane(['generate', 'cats-l3', '--seed', '1', '--set', ...typed], { cwd });
    const { mechanism, reports } = JSON.parse(stdout) as {
      mechanism: string;
      reports: Record<string, { xor: { bundle: [] }[] }>;
    };
    expect(mechanism).toBe('auction-combinatorial/vcg');
    expect(Object.values(reports).map(({ xor }) => xor[0]?.bundle.length)).toEqual([2, 2, 2, 2, 2]);
  });

  test('draws several, a line each, each from the seed after the last', async () => {
    const cwd = project([combinatorial]);
    const { stdout } = await mechane(['generate', 'cats-l3', '--seed', '7', '--count', '3', ...small], { cwd });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const last = await mechane(['generate', 'cats-l3', '--seed', '9', ...small], { cwd });
    expect(`${lines[2]}\n`).toBe(last.stdout);
    const played = await mechane(['run', '--ndjson'], { cwd, stdin: stdout });
    expect(answers(played.stdout).map(({ mechanism }) => mechanism)).toEqual(
      Array(3).fill('auction-combinatorial/first-price'),
    );
  });

  test('writes a file, in another format too', async () => {
    const cwd = project([combinatorial]);
    const { exitCode, stdout, stderr } = await mechane(
      ['generate', 'cats-l3', '--seed', '1', ...small, '--format', 'cats', '--out', 'drawn.txt'],
      { cwd },
    );
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(cwd, 'drawn.txt'), 'utf8')).toMatch(/^goods 8\nbids 12\ndummy 0\n/);
    const printed = await mechane(['generate', 'cats-l3', '--seed', '1', ...small, '--format', 'cats'], { cwd });
    expect(printed.stdout).toBe(readFileSync(join(cwd, 'drawn.txt'), 'utf8'));
  });

  test('writes several into a folder, named after their seeds', async () => {
    const cwd = project([combinatorial]);
    const several = ['generate', 'cats-l3', '--count', '2', ...small, '--out', 'drawn/here'];
    const { exitCode, stderr } = await mechane([...several, '--format', 'cats'], { cwd });
    const seed = Number(/^seed (\d+):/.exec(stderr)?.[1]);
    expect(exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'drawn/here'))).toEqual([seed, seed + 1].map((each) => `cats-l3-${each}.txt`).sort());
    await mechane([...several, '--seed', '1'], { cwd });
    expect(readdirSync(join(cwd, 'drawn/here'))).toContain('cats-l3-2.json');
  });

  test('writes over a file only where it is told to', async () => {
    const cwd = project([combinatorial], { 'drawn.json': 'mine' });
    const drawn = ['generate', 'cats-l3', '--seed', '1', ...small];
    const refused = await mechane([...drawn, '--out', 'drawn.json'], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/^error file-exists: .*--force/);
    expect(readFileSync(join(cwd, 'drawn.json'), 'utf8')).toBe('mine');
    expect((await mechane([...drawn, '--out', 'drawn.json', '--force'], { cwd })).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'drawn.json'), 'utf8'))).toHaveProperty('mechanism');
    await mechane([...drawn, '--count', '2', '--out', 'many'], { cwd });
    expect((await mechane([...drawn, '--count', '2', '--out', 'many'], { cwd })).stderr).toMatch(/file-exists/);
    expect((await mechane([...drawn, '--count', '2', '--out', 'many', '--force'], { cwd })).exitCode).toBe(0);
  });

  test('stops between instances when it is asked to, with those that it has', async () => {
    const interruption = new AbortController();
    interruption.abort('SIGINT');
    const { exitCode, stdout } = await mechane(['generate', 'cats-l3', '--seed', '1', '--count', '1000', ...small], {
      cwd: project([combinatorial]),
      signal: interruption.signal,
    });
    expect([exitCode, stdout.split('\n').length]).toEqual([130, 2]);
  });

  test('shows how far it is on a terminal', async () => {
    const { stderr } = await mechane(['generate', 'cats-l3', '--seed', '1', '--count', '2', ...small], {
      cwd: project([combinatorial]),
      stderrIsTerminal: true,
    });
    expect(stderr).toContain('1 of 2 instances');
  });

  test.each([
    [['cats-regoins'], 'unknown-generator', /did you mean "cats-regions"\?/],
    [['nothing-like-it-at-all'], 'unknown-generator', /mechane generate lists them/],
    [['cats-l3', '--format', 'cat'], 'invalid-option', /expected --format json or cats\. Fix: did you mean "cats"\?/],
    [['cats-l3', '--format', 'constructor'], 'invalid-option', /cannot be written as "constructor"/],
    [['cats-l3', '--count', '2', '--format', 'cats'], 'missing-argument', /expected --out FOLDER/],
    [['cats-l3', '--set', 'alpha'], 'invalid-option', /"alpha" is no setting; expected --set key=value/],
    [['cats-l3', '--set', 'sise=3'], 'unknown-key', /did you mean "size"\?/],
    [['cats-l3', '--bids', '1000000000'], 'invalid-settings', /settings\.bids: .*20000/],
    [['cats-l3', '--goods', 'many'], 'invalid-settings', /settings\.goods: /],
    [['cats-l3', '--count', '0'], 'invalid-option', /1 or more/],
    [['--set', 'size=3'], 'missing-argument', /no distribution is named/],
    [
      ['cats-l3', '--seed', '1', '--out', 'missing/drawn.json'],
      'cannot-write',
      /missing\/drawn\.json cannot be written \(ENOENT\)/,
    ],
    [['cats-l3', '--seed', '1', '--count', '2', '--out', 'package.json'], 'file-exists', /package.json is there/],
    [['cats-l3', '--seed', '1', '--out', 'package.json'], 'file-exists', /--force/],
  ] as const)('%j: %s', async (argv, code, said) => {
    const { exitCode, stdout, stderr } = await mechane(['generate', ...argv], { cwd: project([combinatorial]) });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error ${code}: `);
    expect(stderr).toMatch(said);
  });

  test('says what to install where nothing can be drawn', async () => {
    const { exitCode, stderr } = await mechane(['generate'], { cwd: project(['@mechane/auction-sealed']) });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error no-generators: .*npm install @mechane\/auction-combinatorial/);
  });
});

describe('mechane run --cats', () => {
  const vcg = ['--mechanism', 'auction-combinatorial/vcg'];
  // ann's XOR bids share the dummy good 2; the README of the package plays the same values.
  const cats = '%% a comment\ngoods 2\nbids 4\ndummy 1\n\n0\t28\t0\t2\t#\n1\t5\t1\t2\t#\n2\t20\t1\t#\n3\t32\t0\t1\t#\n';

  async function play(text: string | Buffer, ...argv: string[]) {
    const cwd = project([combinatorial], { 'auction.txt': text });
    return mechane(['run', '--cats', 'auction.txt', '--json', ...(argv.length > 0 ? argv : vcg)], { cwd });
  }

  test('plays a file by a mechanism: bids that share a dummy are one bidder', async () => {
    const { exitCode, stdout } = await play(cats);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      mechanism: 'auction-combinatorial/vcg',
      outcome: { allocation: { bidder0: ['0'], bidder1: ['1'] }, payments: { bidder0: 12, bidder1: 4, bidder2: 0 } },
      certificate: { status: 'optimal', welfare: 48 },
    });
  });

  test('reads line ends of Windows', async () => {
    const { stdout } = await play(cats.replaceAll('\n', '\r\n'));
    expect(JSON.parse(stdout).outcome.payments).toEqual({ bidder0: 12, bidder1: 4, bidder2: 0 });
  });

  test('takes stdin, several files, and shows tables and progress on a terminal', { tags: ['long'] }, async () => {
    const cwd = project([combinatorial], { 'one.txt': cats, 'two.txt': cats });
    const piped = await mechane(['run', '--cats', '-', ...vcg], { cwd, stdin: cats });
    expect(piped.stdout).toMatch(/^ {2}bidder0 +\["0"\] +12$/m);
    const both = await mechane(['run', '--cats', 'one.txt', 'two.txt', ...vcg], { cwd, stderrIsTerminal: true });
    expect(both.stdout).toContain('two.txt: auction-combinatorial/vcg');
    expect(both.stderr).toContain('1 of 2: one.txt');
  });

  test('adds settings, and gives a certified part where a limit ends the search', async () => {
    const { stdout } = await play(
      cats,
      '--mechanism',
      'auction-combinatorial/first-price',
      '--settings',
      '{"timeLimit":0}',
    );
    const { certificate } = JSON.parse(stdout);
    expect(certificate.status).toBe('feasible');
    expect(certificate.bound).toBeGreaterThanOrEqual(48);
  });

  test('that was called off before it began says nothing', async () => {
    const interruption = new AbortController();
    interruption.abort('SIGINT');
    const cwd = project([combinatorial], { 'one.txt': cats, 'two.txt': cats });
    const { signal } = interruption;
    const { exitCode, stdout, stderr } = await mechane(['run', '--cats', 'one.txt', 'two.txt', ...vcg], {
      cwd,
      signal,
    });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });

  test.each([
    ['more bids than it counts', cats.replace('bids 4', 'bids 3'), 'invalid-cats', /announces 3 bids and has 4/],
    ['a file that was cut off', cats.slice(0, -4), 'invalid-cats', /.*/],
    ['an unknown good', cats.replace('\t1\t2\t#', '\t9\t2\t#'), 'invalid-cats', /no good/],
    ['an empty file', '', 'invalid-cats', /how many goods/],
    ['JSON', '{"mechanism":"auction-combinatorial/vcg"}', 'invalid-cats', /.*/],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00]), 'not-utf8', /UTF-8/],
    ['zeros', Buffer.alloc(100), 'invalid-cats', /.*/],
    ['a word of a million letters', 'x'.repeat(1e6), 'invalid-cats', /…/],
    ['a price of 1e999', cats.replace('\t28\t', '\t1e999\t'), 'invalid-cats', /no price/],
    ['a thousand million goods', cats.replace('goods 2', 'goods 1000000000'), 'invalid-cats', /.*/],
  ])('%s: a coded error with the line', async (_, text, code, said) => {
    const { exitCode, stdout, stderr } = await play(text);
    expect([exitCode, stdout]).toEqual([2, '']);
    const error = answers(stderr)[0]?.error as PrintedError;
    expect(error).toMatchObject({ code, file: 'auction.txt', line: expect.any(Number) });
    expect(error.message).toMatch(said);
    expect(error.message.length).toBeLessThan(400);
  });

  test('goes on after a file that is bad, and exits with 2', async () => {
    const cwd = project([combinatorial], { 'good.txt': cats, 'bad.txt': 'goods 2\nbids 1\n0\t1\t0\n' });
    const { exitCode, stdout, stderr } = await mechane(['run', '--cats', 'bad.txt', 'none.txt', 'good.txt', ...vcg], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('good.txt: auction-combinatorial/vcg');
    expect(stderr).toMatch(/^error invalid-cats in bad\.txt, line 3: the bid does not end/m);
    expect(stderr).toMatch(/^error cannot-read in none\.txt: /m);
  });

  test.each([
    [['--cats', 'a.txt'], 'missing-argument', /--mechanism auction-combinatorial\/vcg/],
    [['--cats', ...vcg], 'missing-argument', /one FILE or more/],
    [['a.json', ...vcg], 'conflicting-options', /with --cats only/],
    [['a.json', '--settings', '{}'], 'conflicting-options', /with --cats only/],
    [['--cats', '--ndjson', 'a.txt'], 'conflicting-options', /.*/],
    [['--cats', 'a.txt', ...vcg, '--settings', '{"timeLimit"'], 'invalid-option', /are no settings/],
    [['--cats', 'a.txt', ...vcg, '--settings', '[1]'], 'invalid-option', /are no settings/],
    [['--cats', 'a.txt', '--mechanism', 'auction-combinatorial/vgc'], 'unknown-mechanism', /did you mean/],
    [['--cats', 'a.txt', ...vcg, '--settings', '{"timelimit":1}'], 'unknown-key', /did you mean "timeLimit"/],
  ] as const)('%j: %s', async (argv, code, said) => {
    const { exitCode, stdout, stderr } = await mechane(['run', ...argv], {
      cwd: project([combinatorial], { 'a.txt': cats }),
    });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toMatch(said);
  });

  test('says what to install where the plugin is missing', async () => {
    const cwd = project(['@mechane/auction-sealed'], { 'a.txt': cats });
    const { exitCode, stderr } = await mechane(['run', '--cats', 'a.txt', ...vcg], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/error missing-plugin: .*npm install @mechane\/auction-combinatorial/);
  });
});
