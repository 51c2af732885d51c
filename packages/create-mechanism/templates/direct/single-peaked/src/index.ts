import { definePlugin, type Plugin } from '@mechane/core';
import { median } from './median.ts';

export { median };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof median> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [median],
});
