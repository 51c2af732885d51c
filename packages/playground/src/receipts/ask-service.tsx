import type { Receipt } from '@mechane/client';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serviceHere } from '../live/service.ts';
import { type Evidence, receiptIn } from './evidence.ts';
import { givenBy } from './from-service.ts';

/** Has a service give what it publishes: the one that this page comes from, or one that lets this page ask. */
export function AskService({
  receipt,
  onGiven,
}: {
  /** As it was pasted. */
  readonly receipt: string;
  readonly onGiven: (given: Partial<Evidence>) => void;
}): JSX.Element {
  const here = serviceHere();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState('');
  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    const of = ofSession(receipt);
    if (of === undefined) return setProblem('Paste the receipt first: it says which session it is of.');
    setProblem('');
    const { problem: refusal = '', ...given } = await givenBy(here?.url ?? address.trim(), of);
    onGiven(given);
    setProblem(refusal);
  };
  const form = (
    <form class="asking" onSubmit={ask}>
      {here === undefined && (
        <div class="field">
          <label for="address">Its address</label>
          <input
            id="address"
            type="url"
            required
            placeholder="https://auctions.example"
            value={address}
            onInput={({ currentTarget }) => setAddress(currentTarget.value)}
          />
          <small>
            It lets this page ask where it was started with <code>--origin {location.origin}</code>.
          </small>
        </div>
      )}
      <button type="submit">{here === undefined ? 'Ask it' : 'Ask the service of this page'}</button>
      <small class="faint">It gives its key and the journal, and is told nothing but which session.</small>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
  if (here !== undefined) return form;
  return (
    <details>
      <summary>Ask the service that gave it</summary>
      {form}
    </details>
  );
}

/** A receipt that says which session it is of; `undefined` where it is none. */
function ofSession(text: string): Receipt | undefined {
  try {
    const receipt = receiptIn(text);
    return receipt.session === undefined ? undefined : (receipt as Receipt);
  } catch {
    return undefined;
  }
}
