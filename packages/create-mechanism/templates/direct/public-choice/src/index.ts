import { definePlugin, type Plugin } from '@mechane/core';
import { clarkePivot } from './clarke-pivot.ts';

export { clarkePivot };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof clarkePivot> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [clarkePivot],
});
