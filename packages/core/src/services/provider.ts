import type { Token } from './token.ts';

/**
 * Looks a service up.
 *
 * @category Services
 */
export type Resolve = <Service>(token: Token<Service>) => Service;

/**
 * How long an instance lives: `application` is made once, on first use, and shared; `run` is made anew for every run that asks.
 *
 * @category Services
 */
export type Lifetime = 'application' | 'run';

/**
 * Says how a service is made, and for how long. Made by {@link provide} or {@link provideClass}.
 *
 * @category Services
 */
export type Provider<Service = unknown> = FunctionProvider<Service> | ClassProvider<Service>;

interface Provided<Service> {
  readonly token: Token<Service>;
  readonly scope: Lifetime;
  /** Loads what making the service needs, where that takes time; calling it again changes nothing. */
  prepare?(): Promise<unknown>;
}

/**
 * A function looks up what it needs and makes the service.
 *
 * @category Services
 */
export interface FunctionProvider<Service = unknown> extends Provided<Service> {
  create(resolve: Resolve): Service;
}

/**
 * A class is the service; `needs` are the tokens of what its constructor takes.
 *
 * @category Services
 */
export interface ClassProvider<Service = unknown> extends Provided<Service> {
  readonly made: Constructor<Service>;
  readonly needs: readonly Token<unknown>[];
}

export type Constructor<Service, Needs extends readonly unknown[] = readonly never[]> = new (
  ...needs: Needs
) => Service;

/**
 * Provides a service that a function makes on first use. What has a `dispose` method is disposed with its scope.
 *
 * @category Services
 */
export function provide<Service>(
  token: Token<Service>,
  create: (resolve: Resolve) => Service,
  scope: Lifetime = 'application',
): FunctionProvider<Service> {
  return { token, scope, create };
}

/** The services behind a list of tokens, in its order. */
export type ServicesOf<Tokens extends readonly Token<unknown>[]> = {
  -readonly [Position in keyof Tokens]: Tokens[Position] extends Token<infer Service> ? Service : never;
};

/**
 * Provides a service by a class, which the container constructs with the services that its constructor takes. Whatever an application
 * binds to those tokens, a test double too, is what the class is given.
 *
 * @param needs the tokens of the constructor's parameters, in their order
 * @category Services
 *
 * @example
 * ```ts
 * import { type Clock, ClockService, createMechane, provide, provideClass, testClock, token } from '@mechane/core';
 *
 * const ShopService = token<{ open: boolean }>('shop');
 * const HoursService = token<{ from: number; to: number }>('hours');
 *
 * class Shop {
 *   readonly open: boolean;
 *   constructor(clock: Clock, hours: { from: number; to: number }) {
 *     this.open = clock.now() >= hours.from && clock.now() < hours.to;
 *   }
 * }
 *
 * const services = [
 *   provideClass(ShopService, Shop, [ClockService, HoursService], 'run'),
 *   provide(HoursService, () => ({ from: 0, to: 10 })),
 *   provide(ClockService, () => testClock()),
 * ];
 * createMechane({ services }).service(ShopService).open; // => true
 * ```
 */
export function provideClass<Service, const Needs extends readonly Token<unknown>[]>(
  token: Token<Service>,
  made: new (...needs: ServicesOf<Needs>) => Service,
  needs: Needs,
  scope: Lifetime = 'application',
): ClassProvider<Service> {
  return { token, scope, made: made as object as Constructor<Service>, needs };
}
