import { definePlugin, type Plugin } from '@mechane/core';
import { postedPrice } from './posted-price.ts';

export { postedPrice };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof postedPrice> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [postedPrice],
});
