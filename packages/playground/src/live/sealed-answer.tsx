import type { Ask, Seat } from '@mechane/client';
import { commitmentTo, type JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Forms } from './answer-forms.tsx';
import { valueInWords } from './in-words.ts';
import { namesAsked } from './names.ts';
import { randomName } from './random-name.ts';
import { isRecord } from './records.ts';
import type { Said } from './said.tsx';
import { useSaying } from './use-saying.ts';
import { waysToAnswer } from './ways-to-answer.ts';

/** What somebody is bound to, and has to show as it was. */
interface Bound {
  readonly report: unknown;
  readonly nonce: string;
}

/** What is to be done in a round of commitments, or of what was committed to; `undefined` where a question is of another kind. */
export function sealedStep({ content }: Ask): 'commit' | 'reveal' | undefined {
  if (!isRecord(content) || typeof content.session !== 'string') return undefined;
  if (content.commitment === 'requested') return 'commit';
  return content.report === 'requested' ? 'reveal' : undefined;
}

/**
 * Where somebody binds itself to an answer that not even the house can read, and shows it when all are bound. The page shows it by itself: whoever shows
 * nothing loses the deposit.
 */
export function SealedAnswer({
  seat,
  ask,
  reportSchema,
  isOver,
  others,
  said,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
  /** What may be said where nothing is sealed. */
  readonly reportSchema: () => Promise<JsonSchema>;
  readonly isOver: boolean;
  readonly others: readonly string[];
  readonly said: readonly Said[];
  readonly onSaid: (said: Said) => void;
}): JSX.Element {
  const [schema, setSchema] = useState<JsonSchema | undefined>(undefined);
  const { isSending, problem, complain, say } = useSaying(seat, onSaid);
  const step = sealedStep(ask);
  const bound = boundIn(seat);
  const isDone = said.some(({ round }) => round === ask.round);
  const commit = async (report: unknown): Promise<void> => {
    if (isSending || isDone || isOver) return;
    const nonce = randomName();
    // Kept before it is sent: who cannot show what it is bound to pays for it.
    keep(seat, { report, nonce });
    const { session = seat.session } = ask.content as { readonly session?: string };
    const commitment = commitmentTo({ session, agent: seat.agent, report, nonce });
    // What is refused binds nobody: what was kept before may.
    if ((await say({ message: { commitment }, round: ask.round }, true)) === 'refused') keep(seat, bound);
  };
  useEffect(() => {
    if (step === 'commit') reportSchema().then(setSchema, complain);
    if (step === 'reveal' && bound !== undefined && !isDone && !isOver)
      void say({ message: bound, round: ask.round }, true);
  }, [step, ask.round]);
  const forms = schema === undefined ? [] : waysToAnswer(schema, ask.content).forms;
  return (
    <>
      {step === 'commit' && !isDone && forms.length > 0 && (
        <Forms
          forms={forms}
          names={namesAsked(ask.content, schema ?? {}, others)}
          isClosed={isSending || isOver}
          verb="Seal it"
          onSay={commit}
        />
      )}
      <p role="status" class={problem === '' ? 'faint' : 'error'}>
        {problem || (isSending ? 'It is on its way …' : toldOf(step, bound, isDone))}
      </p>
    </>
  );
}

/** How it stands with what somebody is bound to. */
function toldOf(step: 'commit' | 'reveal' | undefined, bound: Bound | undefined, isDone: boolean): string {
  if (step === 'commit' && !isDone)
    return 'Once sealed, it cannot be changed. This browser keeps it, and shows it when all are bound: leave the page open, or come back with the same browser.';
  if (bound === undefined)
    return 'What you are bound to is in the browser in which you sealed it. Open your link there, or you pay the deposit.';
  if (step === 'commit') return `You are bound to ${valueInWords(bound.report)}. Nobody else can read it yet.`;
  return isDone ? `You have shown what you were bound to: ${valueInWords(bound.report)}.` : '';
}

function boundIn(seat: Seat): Bound | undefined {
  const read = JSON.parse(localStorage.getItem(placeOf(seat)) ?? 'null') as Bound | null;
  return read ?? undefined;
}

function keep(seat: Seat, bound: Bound | undefined): void {
  if (bound === undefined) localStorage.removeItem(placeOf(seat));
  else localStorage.setItem(placeOf(seat), JSON.stringify(bound));
}

function placeOf({ session, agent }: Seat): string {
  return `bound ${session} ${agent}`;
}
