import { type ErrorReport, ServiceError } from './errors.ts';
import type { Seat } from './seat.ts';
import type { Ask, Receipt, SessionView } from './wire.ts';

/**
 * What an agent is told besides the question.
 *
 * @category Agents
 */
export interface StrategyContext {
  readonly agent: string;
  readonly mechanism: string;
  readonly session: string;
  readonly round: number;
  /** A JSON Schema of what may be said. */
  readonly message: object;
  /** ISO 8601; `null` for never. */
  readonly closesAt: string | null;
  /** What was wrong with its last answer to this question, where that was refused. */
  readonly refused?: ErrorReport;
  /** Aborted when nobody waits for an answer any more. */
  readonly signal: AbortSignal;
}

/**
 * An agent: answers a question; `undefined` is silence. A function that answers in a run of core answers here, too.
 *
 * @category Agents
 */
export type Strategy<Content = unknown> = (content: Content, context: StrategyContext) => unknown;

/** @category Agents */
export interface PlayOptions {
  /** Told of each message that counts. */
  readonly onReceipt?: (receipt: Receipt) => void;
  /** Takes the agent away: the session goes on. */
  readonly signal?: AbortSignal;
}

/** How often an agent may answer a question with what is refused. */
const tries = 3;
/** Of the refusals that are about more than the message, those that another message would mend. */
const mendable: ReadonlySet<string> = new Set(['over-budget', 'too-large']);

/** Answers whatever is asked, until the session has ended. */
export async function playAt<Content>(
  seat: Seat,
  strategy: Strategy<Content>,
  { onReceipt, signal = new AbortController().signal }: PlayOptions,
): Promise<SessionView> {
  const { session, agent } = seat;
  const { mechanism } = await seat.view(signal);
  for await (const ask of seat.asks<Content>(signal)) {
    const { content, ...question } = ask;
    let refused: ErrorReport | undefined;
    for (let tried = 0; tried < tries; tried++) {
      const told = { ...question, session, agent, mechanism, signal, ...(refused === undefined ? {} : { refused }) };
      const message = await strategy(content, told);
      if (message === undefined) break;
      const said = await answered(seat, ask, message, signal);
      if (!(said instanceof ServiceError)) {
        if (said) onReceipt?.(said);
        break;
      }
      refused = said.toJSON();
    }
  }
  return seat.view(signal);
}

/** The receipt of an answer, or what is wrong with it; `undefined` where it came too late. */
async function answered(
  seat: Seat,
  { round }: Ask,
  message: unknown,
  signal: AbortSignal,
): Promise<Receipt | ServiceError | undefined> {
  try {
    return await seat.submit(message, { round, signal });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 400 || mendable.has(error.code)) return error;
    if (error.status === 409) return undefined;
    throw error;
  }
}
