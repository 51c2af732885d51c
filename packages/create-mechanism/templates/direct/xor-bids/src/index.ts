import { definePlugin, type Plugin } from '@mechane/core';
import { vcg } from './vcg.ts';

export { vcg };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof vcg> = definePlugin({ name: '__PACKAGE__', version: '0.0.0', mechanisms: [vcg] });
