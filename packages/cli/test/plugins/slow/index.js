import { definePlugin, directMechanism, token } from '@mechane/core';
import * as z from 'zod';

/** Loads for a while, and cannot be used before. */
const ScalesService = token('scales');
let loaded = false;
const scales = {
  token: ScalesService,
  scope: 'application',
  create() {
    if (!loaded) throw new Error('the scales are not loaded');
    return { weigh: (things) => things.length };
  },
  async prepare() {
    await new Promise((resolve) => setTimeout(resolve, 1));
    loaded = true;
  },
};

const weighing = directMechanism({
  id: 'slow/weighing',
  settings: z.strictObject({}),
  report: z.strictObject({}),
  needs: [ScalesService],
  decide: (reports, { service }) => ({ weight: service(ScalesService).weigh([...reports.keys()]) }),
});

const unheard = directMechanism({
  id: 'slow/unheard',
  settings: z.strictObject({}),
  report: z.strictObject({}),
  needs: [token('nobody has it')],
  decide: () => ({}),
});

export const slow = definePlugin({
  name: 'slow',
  version: '1.0.0',
  mechanisms: [weighing, unheard],
  providers: [scales],
});
