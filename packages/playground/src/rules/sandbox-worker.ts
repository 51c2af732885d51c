/*
 * Where a rule that somebody typed is played and examined: in a worker inside a frame without an origin, whose policy lets nothing be loaded.
 */
import { singleItem, subject, verify } from '@mechane/conformance';
import { amount, directMechanism, type LawName, type Mechanism, perAgent } from '@mechane/core';
import type { SealedAuction } from '@mechane/plots';
import * as z from 'zod';
import type { SandboxAnswer, SandboxTask } from './sandbox-task.ts';

/** What a rule decides: who wins, and what the winner or everybody pays. */
interface Decided {
  readonly winner?: string | null;
  readonly price?: number;
  readonly payments?: Readonly<Record<string, number>>;
}

/** A rule as it is typed. */
interface Rule {
  readonly claims?: readonly LawName[];
  decide(bids: Readonly<Record<string, number>>): Decided;
}

const say = postMessage.bind(globalThis) as (answer: SandboxAnswer) => void;

/** A second fence behind the policy of the frame, which says what is missing. */
const missing = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'Worker',
  'BroadcastChannel',
  'indexedDB',
  'caches',
  'postMessage',
];
for (let owner: object | null = globalThis; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
  for (const name of missing) {
    if (owner !== globalThis && !Object.hasOwn(owner, name)) continue;
    const refuse = (): never => {
      throw new Error(`there is no ${name} in the sandbox: a rule sees bids and nothing else`);
    };
    Object.defineProperty(owner, name, { value: refuse, configurable: false });
  }
}

// A rule that loops says this no longer.
setInterval(() => say({ alive: true }), 500);

addEventListener('message', ({ data }: MessageEvent<SandboxTask>) => {
  void examine(data).catch((thrown: unknown) =>
    say({ error: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
});

async function examine({ code, bids }: SandboxTask): Promise<void> {
  const rule = ruleIn(code);
  const mechanism = mechanismOf(rule);
  say({ played: played(rule, bids) });
  const started = performance.now();
  const laws = rule.claims ?? ['strategy-proof'];
  const report = await verify(subject({ mechanism, domain: singleItem() }), { laws: [...laws], runs: 60 });
  say({ laws: report.laws, milliseconds: performance.now() - started });
}

/** The rule that a program hands to `rule(…)`. */
function ruleIn(code: string): Rule {
  let given: Rule | undefined;
  const take = (rule: Rule): void => {
    given = rule;
  };
  new Function('rule', `'use strict';\n${code}`)(take);
  if (typeof given?.decide !== 'function')
    throw new Error('hand a rule over: rule({ claims: [...], decide(bids) { ... } })');
  return given;
}

function decided(
  rule: Rule,
  bids: Readonly<Record<string, number>>,
): { readonly winner: string | null; readonly payments: Readonly<Record<string, number>> } {
  const { winner = null, price = 0, payments } = rule.decide({ ...bids }) ?? {};
  if (winner !== null && !Object.hasOwn(bids, winner))
    throw new Error(`the rule lets ${String(winner)} win, who takes no part`);
  return { winner, payments: payments ?? (winner === null ? {} : { [winner]: price }) };
}

function played(rule: Rule, bids: Readonly<Record<string, number>>): SealedAuction {
  const { winner, payments } = decided(rule, bids);
  return { bids, winner, payments, price: winner === null ? 0 : (payments[winner] ?? 0) };
}

function mechanismOf(rule: Rule): Mechanism {
  return directMechanism({
    id: 'yours/rule',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide(reports, { participants }) {
      const { winner, payments } = decided(
        rule,
        Object.fromEntries([...reports].map(([agent, { bid }]) => [agent, bid])),
      );
      const allocation = winner === null ? {} : { [winner]: 1 };
      return {
        winner,
        payment: winner === null ? 0 : (payments[winner] ?? 0),
        allocation,
        payments: perAgent(participants, (agent) => payments[agent] ?? 0),
      };
    },
    value: (agent, { bid }, { winner }) => (agent === winner ? bid : 0),
    claims: (rule.claims ?? ['strategy-proof']).map((law) => ({ law, holds: true, because: 'it says so' })),
  }) as unknown as Mechanism;
}
