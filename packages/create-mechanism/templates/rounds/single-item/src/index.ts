import { definePlugin, type Plugin } from '@mechane/core';
import { ascendingClock } from './ascending-clock.ts';

export { ascendingClock };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof ascendingClock> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [ascendingClock],
});
