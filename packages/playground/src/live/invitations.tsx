import type { Made } from '@mechane/client';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { copyText } from './copy-text.ts';
import { joinLink, seatLink } from './links.ts';
import { QrCode } from './qr-code.tsx';

/** The links of a session, to be handed out. */
export function Invitations({ made }: { readonly made: Made | undefined }): JSX.Element {
  if (made === undefined)
    return (
      <p class="card faint">
        This session was made elsewhere: its links are shown in the browser, or were told to the program, that made it.
      </p>
    );
  const { id, agents, joinToken } = made;
  const links = Object.entries(agents).map(([agent, { token }]) => [agent, seatLink(id, token)] as const);
  return (
    <section class="card" aria-labelledby="links">
      <h2 id="links">Links to hand out</h2>
      {joinToken !== undefined && <Invitation who="everybody" link={joinLink(id, joinToken)} isShown />}
      {links.map(([agent, link]) => (
        <Invitation key={agent} who={agent} link={link} />
      ))}
      <p class="faint">
        <small>
          Whoever has a link speaks for its name. In this browser, they are here again whenever you come with the token.
        </small>
      </p>
    </section>
  );
}

function Invitation({
  who,
  link,
  isShown = false,
}: {
  readonly who: string;
  readonly link: string;
  readonly isShown?: boolean;
}): JSX.Element {
  const [shown, setShown] = useState(isShown);
  const [became, setBecame] = useState('');
  const copy = async (): Promise<void> => {
    setBecame((await copyText(link)) ? 'Copied' : 'Not copied');
    setTimeout(() => setBecame(''), 2000);
  };
  return (
    <div class="invitation">
      <a href={link} target="_blank" rel="noreferrer">
        {who}
      </a>
      <span>
        <button type="button" class="quiet" aria-label={`Copy the link of ${who}`} onClick={copy} aria-live="polite">
          {became === '' ? 'Copy' : became}
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={`QR code of ${who}`}
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
        >
          QR code
        </button>
      </span>
      {shown && (
        <div class="code">
          <QrCode text={link} label={`The link of ${who}, for a phone to read`} />
        </div>
      )}
    </div>
  );
}
