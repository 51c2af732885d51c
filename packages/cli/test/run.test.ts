import { describe, expect, test } from 'vitest';
import { answers, mechane, type PrintedError, scenario } from './command.ts';
import { project } from './project.ts';

const bids = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };
const sealed = '@mechane/auction-sealed';

describe('mechane run', () => {
  test('plays the scenario in a file and shows who gets what and who pays what', async () => {
    const cwd = project([sealed], { 'auction.json': scenario(bids) });
    const { exitCode, stdout, stderr } = await mechane(['run', 'auction.json'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe('auction-sealed/second-price');
    expect(stdout).toMatch(/^ {2}agent +(?=.*payments)(?=.*allocation)/m);
    expect(stdout).toMatch(/^ {2}winner +bob$/m);
    expect(stdout).toMatch(/^ {2}payment +12$/m);
    expect(stdout).toMatch(/^ {2}efficiency +1$/m);
  });

  test('aligns every row of the table', async () => {
    const reports = { a: { bid: 1 }, 'a rather long name': { bid: 22222 }, 投标人: { bid: 3 } };
    const { stdout } = await mechane(['run', '-'], { stdin: scenario(reports) });
    const rows = stdout.split('\n').filter((line) => /^ {2}(agent|a|a rather long name|投标人) .*[\ds–]$/.test(line));
    expect(rows).toHaveLength(4);
    const columns = rows.map((row) => row.length + (row.includes('投') ? 3 : 0));
    expect(new Set(columns).size).toBe(1);
  });

  test('prints the result as JSON, in the order in which the agents came', async () => {
    const { stdout, exitCode } = await mechane(['run', '-', '--json'], {
      stdin: scenario(bids, undefined, { seed: 7 }),
    });
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      mechanism: 'auction-sealed/second-price',
      outcome: { winner: 'bob', payment: 12, payments: { ann: 0, bob: 12, eve: 0 } },
      metrics: { participants: 3, rounds: 1, welfare: 15, efficiency: 1, revenue: 12 },
      seed: 7,
    });
    expect(Object.keys(result.outcome.payments)).toEqual(['ann', 'bob', 'eve']);
  });

  test('takes a number of threads, which changes nothing of what comes out', { tags: ['long'] }, async () => {
    const auction = {
      ann: { xor: [{ bundle: ['A'], value: 28 }] },
      bob: { xor: [{ bundle: ['B'], value: 20 }] },
      cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
    };
    const stdin = scenario(auction, 'auction-combinatorial/vcg', { settings: { goods: ['A', 'B'] } });
    const cwd = project(['@mechane/auction-combinatorial']);
    for (const workers of ['1', '2']) {
      const { exitCode, stdout } = await mechane(['run', '-', '--json', '--workers', workers], { cwd, stdin });
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).outcome.payments).toEqual({ ann: 12, bob: 4, cat: 0 });
    }
  });

  test('plays several files, names each, and prints a line of JSON for each', async () => {
    const cwd = project([sealed], { 'one.json': scenario(bids), 'sub/two.json': scenario({ zoe: { bid: 3 } }) });
    const shown = await mechane(['run', 'one.json', 'sub/two.json'], { cwd });
    expect(shown.stdout).toContain('one.json: auction-sealed/second-price');
    expect(shown.stdout).toContain('sub/two.json: auction-sealed/second-price');
    const { stdout } = await mechane(['run', 'one.json', 'sub/two.json', '--json'], { cwd });
    expect(answers(stdout).map(({ outcome }) => outcome?.winner)).toEqual(['bob', 'zoe']);
  });

  test('reports a bad file with its name, plays the rest, and exits with 2', async () => {
    const cwd = project([sealed], {
      'good.json': scenario(bids),
      'bad.json': scenario({ ann: { bid: -1 } }),
      'worse.json': '{',
    });
    const { exitCode, stdout, stderr } = await mechane(
      ['run', 'bad.json', 'worse.json', 'missing.json', 'good.json', '--json'],
      {
        cwd,
      },
    );
    expect(exitCode).toBe(2);
    expect(answers(stdout).map(({ outcome }) => outcome?.winner)).toEqual(['bob']);
    const errors = answers(stderr).map(({ error }) => error as PrintedError);
    expect(errors.map(({ file, code }) => [file, code])).toEqual([
      ['bad.json', 'invalid-report'],
      ['worse.json', 'malformed-json'],
      ['missing.json', 'cannot-read'],
    ]);
    expect(errors[0]?.path).toEqual(['reports', 'ann', 'bid']);
  });

  test('says on stderr the code, the file, the path, what was expected and the fix', async () => {
    const cwd = project([sealed], { 'bad.json': scenario(bids, undefined, { setings: {} }) });
    const { stdout, stderr } = await mechane(['run', 'bad.json'], { cwd });
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error unknown-key in bad\.json: setings: .*expected "mechanism", .*Fix: did you mean "settings"\?/,
    );
  });

  test('names stdin where that is the culprit', async () => {
    const { exitCode, stderr } = await mechane(['run', '-'], { stdin: '{"mechanism": }' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error malformed-json in stdin, line 1, column 15: /);
  });

  test('without a file says what to type', async () => {
    const { exitCode, stderr } = await mechane(['run']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error missing-argument: .*Fix: mechane run scenario\.json/);
  });

  test('shows certificates, seeds, and what is neither text nor number', async () => {
    const cwd = project(['fixture']);
    const certified = await mechane(['run', '-'], {
      cwd,
      stdin: scenario({}, 'fixture/picky', { settings: { kind: 'a' }, seed: 4 }),
    });
    expect(certified.stdout).toMatch(/^ {2}done +true$/m);
    expect(certified.stdout).toMatch(/^ {2}certificate +\{"status":"optimal"\}$/m);
    expect(certified.stdout).toMatch(/^ {2}seed +4$/m);
    const unsold = await mechane(['run', '-'], { stdin: scenario({}) });
    expect(unsold.stdout).toMatch(/^ {2}winner +–$/m);
  });

  test('plays messages where a mechanism takes them', async () => {
    const messages = [
      ['ann', { text: 'one' }],
      ['bob', { text: 'two' }],
    ];
    const stdin = JSON.stringify({ mechanism: 'fixture/post', messages });
    const { stdout } = await mechane(['run', '-', '--json'], { stdin, cwd: project(['fixture']) });
    expect(JSON.parse(stdout).outcome).toEqual({
      heard: [
        ['ann', 'one'],
        ['bob', 'two'],
      ],
    });
  });

  test('shows the first agents of very many', async () => {
    const reports = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`agent${index}`, { bid: index }]));
    const { stdout } = await mechane(['run', '-'], { stdin: scenario(reports) });
    expect(stdout).toMatch(/agent49 .*\n {2}… and 10 more; --json shows all/);
  });

  test.each(['throw', 'string'])(
    'turns a mechanism that fails (%s) into a coded error without a stack',
    async (how) => {
      const stdin = scenario({}, 'fixture/failing', { settings: { how } });
      const { exitCode, stdout, stderr } = await mechane(['run', '-'], { stdin, cwd: project(['fixture']) });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^error mechanism-failed in stdin: /);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  test('turns an outcome that is no JSON into a coded error', async () => {
    const stdin = scenario({}, 'fixture/failing', { settings: { how: 'circular' } });
    const { exitCode, stdout, stderr } = await mechane(['run', '-', '--json'], { stdin, cwd: project(['fixture']) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(JSON.parse(stderr).error.code).toBe('internal');
  });
});
