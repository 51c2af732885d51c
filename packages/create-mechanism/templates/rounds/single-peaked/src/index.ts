import { definePlugin, type Plugin } from '@mechane/core';
import { movingPoint } from './moving-point.ts';

export { movingPoint };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof movingPoint> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [movingPoint],
});
