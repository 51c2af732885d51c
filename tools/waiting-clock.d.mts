import type { Clock } from '@mechane/core';

/**
 * A clock for tests on which time passes only while everybody waits: whoever answers at once is never late, however slow the machine is, and nobody is waited
 * for longer than that takes.
 */
export function waitingClock(): Clock;
