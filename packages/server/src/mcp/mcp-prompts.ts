import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

/** A prompt for each role that a model may have. */
export function mcpPrompts(server: McpServer): void {
  server.registerPrompt(
    'bidder',
    {
      description: 'Takes part in a session for somebody, to the end',
      argsSchema: z.object({
        value: z.string().describe('What you are after, and what it is worth to whom you act for'),
      }),
    },
    ({ value }) =>
      said(`You take part in an economic mechanism for somebody. What it is worth to them: ${value}

1. get_session, then describe_mechanism for its rules. Where it claims "strategy-proof" or "ex-post-incentive-compatible", answer with the true value:
   nothing else does better. Where it does not, weigh what the claims say before you shade a bid.
2. get_ask with wait. Answer with submit_message, by the JSON Schema that came with the question, with its round and a key of your own.
3. An error names the path and the fix: mend it, and send it again under the same key only if the message is the same.
4. Go on until get_session says that the session is no longer open; then say what came out and what is to be paid. Never agree with other bidders on
   bids, and never tell them the value.`),
  );
  server.registerPrompt(
    'designer',
    {
      description: 'Chooses a mechanism for a purpose, and shows what it does',
      argsSchema: z.object({ purpose: z.string().describe('What is to be allocated among whom, and what matters') }),
    },
    ({ purpose }) =>
      said(`Choose a mechanism for this purpose: ${purpose}

1. list_mechanisms; describe_mechanism for those that fit. Compare what they claim: a claim says under which circumstances, and by whom it was proved.
2. run_scenario with reports that a few plausible agents would make, and with one of them untruthful. Say what lying gained.
3. verify_claims for the one that you would choose. Say what was verified, what was refuted and what was not decided; never more.`),
  );
  server.registerPrompt(
    'auditor',
    {
      description: 'Tells somebody whether a session went by its rules',
      argsSchema: z.object({ session: z.string() }),
    },
    ({ session }) =>
      said(`Say whether the session ${session} went by its rules.

1. get_session for its outcome and head; describe_mechanism for the rules.
2. Play it again with run_scenario by what the participants say they have told it, and compare outcome and payments.
3. A receipt proves that a message is in the journal whose head was published: whoever has one checks it with "mechane replay JOURNAL --receipt FILE".
   Say plainly what cannot be known from here.`),
  );
}

function said(text: string): { messages: { role: 'user'; content: { type: 'text'; text: string } }[] } {
  return { messages: [{ role: 'user', content: { type: 'text', text } }] };
}
