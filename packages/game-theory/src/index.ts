import { definePlugin, type Plugin } from '@mechane/core';
import { version } from './version.ts';

/** All mechanisms of this package. */
export const games: Plugin<never> = definePlugin<never>({ name: '@mechane/game-theory', version, mechanisms: [] });
