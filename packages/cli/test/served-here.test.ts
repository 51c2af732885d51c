import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { englishAuctions } from '@mechane/auction-english';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, type Mechane, MechaneError, type Mechanism } from '@mechane/core';
import * as server from '@mechane/server';
import { createService, listen, openStore, type Service, sessionIn } from '@mechane/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { adminToken } from '../src/admin-token.ts';
import { playDemo } from '../src/demo-sessions.ts';
import { RunsApart } from '../src/runs-apart.ts';
import type { Server } from '../src/server.ts';
import { mechane } from './command.ts';
import { project, temporaryFolder } from './project.ts';

type Tools = Parameters<Server['serveOverStdio']>[0];

/** A model, and what it does while its tools are there. */
interface Model {
  readonly server: typeof server;
  readonly play: (tools: Tools) => Promise<void>;
}

const known: unique symbol = Symbol.for('mechane/test/model');
const models = globalThis as { [known]?: Model };

/** A project whose service offers its tools to that model instead of the standard streams. */
function projectOfModel(): string {
  const folder = 'node_modules/@mechane/server';
  return project(['@mechane/auction-sealed', '@mechane/core'], {
    [`${folder}/package.json`]: JSON.stringify({ name: '@mechane/server', type: 'module', exports: './index.js' }),
    [`${folder}/index.js`]: `const { server, play } = globalThis[Symbol.for('mechane/test/model')];
export const { createService, listen, openStore, randomToken, sessionIn } = server;
export const serveOverStdio = play;\n`,
  });
}

const token = 'the token of the one who runs it all';
const vickrey = 'auction-sealed/second-price';
const house = createMechane().use(sealedAuctions).use(englishAuctions) as object as Mechane<Mechanism>;

async function serviceOf(more: Partial<Parameters<typeof createService>[0]> = {}): Promise<Service> {
  const store = await openStore('sqlite::memory:');
  const service = createService({ mechane: house, store, adminToken: token, ...more });
  onTestFinished(async () => {
    await service.close();
    await store.close();
  });
  return service;
}

describe('the demonstration', () => {
  test('plays what its mechanisms make of its agents: the highest value wins, and pays the second', async () => {
    const service = await serviceOf();
    const ending = new AbortController();
    const playing = playDemo(service, token, ending.signal, 1);
    const list = async (): Promise<readonly { mechanism: string; status: string; outcome?: object }[]> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await service.fetch(new Request('http://demo.invalid/sessions', { headers }))).json();
    };
    await expect.poll(async () => (await list()).map(({ status }) => status)).toEqual(['closed', 'closed']);
    // There are no markets here, and whoever is not there is not played.
    await playing;
    for (const { outcome } of await list()) expect(outcome).toMatchObject({ winner: 'ann' });
    expect((await list()).find(({ mechanism }) => mechanism === vickrey)?.outcome).toMatchObject({ payment: 29 });
    ending.abort();
  });

  test('ends when it is told to, and plays nothing where it may not, or nobody answers', async () => {
    const service = await serviceOf();
    const ending = new AbortController();
    const slow = playDemo(service, token, ending.signal, 100_000);
    ending.abort();
    await slow;
    await playDemo(service, 'another token', AbortSignal.timeout(60_000), 1);
    const mute = { ...service, fetch: () => Promise.reject(new Error('gone')) };
    await expect(playDemo(mute, token, AbortSignal.timeout(60_000), 1)).resolves.toBeUndefined();
  });
});

describe('what a service plays and examines apart', () => {
  const scenario = {
    mechanism: 'auction-combinatorial/vcg',
    settings: { goods: ['A', 'B'], timeLimit: 20 },
    reports: { ann: { xor: [{ bundle: ['A'], value: 3 }] }, bob: { xor: [{ bundle: ['A', 'B'], value: 4 }] } },
  };
  const apart = (): RunsApart => {
    const plugins = ['@mechane/auction-sealed', '@mechane/auction-combinatorial', '@mechane/core', 'liar'];
    const searching = createMechane().use(sealedAuctions).use(combinatorialAuctions) as object as Mechane<Mechanism>;
    const runs = new RunsApart(searching, { cwd: project(plugins), signal: new AbortController().signal });
    onTestFinished(() => runs.close());
    return runs;
  };

  test('is what the mechanisms give: what is quick here, and a search in its thread', async () => {
    const runs = apart();
    const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
    expect(await runs.run({ mechanism: vickrey, reports })).toMatchObject({ outcome: { winner: 'bob', payment: 10 } });
    expect(await runs.run(scenario)).toMatchObject({ metrics: { welfare: 4 } });
    await expect(runs.run(undefined)).rejects.toMatchObject({ code: 'invalid-scenario' });
  });

  test('refuses what is wrong with its code and path, from the thread too', { tags: ['long'] }, async () => {
    const wrong = apart().run({ ...scenario, reports: { ann: { xor: 3 } } });
    await expect(wrong).rejects.toBeInstanceOf(MechaneError);
    const error = await wrong.catch((thrown: MechaneError) => thrown.toJSON());
    expect(error).toMatchObject({ path: ['reports', 'ann', 'xor'] });
  });

  test('is examined by the kit', { tags: ['long'] }, async () => {
    const runs = apart();
    const found = (await runs.verify({ id: vickrey, runs: 1 })) as { reports: { mechanism: string }[] };
    expect(found.reports.map(({ mechanism }) => mechanism)).toEqual([vickrey]);
    await expect(runs.verify({ id: 'auction-sealed/none' })).rejects.toMatchObject({ code: 'unknown-mechanism' });
  });
});

describe('the tools of a model', () => {
  /** Does something with the tools that `mechane mcp` offers. */
  async function withTools(argv: readonly string[], play: (tools: Tools) => Promise<void>) {
    models[known] = { server, play };
    onTestFinished(() => {
      delete models[known];
    });
    return mechane(['mcp', ...argv], { cwd: projectOfModel() });
  }

  test('play the mechanisms of the project, where no service is named', async () => {
    const ended = await withTools([], async ({ ask, session }) => {
      expect(session).toBeUndefined();
      const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
      const ran = await ask('POST', '/runs', { mechanism: vickrey, reports });
      expect(await ran.json()).toMatchObject({ outcome: { winner: 'bob', payment: 10 } });
      expect(JSON.stringify(await (await ask('GET', '/mechanisms')).json())).toContain(vickrey);
      expect((await ask('GET', `/mechanisms/${vickrey}`)).status).toBe(200);
    });
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('ask a service that is named, as whoever the token is for, and have it examine claims', async () => {
    const service = await serviceOf({
      verify: async ({ id }) => {
        if (id === vickrey) return { reports: [{ mechanism: id }] };
        throw new MechaneError('unknown-mechanism', { path: ['id'], problem: 'there is none', fix: 'see the list' });
      },
    });
    const listening = await listen(service, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => listening.close());
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ mechanism: vickrey, agents: ['ann'] });
    const made = await (await fetch(`${listening.url}/sessions`, { method: 'POST', headers, body })).json();
    const own = made.agents.ann.token as string;
    const ended = await withTools(['--url', `${listening.url}/`, '--token', own], async (tools) => {
      expect(tools.session).toBe(made.id);
      expect(tools.session).toBe(sessionIn(own));
      expect(await (await tools.ask('GET', `/sessions/${made.id}/ask`)).json()).toMatchObject({ round: 1 });
      expect(await tools.verify?.({ id: vickrey })).toEqual({ reports: [{ mechanism: vickrey }] });
      expect(await tools.verify?.({ id: vickrey, runs: 2 })).toEqual({ reports: [{ mechanism: vickrey }] });
      await expect(tools.verify?.({ id: 'none/such' })).rejects.toMatchObject({ code: 'unknown-mechanism' });
    });
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('say so where no service answers', async () => {
    const ended = await withTools(['--url', 'http://127.0.0.1:9', '--token', 'mine'], async ({ ask }) => {
      await expect(ask('GET', '/mechanisms')).rejects.toMatchObject({ code: 'cannot-reach' });
    });
    expect(ended.exitCode).toBe(0);
  });
});

describe('the token of whoever runs a service', () => {
  const made = (given: string | undefined, store: string, cwd: string) => adminToken(given, store, cwd, () => 'new');

  test('is the one that is given, else the one that was kept, else a new one that is said once', async () => {
    const cwd = temporaryFolder();
    expect(await made('mine', 'sqlite:a.db', cwd)).toEqual({ token: 'mine', notice: undefined });
    expect(await made('', 'sqlite:a.db', cwd)).toEqual({ token: 'new', notice: 'admin token: new' });
    expect(await made(undefined, 'sqlite:a.db', cwd)).toEqual({
      token: 'new',
      notice: 'the admin token is in a.db.token',
    });
    expect(await made(undefined, 'postgres://house', cwd)).toMatchObject({ notice: 'admin token: new' });
    expect(await made(undefined, 'postgres://house', cwd)).toMatchObject({
      notice: 'the admin token is in mechane.token',
    });
    expect(await made(undefined, 'sqlite::memory:', cwd)).toMatchObject({ notice: 'admin token: new' });
  });

  test('cannot be kept where there is no folder, or read where it is no file', async () => {
    const cwd = temporaryFolder();
    await expect(made(undefined, 'sqlite:none/a.db', cwd)).rejects.toMatchObject({ code: 'cannot-write' });
    await expect(made(undefined, `sqlite:${'.'.repeat(2)}/x\0`, cwd)).rejects.toThrow();
  });
});
