import { connect } from 'node:net';

/** So long a connection may take to come up, in milliseconds. */
const patience = 2_000;

/** Whether anything listens at an address: where nothing does, this is known at once. */
export function isReached({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
