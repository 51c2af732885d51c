/*
 * The Clarke pivot: of several alternatives, the one that is worth most to all together is chosen, and an agent pays what its say
 * costs the others.
 *
 * Clarke, "Multipart pricing of public goods", Public Choice 11 (1971); Groves, "Incentives in teams", Econometrica 41 (1973). It promises
 * that truth is optimal whatever the others say, efficiency, and no deficit. It does not balance the budget: Green and Laffont (1979).
 */
import {
  directMechanism,
  type Mechanism,
  membersOf,
  type Payments,
  paymentsByAgent,
  perAgent,
  type ReportRequest,
  signedAmount,
} from '@mechane/core';
import * as z from 'zod';
import { notAnAlternative } from './errors.ts';
import { few, saidIn } from './said-values.ts';

/**
 * What can be chosen.
 *
 * @category Types of mechanisms
 */
export interface GrovesSettings {
  alternatives: string[];
}

/**
 * What each alternative is worth to an agent: below 0 where it would rather not have it, 0 where it does not say.
 *
 * @category Types of mechanisms
 */
export interface Valuation {
  values: Record<string, number>;
}

/**
 * What is chosen, and what it costs whom.
 *
 * @category Types of mechanisms
 */
export interface PublicChoice {
  /** The alternative; the first of those that are worth the same. */
  readonly chosen: string;
  readonly payments: Payments;
}

/** @category Types of mechanisms */
export type Groves = Mechanism<{
  id: 'public-choice/groves';
  settings: GrovesSettings;
  report: Valuation;
  outcome: PublicChoice;
  message: Valuation;
  ask: ReportRequest;
}>;

/**
 * The Clarke pivot mechanism. Alternatives that are worth the same to all together are chosen among by their order in the settings.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { publicChoices } from '@mechane/public-choice';
 *
 * const mechane = createMechane().use(publicChoices);
 * const reports = {
 *   ann: { values: { bridge: 30 } },
 *   bob: { values: { wait: 20 } },
 *   cat: { values: { bridge: 5 } },
 * };
 * const { outcome } = mechane.run('public-choice/groves', { settings: { alternatives: ['bridge', 'wait'] }, reports });
 * outcome.chosen; // => 'bridge'
 * outcome.payments; // => { ann: 15, bob: 0, cat: 0 }
 * ```
 */
export const groves: Groves = directMechanism({
  id: 'public-choice/groves',
  summary: 'The alternative worth most to all is chosen, and agents pay what their say costs the others (Clarke 1971)',
  settings: z.strictObject({
    alternatives: z
      .array(z.string())
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'expected no alternative twice')
      .describe('What can be chosen'),
  }),
  report: z.strictObject({
    values: z.record(z.string(), signedAmount).describe('What each alternative is worth; below 0 is allowed'),
  }),
  outcome: z.strictObject({ chosen: z.string(), payments: paymentsByAgent }),
  among: ({ alternatives }) => alternatives,

  refuseReport({ values }, { alternatives }, { reports }) {
    const many = reports !== undefined && Math.max(reports.size, alternatives.length) >= few;
    if (many && saidIn(reports, alternatives).namesAreKnown) return undefined;
    const known = membersOf(alternatives);
    const unknown = Object.keys(values).find((name) => !known.has(name));
    return unknown === undefined ? undefined : notAnAlternative(unknown, alternatives);
  },

  decide(reports, { settings: { alternatives }, participants }) {
    const said = saidIn(reports, alternatives);
    const chosen = indexOfLargest(said.sums);
    return {
      chosen: alternatives[chosen] as string,
      payments: perAgent(participants, (agent) => said.costToOthers(agent, chosen)),
    };
  },

  mostPaid(report, { settings: { alternatives } }) {
    const worth = (name: string): number => worthTo(report, name);
    const [best, worst] = alternatives.reduce(
      ([most, least], name) => [Math.max(most, worth(name)), Math.min(least, worth(name))],
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    );
    return best - worst;
  },

  value: (_, type, { chosen }) => worthTo(type, chosen),
  bestWelfare(types, { alternatives }) {
    const { sums } = saidIn(types, alternatives);
    return sums[indexOfLargest(sums)] as number;
  },

  claims: ({ alternatives: [one = '', other = ''] }) => [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Groves 1973: what an agent says changes its payment only by changing the choice',
    },
    {
      law: 'participation',
      holds: true,
      because:
        'Clarke 1971: an agent pays what the others lose by the choice it brings about, which is no more than it gains',
    },
    {
      law: 'not-obviously-manipulable',
      holds: true,
      because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'By definition: all get the same choice, and who changes it for others changes it for itself',
    },
    { law: 'efficient', holds: true, because: 'By definition: the sum of values is largest' },
    { law: 'pareto-efficient', holds: true, because: 'By definition: the sum of values is largest' },
    { law: 'no-deficit', holds: true, because: 'Clarke 1971: the others are never worse off without an agent’s say' },
    { law: 'anonymous', holds: true, because: 'By definition: only the sum of values counts' },
    ...(other === '' ? [] : failures(one, other)),
  ],
});

/** What it does not promise wherever there are two alternatives to choose from. */
function failures(one: string, other: string) {
  const settings = { alternatives: [one, other] };
  return [
    {
      law: 'budget-balanced',
      holds: false,
      because: 'Green and Laffont 1979: no mechanism is efficient, strategy-proof and balanced',
      witness: { settings, reports: { ann: { values: { [one]: 3 } }, bob: { values: { [other]: 2 } } } },
    },
    {
      law: 'individually-rational',
      holds: false,
      because: 'An agent has to live with a choice that is worth less than nothing to it',
      witness: { settings, reports: { ann: { values: { [one]: 3 } }, bob: { values: { [one]: -1, [other]: -1 } } } },
    },
    {
      law: 'shill-proof',
      holds: false,
      because: 'By definition: whoever collects the payments gains by one more voice against the choice that is made',
      witness: {
        settings,
        reports: { ann: { values: { [one]: 10 } }, bob: { values: { [other]: 2 } } },
        deviation: { shill: { values: { [other]: 6 } } },
      },
    },
    {
      law: 'credible',
      holds: false,
      because: 'Akbarpour and Li 2020, of sealed reports: who decides cannot tell what the others lose by it',
      witness: { settings, reports: { ann: { values: { [one]: 1 } }, bob: { values: { [other]: 0 } } } },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: who is outvoted sets what the others pay',
      witness: {
        settings,
        reports: { ann: { values: { [one]: 10 } }, bob: { values: { [other]: 2 } } },
        deviation: { bob: { values: { [other]: 8 } } },
        agent: 'bob',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Green and Laffont 1979: two who exaggerate together are no longer pivotal, each for itself',
      witness: {
        settings,
        reports: {
          ann: { values: { [one]: 2 } },
          bob: { values: { [one]: 2 } },
          cat: { values: { [other]: 3 } },
        },
        deviation: { ann: { values: { [one]: 9 } }, bob: { values: { [one]: 9 } } },
        agent: 'ann',
      },
    },
  ] as const;
}

/** What an alternative is worth to an agent; nothing to one that says nothing. */
function worthTo(report: Valuation | undefined, alternative: string): number {
  return report && Object.hasOwn(report.values, alternative) ? (report.values[alternative] as number) : 0;
}

function indexOfLargest(worth: readonly number[]): number {
  return worth.reduce((best, sum, index) => (sum > (worth[best] as number) ? index : best), 0);
}
