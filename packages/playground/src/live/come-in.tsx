import type { JSX } from 'preact';
import { AskedOnce } from './asked-once.tsx';
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
  return (
    <AskedOnce
      title="Come in"
      label="Your name, as all will see it"
      field={{ id: 'name', maxLength: 60, autocomplete: 'nickname' }}
      verb="Take part"
      onGiven={async (name) => {
        const seat = await service.client().join(joinToken, name);
        // Back leads to where one came from, not to a second place at the table.
        location.replace(seatLink(session, seat.token));
      }}
    />
  );
}
