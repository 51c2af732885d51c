import { definePlugin, directMechanism, token } from '@mechane/core';
import * as z from 'zod';

const FuseService = token('fuse');
/** Never ready: while it is waited for, something throws where nobody catches it. */
const fuse = {
  token: FuseService,
  scope: 'application',
  create: () => ({}),
  prepare: () =>
    new Promise(() => {
      setImmediate(() => {
        throw new Error('nobody catches this');
      });
    }),
};

const mechanism = (id, more) =>
  directMechanism({ id, settings: z.strictObject({}), report: z.strictObject({}), decide: () => ({}), ...more });

/** Ends the thread in which it decides. */
const leaving = mechanism('quitter/leaving', { decide: () => process.exit(3) });
const throwing = mechanism('quitter/throwing', { needs: [FuseService] });
const staying = mechanism('quitter/staying', {});

export const quitter = definePlugin({
  name: 'quitter',
  version: '1.0.0',
  mechanisms: [leaving, throwing, staying],
  providers: [fuse],
});
