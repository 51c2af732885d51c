import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';
import { serving } from './serving.ts';

const plugins = [
  '@mechane/auction-sealed',
  '@mechane/auction-english',
  '@mechane/auction-combinatorial',
  '@mechane/core',
];
const vickrey = 'auction-sealed/second-price';

const kept = ['--store', 'sqlite:house.db'] as const;

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for
async function asked(url: string, token: string, body?: object): Promise<{ status: number; body: any }> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('an auction that is served is where it was after the service was stopped, and its admin has the same token', {
  tags: ['long'],
}, async () => {
  const cwd = project(plugins);
  const first = await serving(cwd, ...kept);
  const { status, body: made } = await asked(`${first.url}/sessions`, first.token, {
    mechanism: vickrey,
    agents: ['ann', 'bob'],
  });
  expect(status).toBe(201);
  expect(made.url).toBe(`${first.url}/sessions/${made.id}`);
  const { token: ann } = made.agents.ann;
  const bid = { message: { bid: 7 }, key: 'mine' };
  const receipt = await asked(`${first.url}/sessions/${made.id}/messages`, ann, bid);
  expect(receipt.status).toBe(201);
  const events = await fetch(`${first.url}/sessions/${made.id}/events`);
  const waiting = asked(`${first.url}/sessions/${made.id}/ask?wait=30`, ann);
  first.child.kill('SIGTERM');
  expect(await events.text()).toMatch(/retry: 1000\nevent: bye\n/);
  expect((await waiting).status).toBe(204);
  expect(await first.over).toMatchObject({ exitCode: 0, signal: null, stdout: `listening on ${first.url}\n` });
  expect(statSync(join(cwd, 'house.db.token')).mode & 0o077).toBe(0);

  const second = await serving(cwd, ...kept);
  expect(second.token).toBe('');
  expect(await asked(`${second.url}/sessions/${made.id}/messages`, ann, bid)).toEqual(receipt);
  const { token: bob } = made.agents.bob;
  expect((await asked(`${second.url}/sessions/${made.id}/messages`, bob, { message: { bid: 9 } })).status).toBe(201);
  await expect
    .poll(async () => (await asked(`${second.url}/sessions/${made.id}`, first.token)).body.status)
    .toBe('closed');
  const journal = await fetch(`${second.url}/sessions/${made.id}/journal`, {
    headers: { authorization: `Bearer ${first.token}` },
  });
  writeFileSync(join(cwd, 'journal.log'), await journal.text());
  writeFileSync(join(cwd, 'key.json'), JSON.stringify((await asked(`${second.url}/key`, ann)).body));
  writeFileSync(join(cwd, 'receipt.json'), JSON.stringify(receipt.body));
  const replay = ['replay', 'journal.log', '--key', 'key.json', '--receipt', 'receipt.json', '--json'];
  const { exitCode, stdout, stderr } = await mechane(replay, { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ included: true, proof: { entry: { agent: 'ann', message: { bid: 7 } } } });
  second.child.kill('SIGINT');
  expect((await second.over).exitCode).toBe(0);
});

test('the token of the environment counts, and is written nowhere', { tags: ['long'] }, async () => {
  const cwd = project(plugins);
  const ending = new AbortController();
  const { exitCode, stdout, stderr } = await mechane(['serve', '--port', '0', '--store', 'sqlite::memory:'], {
    cwd,
    env: { MECHANE_ADMIN_TOKEN: 'a token of my own' },
    signal: ending.signal,
    onStdout: () => ending.abort(),
  });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  expect(existsSync(join(cwd, 'mechane.db.token'))).toBe(false);
});

test('web pages of the origins that are given may ask, and no others', { tags: ['long'] }, async () => {
  const { url } = await serving(project(plugins), ...kept, '--origin', 'https://shop.example', 'https://other.example');
  const allowed = async (origin: string) =>
    (await fetch(`${url}/health`, { headers: { origin } })).headers.get('access-control-allow-origin');
  expect(await allowed('https://shop.example')).toBe('https://shop.example');
  expect(await allowed('https://other.example')).toBe('https://other.example');
  expect(await allowed('https://elsewhere.example')).toBe(null);
});

test('what a service lists and describes is what the command does, and a search does not keep it from answering', {
  tags: ['long'],
}, async () => {
  const cwd = project(plugins);
  const { url, token } = await serving(cwd, ...kept);
  const list = await mechane(['list', '--json'], { cwd });
  expect((await asked(`${url}/mechanisms`, token)).body).toEqual(JSON.parse(list.stdout));
  const described = await mechane(['describe', vickrey], { cwd });
  expect((await asked(`${url}/mechanisms/${vickrey}`, token)).body).toEqual(JSON.parse(described.stdout));
  const scenario = {
    mechanism: 'auction-combinatorial/vcg',
    settings: { goods: ['A', 'B'], timeLimit: 5 },
    reports: { ann: { xor: [{ bundle: ['A'], value: 3 }] }, bob: { xor: [{ bundle: ['A', 'B'], value: 4 }] } },
  };
  const searched = await asked(`${url}/runs`, '', scenario);
  expect(searched.body, JSON.stringify(searched.body)).toMatchObject({ mechanism: scenario.mechanism });
  const wrong = await asked(`${url}/runs`, '', { ...scenario, reports: { ann: { xor: 3 } } });
  expect(wrong).toMatchObject({ status: 400, body: { path: ['reports', 'ann', 'xor'] } });
});

test('the demonstration opens three sessions', { tags: ['long'] }, async () => {
  const { url, token } = await serving(project([...plugins, '@mechane/market']), ...kept, '--demo');
  await expect.poll(async () => (await asked(`${url}/sessions`, token)).body.length).toBe(3);
});

test('a port that is taken, a store that is none and a project without mechanisms are told with the fix', {
  tags: ['long'],
}, async () => {
  const cwd = project(plugins);
  const { url } = await serving(cwd, ...kept);
  const taken = await mechane(['serve', '--port', new URL(url).port, '--store', 'sqlite:other.db'], { cwd });
  expect(taken).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot-listen') });
  const held = await mechane(['serve', '--port', '0', '--store', 'sqlite:house.db'], { cwd });
  expect(held).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('store-in-use') });
  const none = await mechane(['serve', '--store', 'house.db'], { cwd });
  expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('unknown-store') });
  const never = await mechane(['serve', '--per-address', '0'], { cwd });
  expect(never).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('1 or more') });
  const { stdout: help } = await mechane(['serve', '--help'], { cwd });
  expect(help).toContain('$ mechane serve');
  expect(readFileSync(join(cwd, 'house.db.token'), 'utf8')).toHaveLength(44);
});

test('a node of a cluster makes no token of its own, and says what is wrong with its address and its database', async () => {
  const at = (...options: readonly string[]) => ['serve', '--cluster', 'postgres://127.0.0.1:1/none', ...options];
  const untold = await mechane(at());
  expect(untold).toMatchObject({ exitCode: 2, stdout: '' });
  expect(untold.stderr).toContain('expected $MECHANE_ADMIN_TOKEN. Fix: start every node with the same one');
  const env = { MECHANE_ADMIN_TOKEN: 'the same for all' };
  const nowhere = await mechane(at('--cluster-address', 'here'), { env });
  expect(nowhere.stderr).toContain('"here" is no address; expected HOST:PORT');
  const alone = await mechane(at('--cluster-address', '127.0.0.1:7000'), { env });
  expect(alone).toMatchObject({ exitCode: 2, stdout: '' });
  expect(alone.stderr).toContain('cannot-open-store');
});
