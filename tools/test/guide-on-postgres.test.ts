import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { asAssertions, examplesIn } from '../documented-examples.mjs';
import { hasPostgres, startPostgres } from '../postgres/private-postgres.mjs';
import { root } from '../root.mjs';

test.runIf(hasPostgres)(
  'what the guide shows of Postgres is so on a Postgres',
  { tags: ['long'], timeout: 60_000 },
  async () => {
    const guide = readFileSync(join(root, 'docs/guide/auction-service.md'), 'utf8');
    const shown = examplesIn(guide).filter(({ code }) => code.includes('AUCTIONS_STORE'));
    expect(shown).toHaveLength(1);
    const cache = join(root, '.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'guide-on-postgres-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    vi.stubEnv('AUCTIONS_STORE', postgres.url);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const module = join(folder, 'example.ts');
    writeFileSync(module, asAssertions(shown[0]?.code ?? ''));
    await import(module);
  },
);
