import { join } from 'node:path';
import { loadConfigFromFile } from 'vite';
import { BaseSequencer } from 'vitest/node';
import { root } from '../root.mjs';

const loaded = await loadConfigFromFile({ command: 'serve', mode: 'test' }, join(root, 'vitest.config.ts'));
const base = /** @type {import('vitest/config').ViteUserConfig} */ (loaded?.config);

/**
 * The tests of one room. Those of the kit and of endurance are left out: they would notice, but take minutes for every change that no other test
 * notices.
 *
 * @type {import('vitest/config').ViteUserConfig}
 */
export default {
  ...base,
  test: {
    ...base.test,
    include: [`packages/${process.env.MECHANE_MUTATED_ROOM ?? '*'}/test/**/*.test.ts`],
    exclude: ['**/conformance.test.ts', '**/soak.test.ts', '**/node_modules/**'],
    sequence: { sequencer: BaseSequencer },
    // A change that makes something hang is noticed by then; tests that no change holds up take a few seconds at most.
    testTimeout: 30_000,
  },
};
