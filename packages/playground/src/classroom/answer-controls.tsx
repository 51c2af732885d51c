import type { Ask, Seat } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { valueInWords } from '../live/in-words.ts';
import { isRecord } from '../live/records.ts';
import type { Game, Hand } from './game.ts';
import { RankingControl } from './ranking-control.tsx';

/** What one says, on its way. */
interface Saying {
  readonly isSending: boolean;
  readonly problem: string;
  say(message: unknown): Promise<boolean>;
}

function useSaying(seat: Seat, round: number): Saying {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const say = async (message: unknown): Promise<boolean> => {
    setSending(true);
    setProblem('');
    try {
      await seat.submit(message, { round });
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setSending(false);
    }
  };
  return { isSending, problem, say };
}

/** Where a student answers: a number, a word, a ranking, or a clock. */
export function AnswerControl({
  seat,
  ask,
  game,
  hand,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
  readonly game: Game;
  readonly hand: Hand;
}): JSX.Element {
  const { isSending, problem, say } = useSaying(seat, ask.round);
  const place = `class said ${seat.session}`;
  const [said, setSaid] = useState(() => sessionStorage.getItem(place) ?? '');
  const tell = async (message: unknown, words: string): Promise<void> => {
    if (isSending || !(await say(message))) return;
    sessionStorage.setItem(place, words);
    setSaid(words);
  };
  const { answering } = game;
  const isClock = answering.kind === 'rising' || answering.kind === 'falling';
  return (
    <>
      {answering.kind === 'amount' && (
        <AmountControl
          label={answering.label}
          isSigned={answering.isSigned === true}
          isSaid={said !== ''}
          onSay={(amount) => tell(answering.message(amount, hand), valueInWords(amount))}
        />
      )}
      {answering.kind === 'words' && (
        <div class="presses">
          {answering.words.map(({ label, message }) => (
            <button key={label} type="button" aria-pressed={said === label} onClick={() => tell(message, label)}>
              {label}
            </button>
          ))}
        </div>
      )}
      {answering.kind === 'ranking' && (
        <RankingControl
          label={answering.label}
          hand={hand}
          isSaid={said !== ''}
          onSay={(ranking) => tell(answering.message(ranking, hand), ranking.join(', ') || 'nothing')}
        />
      )}
      {answering.kind === 'rising' && <Rising seat={seat} ask={ask} say={say} />}
      {answering.kind === 'falling' && <Falling ask={ask} onTake={(price) => tell('take', `take it for ${price}`)} />}
      <p role="status" class={problem === '' ? 'said-so' : 'error'}>
        {problem || (isSending && !isClock ? 'It is on its way …' : said === '' ? '' : `You said: ${said}. It counts.`)}
      </p>
    </>
  );
}

function AmountControl({
  label,
  isSigned,
  isSaid,
  onSay,
}: {
  readonly label: string;
  readonly isSigned: boolean;
  readonly isSaid: boolean;
  readonly onSay: (amount: number) => void;
}): JSX.Element {
  const [text, setText] = useState('');
  return (
    <form
      class="answers"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(Number(text));
      }}
    >
      <div class="field">
        <label for="amount">{label}</label>
        <input
          id="amount"
          type="number"
          required
          step="0.01"
          {...(isSigned ? {} : { min: 0, inputMode: 'decimal' })}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <button type="submit" class="primary">
        {isSaid ? 'Say this instead' : 'Say it'}
      </button>
    </form>
  );
}

function priceIn({ content }: Ask): number {
  return isRecord(content) && typeof content.price === 'number' ? content.price : 0;
}

/** One is in by staying here, and leaves by a press: from the next price on, once this one was taken. */
function Rising({
  seat,
  ask,
  say,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
  readonly say: (message: unknown) => Promise<boolean>;
}): JSX.Element {
  const place = `class left ${seat.session}`;
  const [left, setLeft] = useState(() => sessionStorage.getItem(place) !== null);
  const told = useRef(0);
  const price = priceIn(ask);
  useEffect(() => {
    if (told.current === ask.round) return;
    told.current = ask.round;
    void say(left ? 'out' : 'in');
  }, [ask.round]);
  const leave = (): void => {
    sessionStorage.setItem(place, 'left');
    setLeft(true);
  };
  return (
    <>
      <Price price={price} />
      <div class="presses">
        <button type="button" class="primary" aria-disabled={left} onClick={leave}>
          {left ? 'You leave' : `Leave above ${price}`}
        </button>
      </div>
      <p class="faint" role="status">
        {left ? `You are in at ${price}, and out at the next price.` : 'You are in as long as this page is open.'}
      </p>
    </>
  );
}

function Falling({ ask, onTake }: { readonly ask: Ask; readonly onTake: (price: number) => void }): JSX.Element {
  const price = priceIn(ask);
  return (
    <>
      <Price price={price} />
      <div class="presses">
        <button type="button" class="primary" onClick={() => onTake(price)}>
          Take it for {price}
        </button>
      </div>
    </>
  );
}

function Price({ price }: { readonly price: number }): JSX.Element {
  return (
    <p class="price" aria-live="polite">
      <small>The price is</small> {valueInWords(price)}
    </p>
  );
}
