import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import base from '../../vitest.config.ts';

/** The tests of one room. The kit's own are left out: they would notice, but take minutes for every change that no other test notices. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`packages/${process.env.MECHANE_MUTATED_ROOM ?? '*'}/test/**/*.test.ts`],
    exclude: ['**/conformance.test.ts', '**/node_modules/**'],
    sequence: { sequencer: BaseSequencer },
  },
});
