import type { Receipt, Seat } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { packed } from '../route.ts';
import { saveFile } from '../save-file.ts';
import { valueInWords } from './in-words.ts';
import { isRecord } from './records.ts';
import { keepSeat } from './seat-kept.ts';
import { canVerify } from './service.ts';

/** What one has said, and the service's word that it counts. */
export interface Said {
  readonly message: unknown;
  readonly round: number;
  /** The price that was called then, where one was. */
  readonly price?: number;
  readonly receipt: Receipt;
}

/** What one has said in this session, kept in this browser. */
export function keptSaid(session: string, agent: string): readonly Said[] {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(session, agent)) ?? '[]') as Said[];
  } catch {
    return [];
  }
}

export function keepSaid(session: string, agent: string, said: readonly Said[]): void {
  sessionStorage.setItem(placeOf(session, agent), JSON.stringify(said));
}

function placeOf(session: string, agent: string): string {
  return `said ${session} ${agent}`;
}

/** What one has said, and at what price. Of what is sealed, hashes and nonces say nothing to anybody. */
export function saidInWords({ message, price }: Said): string {
  if (isRecord(message) && 'commitment' in message) return 'sealed';
  if (isRecord(message) && 'nonce' in message) return valueInWords(message.report);
  return price === undefined ? valueInWords(message) : `${valueInWords(message)} at ${valueInWords(price)}`;
}

/** What one has said, each with its receipt, which can be held against the journal. */
export function SaidList({ seat, said }: { readonly seat: Seat; readonly said: readonly Said[] }): JSX.Element | null {
  if (said.length === 0) return null;
  return (
    <section class="card" aria-labelledby="said">
      <h2 id="said">What you said</h2>
      <ul class="said">
        {said.toReversed().map((each) => (
          <Receipted key={each.receipt.seq} seat={seat} said={each} />
        ))}
      </ul>
      <p class="faint">
        <small>
          A receipt is the service’s signed word that your message is on its disk
          {canVerify()
            ? '; this page has checked the signature.'
            : '. Over plain HTTP, this page cannot check the signature.'}
        </small>
      </p>
    </section>
  );
}

function Receipted({ seat, said }: { readonly seat: Seat; readonly said: Said }): JSX.Element {
  const [proof, setProof] = useState('');
  const { message, round, receipt } = said;
  const check = async (): Promise<void> => {
    setProof('…');
    try {
      const { head } = await seat.prove(receipt, { message });
      setProof(`It stands in the journal, whose head is ${head.slice(0, 12)}…`);
    } catch (error) {
      setProof(error instanceof Error ? error.message : String(error));
    }
  };
  const { seq } = receipt;
  const [link, setLink] = useState('#/receipt');
  useEffect(() => {
    void packed(receipt).then((held) => setLink(`#/receipt?s=${held}`));
  }, [receipt]);
  return (
    <li>
      <span>
        <b>{saidInWords(said)}</b>{' '}
        <small class="faint">
          round {round}, receipt {seq}
        </small>
      </span>
      <span>
        {canVerify() && (
          <button type="button" class="quiet" aria-label={`Check receipt ${seq}`} onClick={check}>
            Check
          </button>
        )}
        <a
          class="quiet"
          href={link}
          aria-label={`Check in full: receipt ${seq}`}
          onClick={() => keepSeat(seat.session, seat.token)}
        >
          Check in full
        </a>
        <button
          type="button"
          class="quiet"
          aria-label={`Save receipt ${seq}`}
          onClick={() => saveFile(`receipt-${seq}.json`, 'application/json', JSON.stringify(receipt, undefined, 2))}
        >
          Save
        </button>
      </span>
      <small role="status">{proof}</small>
    </li>
  );
}
