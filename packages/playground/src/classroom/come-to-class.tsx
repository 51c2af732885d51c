import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ServiceHere } from '../live/service.ts';
import { codeMeant } from './class-code.ts';
import { studentLink } from './class-links.ts';
import { keepSeat, keptSeat } from './kept-seats.ts';

/** Names that games give to those who are no people. */
const taken = /^School /;

/** Where a student types the code of the class and a name. */
export function ComeToClass({
  service,
  code: given = '',
  isAlone,
}: {
  readonly service: ServiceHere;
  readonly code?: string;
  /** Whether it is all that there is on the page. */
  readonly isAlone: boolean;
}): JSX.Element {
  const [code, setCode] = useState(given);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const kept = keptSeat(codeMeant(code));
  const goTo = (token: string): void => location.replace(studentLink(codeMeant(code), token));
  const comeIn = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem('');
    try {
      if (taken.test(name)) throw new Error('Schools are called so: take another name.');
      const client = service.client();
      const { joinToken } = await client.coded(codeMeant(code));
      const { token } = await client.join(joinToken, name.trim());
      keepSeat(codeMeant(code), token);
      goTo(token);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const Heading = isAlone ? 'h1' : 'h2';
  return (
    <form class="card narrow" onSubmit={comeIn}>
      <Heading>Come in</Heading>
      <div class="field">
        <label for="code">The code of the class</label>
        <input
          id="code"
          class="class-code"
          required
          maxLength={12}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={code}
          onInput={({ currentTarget }) => setCode(currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="name">Your name, as all will see it</label>
        <input
          id="name"
          required
          maxLength={40}
          autocomplete="nickname"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </div>
      <button type="submit" class="primary wide-button">
        Come in
      </button>
      {kept !== undefined && (
        <p>
          This phone has a place in the class.{' '}
          <button type="button" onClick={() => goTo(kept)}>
            Go back to it
          </button>
        </p>
      )}
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
