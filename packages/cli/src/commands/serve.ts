import { adminToken } from '../admin-token.ts';
import { describedMechanism, listedMechanisms } from '../catalogue.ts';
import type { Context } from '../context.ts';
import { playDemo } from '../demo-sessions.ts';
import { cannotListen } from '../errors.ts';
import { type OpenedService, openedService, sharedToken } from '../opened-service.ts';
import { playgroundPage } from '../page.ts';
import { requireMechanisms } from '../plugins.ts';
import { RunsApart } from '../runs-apart.ts';
import { serverOf } from '../server.ts';
import { untilAborted } from '../until-aborted.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly store: string;
  readonly origin?: readonly string[];
  readonly perAddress?: number;
  readonly demo?: boolean;
  readonly cluster?: string;
  readonly clusterAddress?: string;
}

/** `mechane serve`: holds sessions over HTTP, until it is told to stop. */
export async function serve(
  { host, port, store: name, origin: origins = [], perAddress, demo = false, cluster, clusterAddress }: ServeOptions,
  context: Context,
): Promise<number> {
  const { cwd, env, signal, stderr } = context.host;
  const server = await serverOf(cwd);
  const installed = await context.plugins();
  requireMechanisms(installed);
  const { mechane } = installed;
  const page = playgroundPage();
  const runs = new RunsApart(mechane, { cwd, signal });
  let opened: OpenedService | undefined;
  try {
    const { token, notice } =
      cluster === undefined
        ? await adminToken(env.MECHANE_ADMIN_TOKEN, name, cwd, server.randomToken)
        : { token: sharedToken(env.MECHANE_ADMIN_TOKEN), notice: undefined };
    const made = {
      mechane,
      adminToken: token,
      origins,
      catalogue: {
        list: () => listedMechanisms(installed),
        describe: (id: string) => describedMechanism(id, installed),
      },
      run: runs.run,
      verify: runs.verify,
      ...(page === undefined ? {} : { page }),
      ...(perAddress === undefined ? {} : { limits: { requestsPerAddress: perAddress } }),
      onError: (error: unknown) => context.reportError(error),
    };
    const keeping = { store: name, url: `http://${host}:${port}`, cluster, clusterAddress };
    opened = await openedService(keeping, made, server, cwd);
    const { service } = opened;
    const listening = await server.listen(service, { host, port }).catch((cause) => {
      throw (cause as NodeJS.ErrnoException).syscall === undefined ? cause : cannotListen(host, port, cause);
    });
    if (notice !== undefined) stderr.write(`${notice}\n`);
    await context.output.write(`listening on ${listening.url}\n`);
    const look = page === undefined ? `curl ${listening.url}/mechanisms` : `${listening.url}/#/live in a browser`;
    if (stderr.isTTY) stderr.write(`try: ${look}    stop: Ctrl-C\n`);
    const demonstration = demo ? playDemo(service, token, signal) : undefined;
    await untilAborted(signal);
    await listening.close();
    await demonstration;
    return 0;
  } finally {
    await runs.close();
    await opened?.close();
  }
}
