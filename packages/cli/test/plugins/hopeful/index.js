import { definePlugin, directMechanism } from '@mechane/core';
import * as z from 'zod';

/** A mechanism that claims one law in both modes. */
const ticket = directMechanism({
  id: 'hopeful/ticket',
  summary: 'A ticket in advance',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: z.number() }),
  decide: () => ({ winner: null }),
  claims: [
    { law: 'individually-rational', holds: false, because: 'who is unlucky has paid', witness: { reports: {} } },
    { law: 'individually-rational', holds: true, mode: 'interim', because: 'luck evens out' },
  ],
});

export const hopeful = definePlugin({ name: 'hopeful', version: '1.0.0', mechanisms: [ticket] });
