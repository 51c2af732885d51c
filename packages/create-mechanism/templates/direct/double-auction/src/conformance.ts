import { doubleAuction, type Subject, subject } from '@mechane/conformance';
import { tradeReduction } from './trade-reduction.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [subject({ mechanism: tradeReduction, domain: doubleAuction() })];
