import { type Subject, singleItem, subject } from '@mechane/conformance';
import { secondPrice } from './second-price.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [subject({ mechanism: secondPrice, domain: singleItem() })];
