import { describe, expect, test } from 'vitest';
import { dimensionIn } from '../src/sweep/dimension.ts';
import { answers, mechane, scenario } from './command.ts';
import { project } from './project.ts';

const bids = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };
const files = { 'auction.json': scenario(bids, undefined, { seed: 1 }) };

/** What `run FILE --sweep …` says in a project with the sealed auctions. */
function swept(argv: readonly string[], more: object = {}): ReturnType<typeof mechane> {
  return mechane(['run', 'auction.json', ...argv], { cwd: project(['@mechane/auction-sealed'], files), ...more });
}

describe('what is swept over', () => {
  test.each([
    ['reserve=0..3', [0, 1, 2, 3]],
    ['reserve=0..1:0.25', [0, 0.25, 0.5, 0.75, 1]],
    ['reserve=0.1..0.5:0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['reserve=-1..1', [-1, 0, 1]],
    ['reserve=-0.5..0.5:0.5', [-0.5, 0, 0.5]],
    ['reserve=0..10:4', [0, 4, 8]],
    ['reserve=1,2.5', [1, 2.5]],
    ['reserve=0..2,10,20..21', [0, 1, 2, 10, 20, 21]],
    ['breakTie=agent-id,lot', ['agent-id', 'lot']],
    ['breakTie=lot,{"priority":["bob"]}', ['lot', { priority: ['bob'] }]],
    ['breakTie="lot",{"priority":["bob","ann"]}', ['lot', { priority: ['bob', 'ann'] }]],
    ['clickThroughRates=[3,2],[3]', [[3, 2], [3]]],
    ['k=null,0..1', [null, 0, 1]],
  ])('%s has these values', (typed, values) => {
    const { key, path, values: read } = dimensionIn(typed);
    expect(read).toEqual(values);
    expect(path).toEqual(['settings', key]);
  });

  test.each([
    ['seed=1..3', ['seed']],
    ['mechanism=a,b', ['mechanism']],
    ['reports.ann.bid=1', ['reports', 'ann', 'bid']],
    ['settings.seed=1', ['settings', 'seed']],
    ['schedule.limit=1', ['settings', 'schedule', 'limit']],
  ])('%s is put there', (typed, path) => {
    expect(dimensionIn(typed).path).toEqual(path);
  });

  test.each([
    'reserve',
    '=1',
    'reserve=',
    'a..b=1',
    'reserve=3..1',
    'reserve=0..1:0',
    'reserve=0..1e9:1',
    'reserve=0.1..0.7..0.1',
    'reserve=1,,2',
  ])('%s is nothing to sweep over', (typed) => {
    expect(() => dimensionIn(typed)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  test('a range of numbers that are not kept as they are written is refused', () => {
    expect(dimensionIn('reserve=9007199254740990..9007199254740992').values).toHaveLength(3);
    for (const typed of [
      'reserve=9007199254740992..9007199254740994',
      'reserve=0..0.12345678901234567:0.12345678901234567',
    ])
      expect(() => dimensionIn(typed)).toThrow(expect.objectContaining({ code: 'imprecise-amount' }));
  });

  test('a range has a million values at most', () => {
    expect(() => dimensionIn('reserve=0..1000000')).toThrow(/has 1,000,001 values/);
  });
});

describe('mechane run --sweep', () => {
  test('gives what each combination gives alone, in order, the last key changing fastest', async () => {
    const { exitCode, stdout } = await swept([
      '--json',
      '--sweep',
      'mechanism=auction-sealed/first-price,auction-sealed/second-price',
      'reserve=0..14:7',
      'reports.ann.bid=3,13',
    ]);
    expect(exitCode).toBe(0);
    const expected: unknown[] = [];
    for (const mechanism of ['auction-sealed/first-price', 'auction-sealed/second-price'])
      for (const reserve of [0, 7, 14])
        for (const bid of [3, 13]) {
          const alone = scenario({ ...bids, ann: { bid } }, mechanism, { settings: { reserve }, seed: 1 });
          const [result] = answers((await mechane(['run', '-', '--json'], { stdin: alone })).stdout);
          expected.push({ sweep: { mechanism, reserve, 'reports.ann.bid': bid }, ...result });
        }
    expect(answers(stdout)).toEqual(expected);
  });

  test('prints what a reserve earns as comma-separated values', async () => {
    const { exitCode, stdout } = await swept(['--csv', '--sweep', 'reserve=0..20:5']);
    expect(exitCode).toBe(0);
    const [heading = '', ...rows] = stdout.trimEnd().split('\n');
    expect(heading.split(',').slice(0, 2)).toEqual(['reserve', 'participants']);
    const [revenue, winner] = ['revenue', 'winner'].map((name) => heading.split(',').indexOf(name));
    // The second price: the higher of the reserve and the second bid, while the highest meets the reserve.
    const expected = [0, 5, 10, 15, 20].map((reserve) =>
      reserve > 15 ? ['20', '0', ''] : [`${reserve}`, `${Math.max(12, reserve)}`, 'bob'],
    );
    expect(
      rows.map((row) => row.split(',')).map((row) => [row[0], row[revenue as number], row[winner as number]]),
    ).toEqual(expected);
  });

  test('says which combinations have no result, and why once', async () => {
    const { exitCode, stdout, stderr } = await swept(['--csv', '--sweep', 'reserve=-2..0']);
    expect(exitCode).toBe(2);
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toMatch(/^reserve,.*,error$/);
    expect(rows.slice(1).map((row) => row.split(',').at(-1))).toEqual(['invalid-settings', 'invalid-settings', '']);
    expect(stderr.match(/error invalid-settings/g)).toHaveLength(1);
  });

  test('shows a table to read, with values that are no numbers', async () => {
    const { stdout } = await swept(['--sweep', 'breakTie="lot",{"priority":["ann"]}', 'reserve=20']);
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^ +breakTie +reserve +participants .* winner +payment$/);
    expect(rows[0]).toMatch(/^ +lot +20 +3 .*– +0$/);
    expect(rows[1]).toMatch(/^ +\{"priority":\["ann"\]\} +20 +3 /);
  });

  test('is told in its order by several threads, as by one', async () => {
    const sweep = ['--json', '--sweep', 'reserve=0..30:0.01'];
    const two = await swept([...sweep, '--workers', '2']);
    expect(answers(two.stdout)).toHaveLength(3001);
    expect(two).toEqual(await swept([...sweep, '--workers', '1']));
  });

  test('ends on Ctrl-C with what it has', async () => {
    const off = new AbortController();
    const onStdout = (): void => off.abort('SIGINT');
    const { exitCode, stdout } = await swept(['--json', '--sweep', 'reserve=0..30:0.0001'], {
      signal: off.signal,
      onStdout,
    });
    expect(exitCode).toBe(130);
    const told = answers(stdout) as readonly { readonly sweep?: { readonly reserve: number } }[];
    expect(told.length).toBeGreaterThan(0);
    told.forEach(({ sweep }, place) => {
      expect(sweep?.reserve).toBe(place / 10_000);
    });
    const table = await swept(['--csv', '--sweep', 'reserve=0..3'], { signal: AbortSignal.abort('SIGINT') });
    expect(table).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });

  test.each([
    ['no place', ['--sweep', 'reports.ann.bid.high=1'], 'invalid-option'],
    ['several files', ['auction.json', '--sweep', 'reserve=1'], 'missing-argument'],
    ['no sweep', ['--csv'], 'conflicting-options'],
    ['lines', ['--ndjson', '--sweep', 'reserve=1'], 'conflicting-options'],
    ['two formats', ['--json', '--csv', '--sweep', 'reserve=1'], 'conflicting-options'],
  ])('complains of %s', async (_, argv, code) => {
    const { exitCode, stdout, stderr } = await swept(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error ${code}`);
  });
});
