import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { seatLink } from './links.ts';
import type { ServiceHere } from './service.ts';

/** Where whoever has the link for all says how it is called. */
export function ComeIn({
  service,
  session,
  joinToken,
}: {
  readonly service: ServiceHere;
  readonly session: string;
  readonly joinToken: string;
}): JSX.Element {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const comeIn = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem('');
    try {
      const seat = await service.client().join(joinToken, name.trim());
      // Back leads to where one came from, not to a second place at the table.
      location.replace(seatLink(session, seat.token));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form class="card narrow" onSubmit={comeIn}>
      <h1>Come in</h1>
      <div class="field">
        <label for="name">Your name, as all will see it</label>
        <input
          id="name"
          required
          maxLength={60}
          autocomplete="nickname"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </div>
      <button type="submit" class="primary">
        Take part
      </button>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
