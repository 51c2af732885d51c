import { definePlugin, type Plugin } from '@mechane/core';
import { version } from './version.ts';

/** All mechanisms of this package. */
export const markets: Plugin<never> = definePlugin<never>({ name: '@mechane/market', version, mechanisms: [] });
