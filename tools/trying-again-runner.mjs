// A runner of vitest: tests that start browsers, databases and processes may fail for what a strained machine does to these. Where all is tested before a
// merge, such a test is tried once more, and the run ends by naming it; laws and oracles have one try.
import { relative } from 'node:path';
import { TestRunner } from 'vitest';
import { root } from './root.mjs';

const living = [
  'packages/cli/',
  'packages/client/',
  'packages/cluster/',
  'packages/playground/',
  'packages/server/',
  'tools/',
];

export default class TryingAgainRunner extends TestRunner {
  /** @param {import('vitest').RunnerTestFile[]} files */
  onCollected(files) {
    if (process.env.CI === undefined) return;
    for (const file of files) {
      const path = relative(root, file.filepath).replaceAll('\\', '/');
      if (living.some((place) => path.startsWith(place))) for (const test of testsIn(file)) test.retry ||= 1;
    }
  }
}

/**
 * @param {import('vitest').RunnerTestSuite} suite
 * @returns {import('vitest').RunnerTestCase[]}
 */
function testsIn(suite) {
  return suite.tasks.flatMap((task) => (task.type === 'test' ? [task] : testsIn(task)));
}
