import 'reflect-metadata';
import { type DependencyContainer, container as rootContainer } from 'tsyringe';
import { MechaneError } from '../errors.ts';
import type { Token } from './token.ts';

/** Looks a service up. */
export type Resolve = <Service>(token: Token<Service>) => Service;

/** Says how a service is made. */
export interface Provider<Service = unknown> {
  readonly token: Token<Service>;
  /** `application`: made once, on first use, and shared. `run`: made anew for every run that asks. */
  readonly scope: 'application' | 'run';
  create(resolve: Resolve): Service;
  /** Loads what making the service needs, where that takes time; calling it again changes nothing. */
  prepare?(): Promise<unknown>;
}

/** Provides a service that is made once, on first use. What has a `dispose` method is disposed with its scope. */
export function provide<Service>(
  token: Token<Service>,
  create: (resolve: Resolve) => Service,
  scope: Provider['scope'] = 'application',
): Provider<Service> {
  return { token, scope, create };
}

/**
 * A tsyringe container whose lifetimes are looked after: nothing is bound twice by accident, instances are made when first
 * asked for and disposed in reverse order, once.
 */
export class ServiceScope {
  readonly #container: DependencyContainer;
  readonly #parent: ServiceScope | undefined;
  readonly #providers = new Map<symbol, Provider>();
  readonly #made: unknown[] = [];
  readonly #making = new Set<symbol>();
  #disposal: Promise<void> | undefined;

  constructor(parent?: ServiceScope) {
    this.#parent = parent;
    this.#container = (parent ? parent.#container : rootContainer).createChildContainer();
  }

  /** Binds a provider; a second one for the same token needs `override`. */
  bind(provider: Provider, { override = false }: { override?: boolean } = {}): void {
    const { token } = provider;
    if (this.#providers.has(token.key) && !override) {
      throw new MechaneError('duplicate-service', {
        problem: `the service "${token.name}" is provided twice`,
        path: ['providers', token.name],
        fix: 'remove one of the plugins, or choose in createMechane({ services: [provide(token, …)] })',
      });
    }
    this.#providers.set(token.key, provider);
  }

  /** Loads what these services need, or what all services do. */
  async prepare(tokens?: readonly Token<unknown>[]): Promise<void> {
    const providers = tokens?.map((token) => this.#find(token).provider) ?? [...this.#providers.values()];
    await Promise.all(providers.map((provider) => provider.prepare?.()));
  }

  readonly resolve: Resolve = <Service>(token: Token<Service>): Service => {
    if (this.#disposal) {
      throw new MechaneError('disposed', {
        problem: `the service "${token.name}" was asked for after disposal`,
        fix: 'make a new Mechane, and dispose it last',
      });
    }
    const { provider, owner } = this.#find(token);
    const home = provider.scope === 'run' ? this : owner;
    return home.#instance(provider as Provider<Service>);
  };

  #find(token: Token<unknown>): { provider: Provider; owner: ServiceScope } {
    const provider = this.#providers.get(token.key);
    if (provider) return { provider, owner: this };
    if (this.#parent) return this.#parent.#find(token);
    throw new MechaneError('service-missing', {
      problem: `nothing provides the service "${token.name}"`,
      path: ['services', token.name],
      fix: 'use() the plugin that provides it, or pass createMechane({ services: [provide(token, …)] })',
    });
  }

  #instance<Service>(provider: Provider<Service>): Service {
    const { key } = provider.token;
    if (!this.#container.isRegistered(key)) {
      if (this.#making.has(key)) throw needsItself(provider.token);
      this.#making.add(key);
      const instance = this.#create(provider);
      this.#container.register(key, { useValue: { instance } });
      this.#made.push(instance);
    }
    return this.#container.resolve<{ instance: Service }>(key).instance;
  }

  #create<Service>(provider: Provider<Service>): Service {
    try {
      return provider.create(this.resolve);
    } finally {
      this.#making.delete(provider.token.key);
    }
  }

  /** Disposes what this scope made, the youngest first; calling it again changes nothing. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#disposeAll();
    return this.#disposal;
  }

  async #disposeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const instance of this.#made.reverse()) {
      try {
        await disposerOf(instance)?.call(instance);
      } catch (failure) {
        failures.push(failure);
      }
    }
    this.#container.clearInstances();
    if (failures.length > 0) throw new AggregateError(failures, 'Some services could not be disposed');
  }
}

function needsItself({ name }: Token<unknown>): MechaneError<'service-missing'> {
  return new MechaneError('service-missing', {
    problem: `making the service "${name}" needs the service itself`,
    path: ['services', name],
    fix: 'break the circle between the providers',
  });
}

function disposerOf(instance: unknown): (() => unknown) | undefined {
  if (typeof instance !== 'object' || instance === null || !('dispose' in instance)) return undefined;
  return typeof instance.dispose === 'function' ? (instance.dispose as () => unknown) : undefined;
}
