import { join, relative } from 'node:path';
import { loadConfigFromFile } from 'vite';
import { BaseSequencer } from 'vitest/node';
import { root } from '../root.mjs';

const loaded = await loadConfigFromFile({ command: 'serve', mode: 'test' }, join(root, 'vitest.config.ts'));
const base = /** @type {import('vitest/config').ViteUserConfig} */ (loaded?.config);

/** As npm test -- --quick. Vitest takes it from here as well as from its command line, though its types know of the latter alone. */
const quick = { tagsFilter: ['!long'] };

/** What failed for the change before often does for the next; else the quickest tests notice, and the others need not run. */
class QuickestFirst extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  async sort(files) {
    /** @param {import('vitest/node').TestSpecification} file */
    const rank = ({ project, moduleId }) => {
      const last = this.ctx.cache.getFileTestResults(`${project.name}:${relative(this.ctx.config.root, moduleId)}`);
      return last?.failed ? -1 : (last?.duration ?? 0);
    };
    return [...files].sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * The tests of one room. Those that take long, those of the kit and of endurance are left out: they would notice, but take seconds to minutes
 * for every change that no other test notices. So at least as many changes are noticed as it says.
 *
 * @type {import('vitest/config').ViteUserConfig}
 */
export default {
  ...base,
  test: {
    ...base.test,
    include: [`packages/${process.env.MECHANE_MUTATED_ROOM ?? '*'}/test/**/*.test.ts`],
    exclude: ['**/*conformance.test.ts', '**/soak.test.ts', '**/node_modules/**'],
    ...quick,
    sequence: { sequencer: QuickestFirst },
    // A change that makes something hang is noticed by then; tests that no change holds up take a second at most.
    testTimeout: 10_000,
  },
};
