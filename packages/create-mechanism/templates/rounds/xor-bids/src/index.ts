import { definePlugin, type Plugin } from '@mechane/core';
import { postedPrices } from './posted-prices.ts';

export { postedPrices };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof postedPrices> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [postedPrices],
});
