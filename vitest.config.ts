import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const packages = readdirSync(new URL('packages', import.meta.url)).filter(
  // What the playground does is tried in a browser, where nothing is counted.
  (name) => name !== 'playground' && existsSync(new URL(`packages/${name}/src`, import.meta.url)),
);
/** The packages whose tests are asked for: all, unless some are. */
const named = packages.filter((name) => process.argv.some((argument) => argument.startsWith(`packages/${name}/`)));
const covered = named.length > 0 ? named : packages;

// nx asks for colours, and tests start processes of which they read what is said.
delete process.env.FORCE_COLOR;
const source = '@mechane/source';

/** Where nothing is known of how long files take, vitest begins with the largest. Conformance tests are short to write and long to run. */
class ConformanceFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /conformance\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // Packages of the workspace resolve to their sources, so tests need no build and coverage sees what it measures.
  resolve: { conditions: [source, ...defaultClientConditions] },
  // What Node runs is what Node resolves: it knows no "module", and some packages' builds for bundlers do not run in it.
  ssr: { resolve: { conditions: [source, ...defaultServerConditions.filter((condition) => condition !== 'module')] } },
  test: {
    include: ['{packages/*,bench,examples,tools}/test/**/*.test.ts'],
    tags: [
      {
        name: 'long',
        description: 'Takes more than a second: left to the full run, npm test, by npm test -- --quick.',
      },
    ],
    // Laws and oracles take their time on a slow or busy machine; only a test that hangs should fail by the clock.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    runner: './tools/trying-again-runner.mjs',
    expect: { poll: { timeout: 200_000 } },
    // More than there are cores: many tests wait for processes that they start.
    maxWorkers: availableParallelism() + 1,
    // No package keeps state in its modules, so files of tests can share them: loading each anew took a fifth of the time.
    isolate: false,
    // The sources of core and its neighbours are read by the tests of every package: each is translated once.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: ConformanceFirst },
    coverage: {
      provider: 'v8',
      include: covered.map((name) => `packages/${name}/src/**/*.ts`),
      reportsDirectory: 'coverage/report',
      reporter: ['text', 'html', 'json-summary'],
      // Each package on its own: a well-tested one does not make up for another.
      thresholds: Object.fromEntries(
        covered.map((name) => [`packages/${name}/src/**/*.ts`, { lines: 95, branches: 95 }]),
      ),
    },
  },
});
