import type { Subject } from '@mechane/conformance';

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [];
