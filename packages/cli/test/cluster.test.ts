import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { connectJobs, type JobStatus, type Jobs } from '@mechane/cluster';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';
import { answers, type Ended, mechane, type Situation, scenario } from './command.ts';
import { ended, interrupted, start } from './process.ts';
import { project } from './project.ts';

const engine: string = fileURLToPath(new URL('../../cluster/engine/node_modules', import.meta.url));
const hasEngine: boolean = existsSync(join(engine, 'effect'));
if (!hasEngine)
  console.warn('NOT TESTED: the engine of clusters is not installed (npm ci --prefix packages/cluster/engine)');

const cats = ['goods 2', 'bids 2', 'dummy 0', '0 5 0 #', '1 7 0 1 #', ''].join('\n');
const experiment = JSON.stringify({
  arms: [{ mechanism: 'auction-sealed/first-price' }],
  population: { bidders: [{ kind: 'hedge', count: 2, values: { kind: 'uniform', low: 0, high: 1 } }] },
  rounds: 40,
  seed: 3,
});

const one = scenario({ ann: { bid: 10 }, bob: { bid: 15 } });

/** One law, looked at but once. */
const briefly = ['--law', 'individually-rational', '--runs', '1', '--seed', '1'];

/** Scenarios a line each, so many that they are several pieces; some are none. */
const lines: string = Array.from({ length: 4_000 }, (_, place) => {
  if (place % 1_000 === 7) return '{"mechanism":';
  if (place % 1_000 === 8) return '';
  return scenario({ ann: { bid: place % 97 }, bob: { bid: (place * 31) % 89 } }, undefined, { seed: place });
}).join('\n');

describe.runIf(hasPostgres && hasEngine)('work that is shared out', { timeout: 300_000 }, () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** A project in which the engine is installed, and how its commands are typed. */
  function laboratory(files: Readonly<Record<string, string>> = {}): Laboratory {
    const packages = ['@mechane/auction-sealed', '@mechane/auction-combinatorial', '@mechane/adaptive'];
    const cwd = project(packages, files);
    for (const name of readdirSync(engine).filter((each) => /^@?effect$/.test(each)))
      symlinkSync(join(engine, name), join(cwd, 'node_modules', name), 'junction');
    const here = (argv: readonly string[], more: Situation = {}): Promise<Ended> => mechane(argv, { cwd, ...more });
    const spread = (argv: readonly string[], more: Situation = {}): Promise<Ended> =>
      here([...argv, '--cluster', postgres.url], more);
    return { cwd, here, spread };
  }

  /** A worker that stops when the test is over. */
  async function startWorker({ spread }: Pick<Laboratory, 'spread'>): Promise<() => Promise<Ended>> {
    const stop = new AbortController();
    const ended = spread(['worker', '--workers', '1'], { signal: stop.signal });
    const end = (): Promise<Ended> => {
      stop.abort('SIGTERM');
      return ended;
    };
    onTestFinished(async () => void (await end()));
    const status = async (): Promise<Ended> => spread(['cluster', 'status', '--json']);
    while (!(await status()).stdout.includes('"works":true'));
    return end;
  }

  test('comes out as it does here: scenarios, auctions of the test suite, claims and replications', {
    tags: ['long'],
  }, async () => {
    const files = {
      'in.ndjson': lines,
      'one.txt': cats,
      'bad.txt': 'goods many',
      'experiment.json': experiment,
      'one.json': one,
    };
    const { cwd, here, spread } = laboratory(files);
    const end = await startWorker({ spread });
    const commands = [
      ['run', '--ndjson', 'in.ndjson', 'none.ndjson'],
      ['run', '--cats', '--mechanism', 'auction-combinatorial/vcg', 'one.txt', 'bad.txt', 'one.txt'],
      ['run', '--cats', '--json', '--settings', '{}', '--mechanism', 'auction-combinatorial/vcg', 'one.txt'],
      ['verify', 'auction-sealed/first-price', 'auction-sealed/second-price', ...briefly, '--json'],
      ['simulate', 'experiment.json', '--seeds', '3', '--csv'],
      ['run', 'one.json', '--json', '--sweep', 'reserve=-1..40', 'reports.bob.bid=3,30'],
      ['run', 'one.json', '--csv', '--sweep', 'reserve=0..1:0.25'],
      ['generate', 'cats-l4', '--seed', '7', '--goods', '4', '--bids', '5', '--count', '130'],
    ];
    for (const argv of commands) expect(await spread(argv), argv.join(' ')).toEqual(await here(argv));
    const drawn = ['generate', 'cats-l4', '--seed', '2', '--count', '3', '--format', 'cats'];
    for (const [give, out] of [
      [here, 'here'],
      [spread, 'there'],
    ] as const)
      expect(await give([...drawn, '--out', out])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const written = (out: string): string[] =>
      readdirSync(join(cwd, out)).map((file) => `${file}: ${readFileSync(join(cwd, out, file), 'utf8')}`);
    expect(written('there')).toHaveLength(3);
    expect(written('there')).toEqual(written('here'));
    // Bytes that are no text are answered as they stand.
    const odd = Buffer.concat([Buffer.from(`${lines}\n{"`), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    const oddly = await spread(['run', '--ndjson'], { stdin: odd });
    expect(oddly).toEqual(await here(['run', '--ndjson'], { stdin: odd }));
    expect(answers(oddly.stdout).at(-1)?.error).toMatchObject({ code: 'not-utf8', line: 4_001 });
    expect(await spread(['jobs'])).toMatchObject({ exitCode: 0, stdout: 'no jobs\n' });
    expect((await end()).stdout).toMatch(/^working at 127\.0\.0\.1:\d+ on 1 thread\n\d+ pieces done\n$/);
  });

  test('is left by a Ctrl-C, listed, and taken up with all its results', { tags: ['long'] }, async () => {
    const files = { 'in.ndjson': lines, 'experiment.json': experiment };
    const { here, spread } = laboratory(files);
    const run = ['run', '--ndjson', 'in.ndjson'];
    const left = await leftAlone(spread, run);
    expect(left.stderr).toContain('no-worker');
    expect(left.stderr).toContain('mechane worker --cluster postgres://');
    const [name = ''] = /run-[0-9a-f]{6}/.exec(left.stderr) ?? [];
    expect(left.stderr).toContain(`all results, those too: mechane jobs resume ${name} --cluster ${postgres.url}`);
    const simulate = ['simulate', 'experiment.json', '--seeds', '2', '--csv'];
    const [simulation = ''] = /simulate-[0-9a-f]{6}/.exec((await leftAlone(spread, simulate)).stderr) ?? [];
    const verify = ['verify', 'auction-sealed/first-price', ...briefly];
    const [verification = ''] = /verify-[0-9a-f]{6}/.exec((await leftAlone(spread, verify)).stderr) ?? [];
    const listed = JSON.parse((await spread(['jobs', '--json'])).stdout) as readonly { readonly job: string }[];
    expect(listed.map(({ job }) => job)).toEqual([name, simulation, verification]);
    expect(listed[0]).toMatchObject({ command: 'mechane run --ndjson in.ndjson', done: 0, pieces: expect.any(Number) });
    const table = (await spread(['jobs'])).stdout;
    expect(table).toMatch(/^run-[0-9a-f]{6} +0 of \d+ done .* mechane run --ndjson in\.ndjson$/m);
    expect((await spread(['cluster', 'status'])).stdout).toContain('0 open sessions, 0 ended\n3 jobs\n');

    await startWorker({ spread });
    expect((await spread(['jobs', 'resume', name])).stdout).toBe((await here(run)).stdout);
    expect((await spread(['jobs', 'resume', simulation])).stdout).toBe((await here(simulate)).stdout);
    expect((await spread(['jobs', 'resume', verification])).exitCode).toBe(0);
    expect((await spread(['cluster', 'status'])).stdout).toMatch(/^1 node\n {2}127\.0\.0\.1:\d+ +up +work\n/);
    const gone = await spread(['jobs', 'resume', name]);
    expect(gone).toMatchObject({ exitCode: 2, stdout: '' });
    expect(gone.stderr).toContain(`unknown-job: there is no job "${name}"`);
  });

  test('is kept until all that it came to is written', { tags: ['long'] }, async () => {
    const { here, spread } = laboratory({ 'experiment.json': experiment, 'bad.json': '{"arms":[]}' });
    await startWorker({ spread });
    const unwritten = await spread(['simulate', 'experiment.json', '--csv', '--plot', 'no/such/folder/picture.svg']);
    expect(unwritten).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot-write') });
    const [{ job } = { job: '' }] = JSON.parse((await spread(['jobs', '--json'])).stdout) as { readonly job: string }[];
    const told = await spread(['jobs', 'resume', job]);
    expect(told).toEqual(await here(['simulate', 'experiment.json', '--csv']));
    // What is wrong with the work itself is told once, and nothing is left of it.
    expect(await spread(['simulate', 'bad.json'])).toEqual(await here(['simulate', 'bad.json', '--seeds', '2']));
    expect((await spread(['jobs'])).stdout).toBe('no jobs\n');
  });

  test('of which the input was not read is left to nobody; what is not wanted is forgotten', {
    tags: ['long'],
  }, async () => {
    const { spread } = laboratory();
    async function* endless(signal: AbortSignal): AsyncGenerator<Buffer> {
      yield Buffer.from(`${lines}\n`);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    }
    const off = new AbortController();
    const stdin = Readable.from(endless(off.signal));
    const cut = spread(['run', '--ndjson'], { stdin, signal: off.signal });
    await untilListed();
    off.abort('SIGINT');
    expect(await cut).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('nothing is left') });
    expect((await spread(['jobs', 'list'])).stdout).toBe('no jobs\n');
    const jobs = await jobsHere();
    const own = jobs.run({ name: 'mine', what: 'a program of my own', tasks: ['1'] });
    const waiting = own.next();
    await untilListed();
    expect((await spread(['jobs'])).stdout).toContain('a program of my own');
    expect((await spread(['jobs', 'resume', 'mine'])).stderr).toContain('unknown-job');
    expect((await spread(['jobs', 'forget', 'min'])).stderr).toContain('did you mean "mine"?');
    expect(await spread(['jobs', 'forget', 'mine'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    await jobs.close();
    expect(await waiting).toMatchObject({ done: true });
    for (const action of ['resume', 'forget'])
      expect((await spread(['jobs', action])).stderr).toContain('missing-argument');
  });

  test('is the payments of one auction, and scenarios that are played as a whole', { tags: ['long'] }, async () => {
    const { cwd, here, spread } = await auctionHouse();
    await startWorker({ spread });
    const cats = ['run', '--cats', '--mechanism', 'auction-combinatorial/vcg'];
    const commands = [
      ['run', 'auction.json', '--json'],
      ['run', 'auction.json'],
      [...cats, 'auction.txt', '--json'],
      [...cats, 'auction.txt', '--settings', '{"nodeLimit":0}', '--json'],
      ['run', 'unsold.json', '--json'],
      ['run', 'sealed.json', '--json'],
      ['run', 'one.json', '--json'],
      ['run', 'none.json', 'auction.json', 'one.json'],
      ['run', 'none.json'],
      ['run', 'unknown.json'],
    ];
    for (const argv of commands) expect(await spread(argv), argv.join(' ')).toEqual(await here(argv));
    // Limits hold for each piece: they are reached elsewhere, and the best that was found is the same.
    const unproved = ['run', 'limited.json', '--json'];
    const [there, whole] = [await spread(unproved), await here(unproved)].map(({ exitCode, stderr }) => {
      const [answer] = answers(stderr) as readonly { readonly error?: object }[];
      return { exitCode, error: answer?.error };
    });
    expect(whole).toMatchObject({ exitCode: 2, error: { code: 'unproved-optimum', best: expect.any(Object) } });
    expect(there).toMatchObject({ exitCode: 2, error: { code: 'unproved-optimum', file: 'limited.json' } });
    const { best } = { best: undefined, ...whole?.error };
    expect(there?.error).toHaveProperty('best', best);
    expect(await spread(['run', 'one.json', '--json', '--plot', 'there.svg'])).toMatchObject({ exitCode: 0 });
    expect(await here(['run', 'one.json', '--json', '--plot', 'here.svg'])).toMatchObject({ exitCode: 0 });
    const picture = (name: string): string => readFileSync(join(cwd, name), 'utf8');
    expect(picture('there.svg')).toBe(picture('here.svg'));
    expect((await spread(['jobs'])).stdout).toBe('no jobs\n');
  });

  test('of one auction outlives a kill of who gave it out, and of who works', { tags: ['long'] }, async () => {
    const { cwd, here, spread } = await auctionHouse();
    const run = ['run', 'auction.json', '--json'];
    const giving = start([...run, '--cluster', postgres.url], { cwd });
    const given = ended(giving);
    const job = await listed((each) => each !== undefined && each.pieces !== null);
    giving.kill('SIGKILL');
    expect(await given).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    const { name = '', what = '' } = job ?? {};
    expect(job?.done).toBe(0);
    // Whoever lists jobs reads no auctions.
    expect(what.length).toBeLessThan(200);

    const resumed = spread(['jobs', 'resume', name]);
    const working = start(['worker', '--workers', '1', '--cluster', postgres.url], { cwd });
    const worked = ended(working);
    await listed((each) => each === undefined || each.done > 0);
    working.kill('SIGKILL');
    await worked;
    await startWorker({ spread });
    const { stdout } = await here(run);
    expect(await resumed).toMatchObject({ exitCode: 0, stdout });
    expect((await spread(['jobs'])).stdout).toBe('no jobs\n');
  });

  test('that is called off before there are payments to solve says how far it has come, and is left to nobody', {
    tags: ['long'],
  }, async () => {
    const { cwd, here, spread } = laboratory();
    const drawn = ['generate', 'cats-arbitrary', '--seed', '1', '--goods', '200', '--bids', '1500', '--format', 'cats'];
    await here([...drawn, '--out', join(cwd, 'hard.txt')]);
    const run = ['run', '--cats', 'hard.txt', '--mechanism', 'auction-combinatorial/vcg', '--cluster', postgres.url];
    const said = await interrupted(run, { cwd }, ({ stderr }) => stderr.includes('unproved-optimum'));
    expect(said).toMatchObject({ exitCode: 130, signal: null, stdout: '' });
    expect(said.stderr).toContain('nothing is left to be taken up');
    expect(said.stderr).toMatch(/was interrupted, .* the best allocation found is worth \d/);
    expect((await spread(['jobs'])).stdout).toBe('no jobs\n');
  });

  /** A project with auctions whose payments are work, and scenarios that are played as a whole. */
  async function auctionHouse(): Promise<Laboratory> {
    const drawn = ['generate', 'cats-arbitrary', '--seed', '3', '--goods', '30', '--bids', '120'];
    const { here } = laboratory();
    const vcg = { mechanism: 'auction-combinatorial/vcg' };
    const auction = { ...JSON.parse((await here(drawn)).stdout), ...vcg };
    const settings = { ...auction.settings, nodeLimit: 1 };
    const sealing = { commit: true, deposit: 1 };
    const files = {
      'auction.json': JSON.stringify(auction),
      'auction.txt': (await here([...drawn, '--format', 'cats'])).stdout,
      'limited.json': JSON.stringify({ ...auction, settings }),
      'unsold.json': JSON.stringify({ ...vcg, settings: { goods: ['A'] }, reports: { ann: { xor: [] } } }),
      'sealed.json': JSON.stringify({ ...auction, settings: { ...auction.settings, sealing } }),
      'unknown.json': scenario({}, 'auction-combinatorial/vgc'),
      'one.json': one,
    };
    return laboratory(files);
  }

  /** The one job there is, once it is so far. */
  async function listed(isSo: (job: JobStatus | undefined) => boolean): Promise<JobStatus | undefined> {
    const jobs = await jobsHere();
    try {
      for (;;) {
        const [job] = await jobs.list();
        if (isSo(job)) return job;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await jobs.close();
    }
  }

  async function jobsHere(): Promise<Jobs> {
    return connectJobs({ database: postgres.url, from: join(engine, '..') });
  }

  async function untilListed(): Promise<void> {
    const jobs = await jobsHere();
    while ((await jobs.list()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await jobs.close();
  }

  /** Begins a command that nobody works for, and stops it once its input is read. */
  async function leftAlone(spread: Laboratory['spread'], argv: readonly string[]): Promise<Ended> {
    const stop = new AbortController();
    const jobs = await jobsHere();
    const before = (await jobs.list()).length;
    const ended = spread(argv, { signal: stop.signal });
    const isRead = async (): Promise<boolean> => {
      const listed = await jobs.list();
      return listed.length > before && listed.every(({ pieces }) => pieces !== null);
    };
    while (!(await isRead())) await new Promise((resolve) => setTimeout(resolve, 20));
    await jobs.close();
    stop.abort('SIGINT');
    expect((await ended).exitCode).toBe(130);
    return ended;
  }
});

interface Laboratory {
  readonly cwd: string;
  readonly here: (argv: readonly string[], more?: Situation) => Promise<Ended>;
  readonly spread: Laboratory['here'];
}

test('a cluster that cannot be is refused, with what to do', async () => {
  const nowhere = ['--cluster', 'postgres://me:secret@127.0.0.1:1/none'];
  const refused = await mechane(['run', '--ndjson', ...nowhere]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toContain('cannot-open-store');
  expect(refused.stderr).not.toContain('secret');
  expect((await mechane(['jobs'])).stderr).toContain('missing-argument');
  expect((await mechane(['worker', '--cluster-address', 'here', ...nowhere])).stderr).toContain('expected HOST:PORT');
});
