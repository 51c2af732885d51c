/** Addresses in this page. A token stands after the hash, which browsers send to nobody. */
function addressOf(session: string, key: 'token' | 'join', token: string): string {
  return `${location.href.split('#')[0]}#/live/${encodeURIComponent(session)}?${key}=${encodeURIComponent(token)}`;
}

/** The link of somebody who takes part. */
export function seatLink(session: string, token: string): string {
  return addressOf(session, 'token', token);
}

/** The link for all who want to come in. */
export function joinLink(session: string, joinToken: string): string {
  return addressOf(session, 'join', joinToken);
}
