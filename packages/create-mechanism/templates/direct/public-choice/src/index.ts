import { definePlugin } from '@mechane/core';
import { clarkePivot } from './clarke-pivot.ts';

export { clarkePivot };

/** The mechanisms of this package, to be used together. */
export const plugin = definePlugin({ name: '__PACKAGE__', version: '0.0.0', mechanisms: [clarkePivot] });
