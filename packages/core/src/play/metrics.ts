import type { AgentId } from '../contract/agent.ts';
import { isMechaneError } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { paymentsOf } from '../contract/payments.ts';
import { notANumber, overflow } from '../errors.ts';
import { unitOfTypes } from './choose-unit.ts';
import { countedIn } from './counted-in.ts';
import { errorOf, sumOf } from './settled.ts';
import type { Unit } from './unit.ts';

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
  const unitOf = (): Unit | undefined => types && unitOfTypes(mechanism, settings, types);
  const welfare = types && welfareOf(mechanism, types, settings, outcome, unitOf);
  return finite(mechanism.id, {
    participants,
    rounds,
    welfare: welfare ?? null,
    efficiency:
      types === undefined || welfare === undefined
        ? null
        : efficiencyIn(mechanism, types, settings, outcome, welfare, unitOf),
    revenue: revenueOf(outcome, unitOf),
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
  unitOf: () => Unit | undefined = () => unitOfTypes(mechanism, settings, types),
): number | undefined {
  if (!mechanism.value) return undefined;
  let welfare = 0;
  let terms = 0;
  for (const [agent, type] of types) {
    const value = mechanism.value(agent, type, outcome, settings);
    if (value !== 0) terms += 1;
    welfare += value;
  }
  return terms < 2 || Number.isInteger(welfare)
    ? welfare
    : sumOf(valuesIn(mechanism, types, settings, outcome), unitOf);
}

/** What an outcome is worth to each. */
function valuesIn(
  mechanism: Mechanism,
  types: ReadonlyMap<AgentId, unknown>,
  settings: unknown,
  outcome: object,
): number[] {
  return [...types].map(([agent, type]) => mechanism.value?.(agent, type, outcome, settings) ?? 0);
}

function efficiencyIn(
  mechanism: Mechanism,
  types: ReadonlyMap<AgentId, unknown>,
  settings: unknown,
  outcome: object,
  welfare: number,
  unitOf: () => Unit | undefined,
): number | null {
  const best = mechanism.bestWelfare?.(types, settings);
  if (best === undefined) return null;
  if (welfare === best || (Number.isInteger(welfare) && Number.isInteger(best))) return efficiencyOf(welfare, best);
  const unit = unitOf();
  const counted = unit ? Number(countedIn(unit, mechanism).bestWelfare?.(types, settings)) : best;
  if (unit?.counted(welfare) !== undefined && unit.counted(counted) !== undefined)
    return efficiencyOf(welfare, counted);
  // What is not counted in a unit is as near as adding doubles comes to it.
  const size = valuesIn(mechanism, types, settings, outcome).reduce((sum, value) => sum + Math.abs(value), 0);
  return Math.abs(welfare - counted) <= errorOf(size, types.size) ? 1 : efficiencyOf(welfare, counted);
}

/** Welfare as a share of the best; 1 where they are equal, `null` where a share says nothing. */
export function efficiencyOf(welfare: number, best: number): number | null {
  if (welfare === best) return 1;
  return best > 0 ? welfare / best : null;
}

export function revenueOf(outcome: object, unitOf: () => Unit | undefined = () => undefined): number | null {
  const payments = paymentsOf(outcome);
  if (payments === undefined) return null;
  let revenue = 0;
  let terms = 0;
  for (const agent in payments) {
    const payment = payments[agent] as number;
    if (payment !== 0) terms += 1;
    revenue += payment;
  }
  return terms < 2 || Number.isInteger(revenue) ? revenue : sumOf(Object.values(payments), unitOf);
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
