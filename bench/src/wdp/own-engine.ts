import { type CatsAuction, combinatorialAuctions } from '@mechane/auction-combinatorial';
import { createMechane, isMechaneError } from '@mechane/core';
import type { Answer } from './peer.ts';

const mechane = createMechane().use(combinatorialAuctions);

/** Winner determination as a user gets it: from reports in memory, validation, certificate, its recheck and metrics included. */
export function determine({ settings, reports }: CatsAuction, timeLimit: number): Answer {
  const started = performance.now();
  const { certificate } = mechane.run('auction-combinatorial/first-price', {
    settings: { ...settings, timeLimit },
    reports,
  });
  const seconds = (performance.now() - started) / 1e3;
  return {
    seconds,
    status: certificate.status,
    objective: certificate.welfare,
    bound: certificate.bound,
  };
}

/** Seconds for an allocation and all payments; nothing where the limit was too short for the proofs that payments need. */
export function secondsForPayments(
  rule: 'vcg' | 'core-selecting',
  { settings, reports }: CatsAuction,
  timeLimit: number,
): number | null {
  const play = { settings: { ...settings, timeLimit }, reports };
  const started = performance.now();
  try {
    if (rule === 'vcg') mechane.run('auction-combinatorial/vcg', play);
    else mechane.run('auction-combinatorial/core-selecting', play);
  } catch (thrown) {
    if (isMechaneError(thrown) && thrown.code === 'unproved-optimum') return null;
    throw thrown;
  }
  return (performance.now() - started) / 1e3;
}
