import { createServer } from 'node:net';

/** A port at which nothing listens now. */
export async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return (address as { readonly port: number }).port;
}
