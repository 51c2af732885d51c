import type { AgentId } from '../contract/agent.ts';
import { isMechaneError } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { paymentsOf } from '../contract/payments.ts';
import { notANumber, overflow } from '../errors.ts';
import { settled } from './settled.ts';

/**
 * What can be measured of any outcome. `null` where a mechanism has no cardinal values or nothing is paid.
 *
 * @category Runs
 */
export interface Metrics {
  readonly participants: number;
  readonly rounds: number;
  /** The sum of what agents get, valued at their true types; in a market, gains from trade. */
  readonly welfare: number | null;
  /** Welfare over the best possible welfare; 1 where both are 0. */
  readonly efficiency: number | null;
  /** The sum of all payments; negative is a deficit. */
  readonly revenue: number | null;
}

/** What agents of these types make of an outcome. */
export function metricsOf(
  mechanism: Mechanism,
  types: ReadonlyMap<AgentId, unknown> | undefined,
  settings: unknown,
  outcome: object,
  participants: number,
  rounds: number,
): Metrics {
  const welfare = types && welfareOf(mechanism, types, settings, outcome);
  const best = types && bestOf(mechanism, types, settings);
  return finite(mechanism.id, {
    participants,
    rounds,
    welfare: welfare ?? null,
    efficiency: welfare === undefined || best === undefined ? null : efficiencyOf(welfare, best),
    revenue: revenueOf(outcome),
  });
}

/**
 * What agents of a live run make of its outcome. What is too large for a number is `null`, since the outcome stands, and no agent may take
 * it from the others by naming an amount. A payment that is no finite number is the mechanism's fault: it would stand in the journal as nothing.
 */
export function metricsOfLive(...given: Parameters<typeof metricsOf>): Metrics {
  try {
    return metricsOf(...given);
  } catch (thrown) {
    if (!isMechaneError(thrown) || thrown.code !== 'overflow') throw thrown;
    const [mechanism, , , outcome, participants, rounds] = given;
    if (!Object.values(paymentsOf(outcome) ?? {}).every(Number.isFinite)) throw notANumber(mechanism.id);
    return { participants, rounds, welfare: null, efficiency: null, revenue: null };
  }
}

/**
 * Sums of finite amounts can leave the range of doubles, and JSON would print them as if nothing had been paid.
 *
 * @throws MechaneError `overflow`, or `mechanism-failed` where something is no number at all.
 */
export function finite(mechanism: string, metrics: Metrics): Metrics {
  const { welfare, efficiency, revenue } = metrics;
  if (Number.isFinite(welfare ?? 0) && Number.isFinite(efficiency ?? 0) && Number.isFinite(revenue ?? 0))
    return metrics;
  throw [welfare, efficiency, revenue].some(Number.isNaN) ? notANumber(mechanism) : overflow();
}

/** The sum of what an outcome is worth to agents of these types, or `undefined` where values are not cardinal. */
export function welfareOf(
  mechanism: Mechanism,
  types: ReadonlyMap<AgentId, unknown>,
  settings: unknown,
  outcome: object,
): number | undefined {
  if (!mechanism.value) return undefined;
  let welfare = 0;
  let size = 0;
  for (const [agent, type] of types) {
    const value = mechanism.value(agent, type, outcome, settings);
    welfare += value;
    size += Math.abs(value);
  }
  return settled(welfare, size, types.size);
}

function bestOf(mechanism: Mechanism, types: ReadonlyMap<AgentId, unknown>, settings: unknown): number | undefined {
  const best = mechanism.bestWelfare?.(types, settings);
  return best === undefined ? undefined : settled(best, Math.abs(best), types.size);
}

/** Welfare as a share of the best; 1 where they are equal, `null` where a share says nothing. */
export function efficiencyOf(welfare: number, best: number): number | null {
  if (welfare === best) return 1;
  return best > 0 ? welfare / best : null;
}

export function revenueOf(outcome: object): number | null {
  const payments = paymentsOf(outcome);
  if (payments === undefined) return null;
  let revenue = 0;
  let size = 0;
  let terms = 0;
  for (const agent in payments) {
    const payment = payments[agent] as number;
    revenue += payment;
    size += Math.abs(payment);
    terms += 1;
  }
  return settled(revenue, size, terms);
}

/** What an outcome is worth to an agent after payments, or `undefined` where the mechanism does not say. */
export function utilityOf(
  mechanism: Mechanism,
  agent: AgentId,
  type: unknown,
  outcome: object,
  settings: unknown,
): number | undefined {
  if (mechanism.utility) return mechanism.utility(agent, type, outcome, settings);
  if (!mechanism.value) return undefined;
  return mechanism.value(agent, type, outcome, settings) - (paymentsOf(outcome)?.[agent] ?? 0);
}
