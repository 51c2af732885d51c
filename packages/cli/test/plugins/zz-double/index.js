import { definePlugin, directMechanism } from '@mechane/core';
import * as z from 'zod';

/** Has the id of another plugin's mechanism. */
const median = directMechanism({
  id: 'fixture/median',
  summary: 'No median',
  settings: z.strictObject({}),
  report: z.strictObject({}),
  decide: () => ({}),
  claims: [],
});

export const double = definePlugin({ name: 'zz-double', version: '2.0.0', mechanisms: [median] });
