import { type FunctionProvider, provide } from '@mechane/core';
import { notReady } from './errors.ts';
import { HighsOptimizer } from './highs-optimizer.ts';
import { type HighsLoading, HighsRuntime } from './highs-runtime.ts';
import { type Optimizer, OptimizerService } from './optimizer.ts';

/**
 * A provider whose service takes time to load, while services are made and used without waiting.
 *
 * @category Optimizers
 */
export interface PreparedProvider<Service> extends FunctionProvider<Service> {
  /** Loads what the service needs, once, and gives the provider. */
  prepare(): Promise<this>;
}

/**
 * Provides HiGHS to mechanisms, as `service(OptimizerService)`. Await `prepare()` once; from then on runs are as synchronous as
 * without it. Asking for the service earlier throws `optimizer-not-ready`.
 *
 * @category Optimizers
 * @example
 * ```ts
 * import { amount, createMechane, definePlugin, directMechanism, perAgent, quantity } from '@mechane/core';
 * import { highsOptimizer, linearProgram, OptimizerService } from '@mechane/optimization';
 * import * as z from 'zod';
 *
 * // Who gets how much of a litre, at most half of it each, where it is worth most.
 * const litre = directMechanism({
 *   id: 'example/litre',
 *   settings: z.strictObject({}),
 *   report: z.strictObject({ value: amount }),
 *   outcome: z.strictObject({ shares: z.record(z.string(), quantity) }),
 *   decide(reports, { service, participants }) {
 *     const program = linearProgram('maximize');
 *     const shares = [...reports.values()].map(({ value }) => program.variable({ cost: value, upper: 0.5 }));
 *     program.constraint(shares.map((share) => [share, 1]), { atMost: 1 });
 *     const { primal = new Float64Array() } = service(OptimizerService).solve(program.build());
 *     return { shares: perAgent(participants, (agent) => primal[participants.indexOf(agent)] ?? 0) };
 *   },
 *   value: (agent, { value }, { shares }) => value * (shares[agent] ?? 0),
 * });
 *
 * const plugin = definePlugin({ name: 'example', version: '1.0.0', mechanisms: [litre] });
 * const mechane = createMechane({ services: [await highsOptimizer().prepare()] }).use(plugin);
 * const reports = { ann: { value: 2 }, bob: { value: 5 }, eve: { value: 3 } };
 * mechane.run('example/litre', { reports }).outcome.shares; // => { ann: 0, bob: 0.5, eve: 0.5 }
 * ```
 */
export function highsOptimizer(loading: HighsLoading = {}): PreparedProvider<Optimizer> {
  let loaded: Promise<HighsRuntime> | undefined;
  let runtime: HighsRuntime | undefined;
  return {
    ...provide(OptimizerService, () => {
      if (runtime === undefined) throw notReady();
      return new HighsOptimizer(runtime);
    }),
    async prepare() {
      loaded ??= HighsRuntime.load(loading);
      runtime = await loaded;
      return this;
    },
  };
}
