import 'reflect-metadata';
import { type DependencyContainer, inject, injectable, container as rootContainer } from 'tsyringe';
import { disposed, duplicateService, missingService, serviceNeedsItself } from '../errors.ts';
import type { ClassProvider, Constructor, Provider, Resolve } from './provider.ts';
import type { Token } from './token.ts';

/** Under these keys a container holds every provider that was bound in it, the last of a token counting, and those whose services are a run's. */
const bindings: unique symbol = Symbol.for('mechane/bindings');
const ofRuns: unique symbol = Symbol.for('mechane/bindings-of-runs');

/**
 * A tsyringe container, or a child of one for a single run, whose lifetimes are looked after: nothing is bound twice by accident,
 * instances are made when first asked for, where they belong, and disposed in reverse order, once.
 */
export class ServiceScope {
  readonly #container: DependencyContainer;
  readonly #parent: ServiceScope | undefined;
  readonly #made: unknown[] = [];
  /** What was looked up before: a run asks for its services again and again. */
  readonly #known = new Map<symbol, unknown>();
  readonly #making = new Set<Token<unknown>>();
  /** The coded error of a service that could not be made: tsyringe would wrap it once for every class that wanted it. */
  #failure: unknown;
  #disposal: Promise<void> | undefined;

  constructor(parent?: ServiceScope) {
    this.#parent = parent;
    this.#container = (parent ? parent.#container : rootContainer).createChildContainer();
    // What is the application's is found in the parent, and made there.
    for (const provider of parent ? parent.#bound(ofRuns) : []) this.#register(provider);
  }

  /** Binds a provider; a second one for the same token needs `override`. */
  bind(provider: Provider, { override = false }: { override?: boolean } = {}): void {
    const { token } = provider;
    if (this.#container.isRegistered(token.key) && !override) throw duplicateService(token.name);
    if (this.#parent === undefined) {
      this.#container.register(bindings, { useValue: provider });
      if (provider.scope === 'run') this.#container.register(ofRuns, { useValue: provider });
    }
    this.#register(provider);
  }

  /** Loads what these services need, or what all services do. */
  async prepare(tokens?: readonly Token<unknown>[]): Promise<void> {
    const missing = tokens?.find(({ key }) => !this.#container.isRegistered(key, true));
    if (missing) throw missingService(missing.name);
    const wanted = tokens && new Set(tokens.map(({ key }) => key));
    const providers = this.#bound(bindings).filter(({ token }) => wanted === undefined || wanted.has(token.key));
    await Promise.all(providers.map((provider) => provider.prepare?.()));
  }

  readonly resolve: Resolve = <Service>(token: Token<Service>): Service => {
    if (this.#disposal) throw disposed(token.name);
    const known = this.#known.get(token.key);
    if (known !== undefined) return known as Service;
    if (!this.#container.isRegistered(token.key, true)) throw missingService(token.name);
    try {
      const service = this.#container.resolve<Service>(token.key);
      this.#known.set(token.key, service);
      return service;
    } catch (thrown) {
      throw this.#failure ?? thrown;
    } finally {
      if (this.#making.size === 0) this.#failure = undefined;
    }
  };

  /** The providers bound here under a key, the one that counts of each token. */
  #bound(key: symbol): readonly Provider[] {
    if (!this.#container.isRegistered(key)) return [];
    const all = this.#container.resolveAll<Provider>(key);
    return [...new Map(all.map((provider) => [provider.token.key, provider])).values()];
  }

  #register(provider: Provider): void {
    const { token } = provider;
    const create = 'create' in provider ? () => provider.create(this.resolve) : this.#constructs(provider);
    let made: { readonly instance: unknown } | undefined;
    const useFactory = (): unknown => {
      made ??= { instance: this.#make(token, create) };
      return made.instance;
    };
    this.#container.register(token.key, { useFactory });
    this.#known.delete(token.key);
  }

  #constructs({ made, needs }: ClassProvider): () => unknown {
    const constructed = injected(made, needs);
    return () => {
      const missing = needs.find(({ key }) => !this.#container.isRegistered(key, true));
      if (missing) throw missingService(missing.name);
      return this.#container.resolve(constructed);
    };
  }

  #make(token: Token<unknown>, create: () => unknown): unknown {
    try {
      if (this.#making.has(token)) throw serviceNeedsItself(token.name);
      this.#making.add(token);
      const instance = create();
      this.#made.push(instance);
      return instance;
    } catch (thrown) {
      this.#failure ??= thrown;
      throw thrown;
    } finally {
      this.#making.delete(token);
    }
  }

  /** Disposes what this scope made where nobody waits for it: a failure changes nothing about what came out. */
  release(): void {
    const disposal = this.dispose();
    if (disposal !== nothingToDispose) disposal.catch(() => {});
  }

  /** Disposes what this scope made, the youngest first; calling it again changes nothing. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#made.some(disposerOf) ? this.#disposeAll() : nothingToDispose;
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
    if (failures.length > 0) throw new AggregateError(failures, 'Some services could not be disposed');
  }
}

/** One for all: many runs in a row are to leave nothing behind that waits for its turn. */
const nothingToDispose: Promise<void> = Promise.resolve();

/** A class of our own under the author's, so that two bindings of one class may have different needs. */
function injected(made: Constructor<unknown>, needs: readonly Token<unknown>[]): Constructor<unknown> {
  const constructed = class extends (made as Constructor<object>) {};
  Object.defineProperty(constructed, 'name', { value: made.name });
  needs.forEach(({ key }, position) => {
    inject(key)(constructed, undefined, position);
  });
  injectable()(constructed);
  return constructed;
}

function disposerOf(instance: unknown): (() => unknown) | undefined {
  if (typeof instance !== 'object' || instance === null || !('dispose' in instance)) return undefined;
  return typeof instance.dispose === 'function' ? (instance.dispose as () => unknown) : undefined;
}
