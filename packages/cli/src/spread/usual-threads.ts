import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** Every thread has a heap of its own, of which what is loaded takes so much, in bytes, that in a smaller one little else would be left. */
const smallHeap = 128 * 1024 * 1024;

/** How many threads answer lines where nobody says: one a core; one where the process was told to be content with little memory. */
export function usualThreads(): number {
  return getHeapStatistics().heap_size_limit < smallHeap ? 1 : availableParallelism();
}
