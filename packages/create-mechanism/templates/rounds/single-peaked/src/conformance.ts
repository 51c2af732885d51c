import { type Subject, singlePeaked, subject } from '@mechane/conformance';
import { movingPoint } from './moving-point.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [subject({ mechanism: movingPoint, domain: singlePeaked() })];
