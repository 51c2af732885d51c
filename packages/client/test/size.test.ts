import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

test('all of it, bundled for a browser, is less than 8 kB gzipped', async () => {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'es2022',
      write: false,
      lib: { entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)), formats: ['es'] },
    },
  });
  const [script] = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
  const code = script?.type === 'chunk' ? script.code : '';
  expect(code).toContain('last-event-id');
  expect(code).not.toMatch(/^import /m);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThan(8_000);
});
