/** Addresses in this page. */
function addressOf(path: string): string {
  return `${location.href.split('#')[0]}#/classroom/${path}`;
}

/** The one link for all. */
export function classLink(code: string): string {
  return addressOf(`in/${code}`);
}

/** The address of the service without what browsers leave out, to be read from a wall. */
export function shortAddress(): string {
  return (
    location.href
      .split('#')[0]
      ?.replace(/^https?:\/\//, '')
      .replace(/\/$/, '') ?? ''
  );
}

/** A student's place. The token stands after the hash, which browsers send to nobody. */
export function studentLink(code: string, token: string): string {
  return addressOf(`seat/${code}?token=${encodeURIComponent(token)}`);
}
