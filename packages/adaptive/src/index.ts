import { definePlugin, type Plugin } from '@mechane/core';
import { version } from './version.ts';

export { type Exp3Options, exp3 } from './policies/exp3.ts';
export { fixed } from './policies/fixed.ts';
export { type LinUcbOptions, linUcb } from './policies/lin-ucb.ts';
export type { Policy } from './policies/policy.ts';
export { type SlidingWindowOptions, slidingWindowUcb } from './policies/sliding-window-ucb.ts';
export { thompson } from './policies/thompson.ts';
export { ucb1 } from './policies/ucb1.ts';
export type { ChangeDetector } from './triggers/change-detector.ts';
export { type CusumOptions, cusum } from './triggers/cusum.ts';
export { type PageHinkleyOptions, pageHinkley } from './triggers/page-hinkley.ts';

/** All mechanisms of this package. */
export const adaptive: Plugin<never> = definePlugin<never>({ name: '@mechane/adaptive', version, mechanisms: [] });
