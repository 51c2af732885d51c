import { definePlugin, type Plugin } from '@mechane/core';
import { tradeReduction } from './trade-reduction.ts';

export { tradeReduction };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof tradeReduction> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [tradeReduction],
});
