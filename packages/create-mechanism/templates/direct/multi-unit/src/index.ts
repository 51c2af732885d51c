import { definePlugin, type Plugin } from '@mechane/core';
import { vickrey } from './vickrey.ts';

export { vickrey };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof vickrey> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [vickrey],
});
