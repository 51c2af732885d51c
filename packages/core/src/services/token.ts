import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Random } from './random.ts';
import type { Telemetry } from './telemetry.ts';

declare const provided: unique symbol;

/**
 * Names a service and carries its type, so that `service(token)` needs no cast and no emitted metadata.
 *
 * @category Services
 */
export interface Token<Service> {
  readonly key: symbol;
  readonly name: string;
  readonly [provided]?: Service;
}

/**
 * Makes a token. Two tokens of one name are the same service, whichever copy of core made them.
 *
 * @category Services
 */
export function token<Service>(name: string): Token<Service> {
  return { key: Symbol.for(`mechane/service/${name}`), name };
}

/**
 * Time: deadlines of live runs.
 *
 * @category Services
 */
export const ClockService: Token<Clock> = token('clock');
/**
 * Randomness of one run, from its seed.
 *
 * @category Services
 */
export const RandomService: Token<Random> = token('random');
/**
 * What happens in runs.
 *
 * @category Services
 */
export const EventsService: Token<Events> = token('events');
/**
 * Spans for the tracing system.
 *
 * @category Services
 */
export const TelemetryService: Token<Telemetry> = token('telemetry');
