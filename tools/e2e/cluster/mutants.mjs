import { alone } from '@mechane/cluster';

/** @typedef {import('@mechane/server').Store} Store */

/** So late a store that answers at once writes, in milliseconds: later than whoever kills its node. */
const afterTheKill = 300_000;

/**
 * What can be wrong with a node, by name: each must be found.
 *
 * @type {Readonly<Record<string, (store: Store) => Partial<import('@mechane/cluster').ClusterOptions>>>}
 */
export const mutants = {
  // Every node takes itself for the one that holds everything.
  'two-holders': (store) => ({ store, engine: alone }),
  // What is acknowledged is written later.
  'answers-first': (store) => ({
    store: changed(store, {
      async append(id, seq, lines) {
        if (seq === 0) return store.append(id, seq, lines);
        setTimeout(() => void store.append(id, seq, lines).catch(() => {}), afterTheKill);
        return undefined;
      },
    }),
  }),
  // Nobody looks in the store which sessions are open: a deadline is where its session was, and dies with it.
  'deadline-in-memory': (store) => ({ store: changed(store, { open: async () => [] }) }),
};

/**
 * @param {Store} store
 * @param {Partial<Store>} methods
 * @returns {Store}
 */
function changed(store, methods) {
  return new Proxy(store, {
    get(target, name) {
      const own = Reflect.get(methods, name);
      if (own !== undefined) return own;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
