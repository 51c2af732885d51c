import { readdirSync } from 'node:fs';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const packages = readdirSync(new URL('packages', import.meta.url));
const source = '@mechane/source';

export default defineConfig({
  // Packages of the workspace resolve to their sources, so tests need no build and coverage sees what it measures.
  resolve: { conditions: [source, ...defaultClientConditions] },
  // What Node runs is what Node resolves: it knows no "module", and some packages' builds for bundlers do not run in it.
  ssr: { resolve: { conditions: [source, ...defaultServerConditions.filter((condition) => condition !== 'module')] } },
  test: {
    include: ['{packages/*,bench,examples,tools}/test/**/*.test.ts'],
    // Laws and oracles take their time on a slow or busy machine; only a test that hangs should fail by the clock.
    testTimeout: 60_000,
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text', 'html', 'json-summary'],
      // Each package on its own: a well-tested one does not make up for another.
      thresholds: Object.fromEntries(
        packages.map((name) => [`packages/${name}/src/**/*.ts`, { lines: 95, branches: 95 }]),
      ),
    },
  },
});
