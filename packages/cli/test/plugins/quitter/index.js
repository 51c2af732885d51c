import { definePlugin, directMechanism } from '@mechane/core';
import * as z from 'zod';

const mechanism = (id, decide) =>
  directMechanism({ id, settings: z.strictObject({}), report: z.strictObject({}), decide });

/** Ends the thread in which it decides. */
const leaving = mechanism('quitter/leaving', () => process.exit(3));

/** Throws where nobody catches it. */
const throwing = mechanism('quitter/throwing', () => {
  queueMicrotask(() => {
    throw new Error('nobody catches this');
  });
  return {};
});

const staying = mechanism('quitter/staying', () => ({}));

export const quitter = definePlugin({ name: 'quitter', version: '1.0.0', mechanisms: [leaving, throwing, staying] });
