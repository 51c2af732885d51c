import * as z from 'zod';
import { type AgentId, emptyRecord } from '../contract/agent.ts';
import { amount } from '../contract/amount.ts';
import { type Certified, certified, conclusionOf, type Returned } from '../contract/certificate.ts';
import type { Claim } from '../contract/claim.ts';
import { isMechaneError } from '../contract/mechane-error.ts';
import type { Conversation, Mechanism, SaidWhen } from '../contract/mechanism.ts';
import { type Payments, paymentsOf } from '../contract/payments.ts';
import type { Refusal } from '../contract/refusal.ts';
import type { Setup } from '../contract/setup.ts';
import { onlyForDirect } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256, toHex } from './sha256.ts';

/**
 * How sealed reports are sealed: agents first commit to them, and show them once all have. Who shows nothing keeps silent and pays the deposit.
 *
 * @category Settings
 */
export interface Sealing {
  readonly commit: true;
  readonly deposit: number;
}

export const sealingSchema: z.ZodType<Sealing> = z.strictObject({ commit: z.literal(true), deposit: amount });

/** Shorter ones could be tried out. */
const shortestNonce = 16;
/** Proxies play at once, with nobody to hide from. */
const nonceOfProxies = '0'.repeat(shortestNonce);

/**
 * What an agent commits to: its report, in this run, under a nonce that nobody can guess.
 *
 * @category Mechanisms
 */
export interface Committed {
  readonly session: string;
  readonly agent: AgentId;
  readonly report: unknown;
  readonly nonce: string;
}

/**
 * The commitment to a report: the SHA-256, in hexadecimal, of session, agent, report and nonce as canonical JSON (RFC 8785).
 *
 * @category Live agents
 * @example
 * ```ts
 * import { commitmentTo } from '@mechane/core';
 *
 * const nonce = crypto.randomUUID();
 * const commitment = commitmentTo({ session: 'auction 7', agent: 'ann', report: { bid: 9 }, nonce });
 * commitment.length; // => 64
 * ```
 */
export function commitmentTo({ session, agent, report, nonce }: Committed): string {
  return toHex(sha256(new TextEncoder().encode(canonicalJson({ session, agent, report, nonce }))));
}

const commitRequest = z.strictObject({ commitment: z.literal('requested'), session: z.string() });
const revealRequest = z.strictObject({ report: z.literal('requested'), session: z.string() });
const commitSchema = z.strictObject({ commitment: z.string().regex(/^[0-9a-f]{64}$/) });
const revealSchema = z.strictObject({ report: z.unknown(), nonce: z.string().min(shortestNonce).max(200) });
type Message = z.output<typeof commitSchema> | z.output<typeof revealSchema>;
type Request = z.output<typeof commitRequest> | z.output<typeof revealRequest>;

/**
 * A direct mechanism whose agents first commit and then reveal: nobody, the host included, can know a report before all are bound to theirs
 * (Damgård, "Commitment schemes and zero-knowledge protocols", 1999). An agent that does not reveal keeps silent, and pays the deposit.
 *
 * @throws MechaneError `invalid-settings` for a mechanism with rounds of its own.
 * @category Mechanisms
 */
export function byCommitment(mechanism: Mechanism, { deposit }: Sealing): Mechanism {
  if (!mechanism.direct) throw onlyForDirect(mechanism.id);
  const { decide: _, inParts: __, ...rest } = mechanism as Mechanism & { decide?: unknown };
  const sealed: Partial<Mechanism> = {
    message: z.union([commitSchema, revealSchema]),
    ask: z.union([commitRequest, revealRequest]),
    direct: false,
    revisable: false,
    conduct: (setup) => conversation(mechanism, setup, deposit),
    ...(mechanism.mostPaid && {
      mostPaid: (message, said) => mostPaidFor(mechanism, message as Message, said, deposit),
    }),
    proxy: (report, agent) => (ask) => answerOf(report, agent, ask as Request),
    claims: (settings) => mechanism.claims(settings).flatMap((claim) => sealedClaim(claim, deposit)),
  };
  return Object.freeze({ ...rest, ...sealed }) as Mechanism;
}

/** Who is bound pays the deposit, unless it shows its report: then what that may cost. */
function mostPaidFor(mechanism: Mechanism, message: Message, said: SaidWhen, deposit: number): number {
  if (!('nonce' in message)) return deposit;
  const report = read(mechanism, message.report);
  return Number(mechanism.mostPaid?.(report, { ...said, ask: { report: 'requested' }, before: 0 }));
}

/** What is known of agents' types once they have revealed. */
export function revealedReports(mechanism: Mechanism, replies: ReadonlyMap<AgentId, unknown>): Map<AgentId, unknown> {
  const reports = new Map<AgentId, unknown>();
  for (const [agent, message] of replies) reports.set(agent, read(mechanism, (message as { report: unknown }).report));
  return reports;
}

function answerOf(report: unknown, agent: AgentId, ask: Request): Message {
  const nonce = nonceOfProxies;
  return 'report' in ask
    ? { report, nonce }
    : { commitment: commitmentTo({ session: ask.session, agent, report, nonce }) };
}

function* conversation(mechanism: Mechanism, setup: Setup, deposit: number): Conversation<unknown, object> {
  const { ask, run: session = '' } = setup;
  const decision = mechanism.conduct(setup);
  const first = decision.next(new Map());
  if (first.done) return first.value;
  const { agents, refuse } = first.value;
  const isCommitment = (_: AgentId, message: unknown) =>
    'commitment' in (message as Message) ? undefined : notYet('commit first: { commitment }');
  const commitments = yield* ask(agents, { commitment: 'requested', session }, { refuse: isCommitment });
  const committed = [...commitments.keys()];
  const bound = (agent: AgentId, message: unknown): Refusal | undefined => {
    if (!('nonce' in (message as Message))) return notYet('reveal now: { report, nonce }');
    const { report, nonce } = message as z.output<typeof revealSchema>;
    const { commitment } = commitments.get(agent) as { readonly commitment: string };
    if (commitmentTo({ session, agent, report, nonce }) !== commitment) return notWhatWasCommitted();
    return unfit(mechanism, report) ?? refuse?.(agent, read(mechanism, report));
  };
  const reveals = yield* ask(committed, { report: 'requested', session }, { refuse: bound });
  const revealed = revealedReports(mechanism, reveals);
  // Who came first is who was bound first.
  const inOrder = new Map(
    committed.filter((agent) => revealed.has(agent)).map((agent) => [agent, revealed.get(agent)]),
  );
  let step = decision.next(inOrder);
  while (!step.done) step = decision.next(yield step.value);
  return charged(step.value, new Set(committed.filter((agent) => !revealed.has(agent))), deposit);
}

/** Who has not revealed pays the deposit. */
function charged(returned: Returned<object>, withheld: ReadonlySet<AgentId>, deposit: number): Returned<object> {
  if (withheld.size === 0) return returned;
  const { outcome, certificate } = conclusionOf(returned);
  const payments = Object.assign(emptyRecord<number>(), paymentsOf(outcome));
  for (const agent of withheld) payments[agent] = (payments[agent] ?? 0) + deposit;
  const whole = { ...outcome, payments: payments as Payments };
  return certificate === undefined ? whole : (certified(whole, certificate) as Certified<object>);
}

function read({ report }: Mechanism, given: unknown): unknown {
  return report ? validate(report, given, 'invalid-message', ['report']) : given;
}

function unfit(mechanism: Mechanism, report: unknown): Refusal | undefined {
  try {
    read(mechanism, report);
    return undefined;
  } catch (error) {
    if (!isMechaneError(error)) throw error;
    return {
      problem: 'what was committed to is no report',
      path: error.path,
      fix: 'nothing can be mended now: be silent',
    };
  }
}

function notYet(fix: string): Refusal {
  return { problem: 'this is not what is asked for in this round', fix };
}

function notWhatWasCommitted(): Refusal {
  return {
    code: 'broken-commitment',
    problem: 'this is not what the agent is bound to',
    fix: 'send the report and the nonce of the commitment, exactly',
  };
}

const ofTruth = new Set([
  'strategy-proof',
  'ex-post-incentive-compatible',
  'bayesian-incentive-compatible',
  'not-obviously-manipulable',
  'group-strategy-proof',
  'false-name-proof',
]);

/** What an operator can get away with is not what it was: see Ferreira and Weinberg 2020. Of that, nothing is claimed. */
function sealedClaim(claim: Claim, deposit: number): readonly Claim[] {
  return claim.law === 'credible' ? [] : [withDeposit(claim, deposit)];
}

/** Whoever is bound may still withhold: truth is best only where that costs more than it can gain. */
function withDeposit(claim: Claim, deposit: number): Claim {
  if (!ofTruth.has(claim.law) || claim.holds === false) return claim;
  const domain = `where withholding a report gains less than the deposit of ${deposit}`;
  return {
    ...claim,
    domain: claim.domain === undefined ? domain : `${claim.domain}, ${domain}`,
    because: `${claim.because}. An agent that has committed may still withhold its report, for the deposit`,
  };
}
