import { doubleAuction, type Subject, subject } from '@mechane/conformance';
import { postedPrice } from './posted-price.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: postedPrice, domain: doubleAuction(), settings: [{ price: 2 }, { price: 0 }, { price: 50 }] }),
];
