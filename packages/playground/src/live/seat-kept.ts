/** Keeps the token of one's place in a session until the tab is closed, for what one asks about it elsewhere on this page. */
export function keepSeat(session: string, token: string): void {
  sessionStorage.setItem(placeOf(session), token);
}

/** The token of one's place in a session, where one has been there in this tab. */
export function seatKept(session: string): string | undefined {
  return sessionStorage.getItem(placeOf(session)) ?? undefined;
}

function placeOf(session: string): string {
  return `seat ${session}`;
}
