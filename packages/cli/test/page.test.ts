import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createService, openStore, type ServiceOptions } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';
import { pageIn } from '../src/page.ts';
import { temporaryFolder } from './project.ts';

/** A service whose page is made of these files. */
async function served(
  files: Readonly<Record<string, string>>,
  options: Partial<ServiceOptions> = {},
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const folder = join(temporaryFolder(), 'site');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  writeFileSync(join(folder, '..', 'secret.html'), 'not of the page');
  const page = pageIn(folder);
  if (page === undefined) throw new Error('there is no page');
  const store = await openStore('sqlite::memory:');
  const service = createService({ plugins: [], store, adminToken: 'secret', page, ...options });
  onTestFinished(async () => {
    await service.close();
    await store.close();
  });
  return (path, init) => service.fetch(new Request(`http://house.example${path}`, init));
}

const files = {
  'index.html': '<!doctype html><head><title>Page</title></head>',
  'sandbox.html': '<!doctype html>',
  'assets/index-a1b2.js': 'let a;',
  'assets/deep/thing.wasm': 'wasm',
};

test('the page is at /, its files below it, and it finds there that it comes from a service', async () => {
  const ask = await served(files);
  const home = await ask('/');
  expect(home.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await home.text()).toContain('<meta name="mechane-service" content="./" /></head>');
  const script = await ask('/assets/index-a1b2.js');
  expect([script.status, await script.text()]).toEqual([200, 'let a;']);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await ask('/assets/deep/thing.wasm')).headers.get('content-type')).toBe('application/wasm');
});

test('whoever takes gzip is sent gzip', async () => {
  const ask = await served(files);
  const answer = await ask('/assets/index-a1b2.js', { headers: { 'accept-encoding': 'gzip, br' } });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe('let a;');
});

test('the page speaks with its own service alone and is framed by none but itself; where rules run, there is no network', async () => {
  const ask = await served(files);
  const policy = (await ask('/')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  const sandbox = (await ask('/sandbox.html')).headers.get('content-security-policy') ?? '';
  expect(sandbox).toMatch(/sandbox allow-scripts$/);
  expect(sandbox).not.toContain('connect-src');
});

test.each(['/assets', '/assets/', '/../secret.html', '/..%2fsecret.html', '/nothing.js', '/sandbox.html/'])(
  '%s is no file of the page: a problem says so',
  async (path) => {
    const answer = await (await served(files))(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'unknown-path' });
  },
);

test('routes of the service come first, and nothing is posted to a page', async () => {
  const ask = await served({ ...files, health: 'a file', key: 'a file' });
  expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
  expect((await ask('/sandbox.html', { method: 'POST' })).status).toBe(404);
});

test('a folder that holds no page is none', () => {
  expect(pageIn(temporaryFolder())).toBeUndefined();
  expect(pageIn('/no/such/folder')).toBeUndefined();
});

test('a class that opens the page at once from one address is not told to wait; what costs something is counted', async () => {
  const ask = await served(files, { limits: { requestsPerAddress: 2 }, addressOf: () => '203.0.113.7' });
  const opened = await Promise.all(Array.from({ length: 30 }, () => ask('/assets/index-a1b2.js')));
  expect(opened.map(({ status }) => status)).toEqual(Array(30).fill(200));
  const asked = await Promise.all(Array.from({ length: 30 }, () => ask('/sessions')));
  expect(asked.map(({ status }) => status)).toContain(429);
});
