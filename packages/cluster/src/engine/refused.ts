import { connect } from 'node:net';

/** So long a connection may take to be refused, in milliseconds. */
const patience = 1_000;

/** Whether a machine says that nothing listens at an address of its: where it says nothing, the network may be cut. */
export function isRefused({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(false));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => end(code === 'ECONNREFUSED'));
    socket.once('timeout', () => end(false));
  });
}
