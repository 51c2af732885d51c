import * as z from 'zod';
import type { AgentId } from './agent.ts';
import type { Certificate, Returned } from './certificate.ts';
import type { DecisionInParts } from './decision-in-parts.ts';
import {
  type ColumnsDefinition,
  type Conversation,
  type Declarations,
  finish,
  type Mechanism,
  type SaidWhen,
} from './mechanism.ts';
import type { Setup } from './setup.ts';

/**
 * What a direct mechanism asks: the report itself.
 *
 * @category Mechanisms
 */
export interface ReportRequest {
  readonly report: 'requested';
  /** The names that the report may speak of, where the settings give them: goods, items, alternatives. */
  readonly among?: readonly string[] | undefined;
}

const reportRequest: ReportRequest = Object.freeze({ report: 'requested' });
const reportRequestSchema: z.ZodType<ReportRequest> = z.strictObject({
  report: z.literal('requested'),
  among: z.array(z.string()).readonly().optional(),
});

/** @category Mechanisms */
export interface DirectDefinition<
  Id extends string,
  Settings extends z.ZodType,
  Report extends z.ZodType,
  Outcome extends object,
  Proof extends Certificate | undefined,
  ColumnsIn,
> extends Declarations<Settings, Report, Outcome> {
  /** `package/mechanism`. */
  readonly id: Id;
  readonly settings: Settings;
  readonly report: Report;
  /** The outcome for the reports, by agent in the order in which they came. Participants that kept silent are not in it. */
  decide(
    reports: ReadonlyMap<AgentId, z.output<Report>>,
    setup: Setup<z.output<Settings>, z.output<Report>>,
  ): Returned<Outcome, Proof>;
  /** How the decision falls into parts that can be solved apart from each other, where it does. */
  readonly inParts?: DecisionInParts<z.output<Report>, z.output<Settings>, NoInfer<Outcome>, NoInfer<Proof>>;
  /**
   * The most that an agent may come to pay if this is its report, whatever the others say. By this, whoever pays for an agent can keep it within a
   * budget; the kit checks that nobody ever pays more. Missing where that is not known.
   */
  mostPaid?(report: z.output<Report>, said: SaidWhen<z.output<Settings>, ReportRequest>): number;
  /** The names that reports may speak of, where the settings give them: goods, items, alternatives. Agents are told them with the question. */
  among?(settings: z.output<Settings>): readonly string[];
  /** Where very many reports may come as typed arrays. */
  readonly columns?: ColumnsDefinition<ColumnsIn, Settings, NoInfer<Outcome>>;
}

/**
 * Defines a mechanism of one round: everybody reports, the mechanism decides.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane, definePlugin, directMechanism } from '@mechane/core';
 * import * as z from 'zod';
 *
 * const majority = directMechanism({
 *   id: 'example/majority',
 *   settings: z.strictObject({}),
 *   report: z.strictObject({ yes: z.boolean() }),
 *   outcome: z.strictObject({ adopted: z.boolean() }),
 *   decide: (reports) => ({ adopted: [...reports.values()].filter(({ yes }) => yes).length * 2 > reports.size }),
 * });
 *
 * const mechane = createMechane().use(definePlugin({ name: 'example', version: '1.0.0', mechanisms: [majority] }));
 * mechane.run('example/majority', { reports: { ann: { yes: true } } }).outcome; // => { adopted: true }
 * ```
 */
export function directMechanism<
  const Id extends string,
  Settings extends z.ZodType,
  Report extends z.ZodType,
  Outcome extends object,
  Proof extends Certificate | undefined = undefined,
  ColumnsIn = never,
>(
  definition: DirectDefinition<Id, Settings, Report, Outcome, Proof, ColumnsIn>,
): Mechanism<{
  id: Id;
  settings: z.input<Settings>;
  report: z.input<Report>;
  outcome: Outcome;
  message: z.input<Report>;
  ask: ReportRequest;
  columns: ColumnsIn;
  certificate: Proof;
}> {
  return finish(definition, {
    message: definition.report,
    ask: reportRequestSchema,
    direct: true,
    *conduct(setup: Setup<z.output<Settings>, z.output<Report>>): Conversation<ReportRequest, Outcome, Proof> {
      const { participants, settings, askEach } = setup;
      const context = { participants, reports: undefined };
      const refuse =
        definition.refuseReport &&
        ((_: AgentId, report: z.output<Report>) => definition.refuseReport?.(report, settings, context));
      // Where reports are played at once, nobody looks at what is asked.
      let request: ReportRequest | undefined;
      const requested = (): ReportRequest => {
        request ??= definition.among ? { ...reportRequest, among: definition.among(settings) } : reportRequest;
        return request;
      };
      return definition.decide(yield* askEach(participants, requested, refuse && { refuse }), setup);
    },
    proxy: (report: z.output<Report>) => () => report,
  });
}
