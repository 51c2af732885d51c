import { definePlugin, type Plugin } from '@mechane/core';
import { serialDictatorship } from './serial-dictatorship.ts';

export { serialDictatorship };

/** The mechanisms of this package, to be used together. */
export const plugin: Plugin<typeof serialDictatorship> = definePlugin({
  name: '__PACKAGE__',
  version: '0.0.0',
  mechanisms: [serialDictatorship],
});
