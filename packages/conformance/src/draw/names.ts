import type { AgentId, Random } from '@mechane/core';

const plain: readonly AgentId[] = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'];

/** The name of the agent at a position in what people read; in the order of positions, names are in the order of ids. */
export function agentName(position: number): AgentId {
  return plain[position] ?? `zoe${position}`;
}

/** Whether plain data names an agent as {@link agentName} does. */
export function namesAgents(content: unknown): boolean {
  const text = JSON.stringify(content) ?? '';
  return plain.some((name) => text.includes(`"${name}"`));
}

const given = [
  ...['alice', 'carol', 'Dave', 'erin', 'Frank', 'grace', 'heidi', 'Ivan', 'judy', 'mallory', 'Niaj', 'olivia'],
  ...['peggy', 'rupert', 'sybil', 'trent', 'victor', 'walter', 'yan', 'zac', 'Mia', 'noah', 'Kofi', 'Aisha'],
];
const letters = [
  ...['Zoë', 'Łukasz', 'Søren', 'José', 'Ана', 'Ольга', '李雷', '韩梅梅', 'さくら', 'أحمد', 'नेहा', 'Ὀδυσσεύς'],
  ...['Müller', 'O’Brien', '🙂 bidder', 'D’Angelo', 'Åsa', 'Ñandú', 'İnci', 'ß'],
];
const hosts = ['example.com', 'mail.example.org', 'acme.test'];

/** How real systems call their agents. */
const styles: readonly ((random: Random) => AgentId)[] = [
  (random) => given[random.below(given.length)] as AgentId,
  (random) => `agent${1 + random.below(40)}`,
  (random) => `${1 + random.below(9_999)}`,
  (random) =>
    `${given[random.below(given.length)]?.toLowerCase()}${random.below(90)}@${hosts[random.below(hosts.length)]}`,
  uuid,
  (random) => letters[random.below(letters.length)] as AgentId,
  (random) => `${['bidder', 'user', 'firm', 'trader'][random.below(4)]}-${random.below(300)}`,
  (random) =>
    random
      .below(2 ** 32)
      .toString(36)
      .toUpperCase(),
  (random) => `did:web:${hosts[random.below(hosts.length)]}:${random.below(1_000)}`,
];

function uuid(random: Random): AgentId {
  const hex = (length: number): string => Array.from({ length }, () => random.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/**
 * Names for so many agents, all different: plain ones, those that a mechanism mentions, or as one real system or several have them. They come
 * in an order that no comparison of ids would give.
 */
export function drawNames(count: number, mentioned: readonly AgentId[], random: Random): readonly AgentId[] {
  const kind = random.below(12);
  if (kind < 3) return random.shuffled(Array.from({ length: count }, (_, position) => agentName(position)));
  const style = styles[random.below(styles.length)] as (typeof styles)[number];
  const names = new Set<AgentId>();
  if (mentioned.length > 0 && random.below(2) === 0) names.add(mentioned[random.below(mentioned.length)] as AgentId);
  for (let tries = 0; names.size < count; tries++) {
    const draw = kind < 5 ? (styles[random.below(styles.length)] as (typeof styles)[number]) : style;
    names.add(tries > 4 * count ? `${draw(random)}.${tries}` : draw(random));
  }
  return random.shuffled([...names]);
}

/** A further name for somebody, as the others have theirs. */
export function drawAlias(taken: Iterable<AgentId>, random: Random): AgentId {
  const names = new Set(taken);
  const style = styles[random.below(styles.length)] as (typeof styles)[number];
  for (;;) {
    const name = style(random);
    if (!names.has(name)) return name;
  }
}

/** The name under which an agent takes part once more in what people read. */
export function plainAlias(agent: AgentId, number: number): AgentId {
  return number === 1 ? `${agent}-alias` : `${agent}-alias-${number}`;
}

/** The name of a bidder of the seller's own in what people read. */
export function shillName(number: number): AgentId {
  return number === 1 ? 'shill' : `shill-${number}`;
}

/** A seed as runs have them: mostly one that nobody chose, now and then a small one or any whole number. */
export function drawSeed(random: Random): number {
  switch (random.below(8)) {
    case 0:
      return random.below(100);
    case 1:
      return Math.floor(random.next() * Number.MAX_SAFE_INTEGER);
    case 2:
      return 2 ** 31 - 2 + random.below(5);
    default:
      return random.below(2 ** 32);
  }
}
