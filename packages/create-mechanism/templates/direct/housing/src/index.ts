import { definePlugin, type Plugin } from '@mechane/core';
import { topTradingCycles } from './top-trading-cycles.ts';

export { topTradingCycles };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof topTradingCycles> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [topTradingCycles],
});
