import { setTimeout } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** @typedef {Record<string, any>} Told what a tool has answered */

/** So often a tool is called again where the service does not answer: for about a minute. */
const tries = 300;

/**
 * Plays for an agent by the tools of a service, as a language model does, to the end of the session.
 *
 * @param {string} url of the service
 * @param {string} token
 * @param {Told[]} receipts gets those of its messages
 * @param {(content: Told, round: number) => Promise<unknown>} strategy `undefined` is silence
 * @returns {Promise<Told>} the session as it has ended
 */
export async function modelPlays(url, token, receipts, strategy) {
  const client = new Client({ name: 'a model', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));
  const call = async (/** @type {string} */ name, /** @type {Told} */ given) => {
    for (let tried = 1; ; tried++) {
      try {
        const { structuredContent } = await client.callTool({ name, arguments: given });
        return /** @type {Told} */ (structuredContent);
      } catch (error) {
        if (tried === tries) throw error;
        await setTimeout(200);
      }
    }
  };
  for (let answered = 0; ; ) {
    const ask = await call('get_ask', { wait: 5 });
    if (!ask.asked || ask.round === answered) {
      const view = await call('get_session', {});
      if (view.status !== 'open') return view;
      await setTimeout(50);
      continue;
    }
    answered = ask.round;
    const message = await strategy(ask.content, answered);
    if (message === undefined) continue;
    const { receipt } = await call('submit_message', { message, round: answered, key: `${answered}` });
    if (receipt !== undefined) receipts.push(receipt);
  }
}
