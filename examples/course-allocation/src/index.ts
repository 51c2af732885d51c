import { definePlugin } from '@mechane/core';
import { draft } from './draft.ts';
import { serialDictatorship } from './serial-dictatorship.ts';

export { draft, serialDictatorship };

/** Both ways to allocate courses. */
export const courseAllocation = definePlugin({
  name: 'course-allocation',
  version: '0.1.0',
  mechanisms: [serialDictatorship, draft],
});
