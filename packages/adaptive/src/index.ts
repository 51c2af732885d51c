import { definePlugin, type Plugin } from '@mechane/core';
import { version } from './version.ts';

/** All mechanisms of this package. */
export const adaptive: Plugin<never> = definePlugin<never>({ name: '@mechane/adaptive', version, mechanisms: [] });
