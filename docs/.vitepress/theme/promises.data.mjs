import { readFileSync } from 'node:fs';
import { promisesIn } from '../../../tools/docs/promises.mjs';

const page = new URL('../../properties.md', import.meta.url);

export default {
  watch: ['../../properties.md'],
  load: () => promisesIn(readFileSync(page, 'utf8')),
};
