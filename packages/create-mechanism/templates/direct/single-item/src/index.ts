import { definePlugin, type Plugin } from '@mechane/core';
import { secondPrice } from './second-price.ts';

export { secondPrice };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof secondPrice> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [secondPrice],
});
