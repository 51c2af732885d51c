import { housing, type Subject, subject } from '@mechane/conformance';
import { topTradingCycles } from './top-trading-cycles.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [subject({ mechanism: topTradingCycles, domain: housing() })];
