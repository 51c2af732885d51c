import { type Subject, singlePeaked, subject } from '@mechane/conformance';
import { median } from './median.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [subject({ mechanism: median, domain: singlePeaked() })];
