import type { AgentId } from '@mechane/core';

/**
 * The line that asks for the outcome of these reports. Agents stand in the order in which they come, which an object of JavaScript would not keep
 * for names like `42`; and what is not ASCII is escaped, whatever encoding the other side reads.
 */
export function questionOf(settings: unknown, reports: Iterable<readonly [AgentId, unknown]>, seed: number): string {
  let said = '';
  for (const [agent, report] of reports) {
    said += `${said === '' ? '' : ','}${JSON.stringify(agent)}:${JSON.stringify(report)}`;
  }
  return inAscii(`{"settings":${JSON.stringify(settings)},"reports":{${said}},"seed":${seed}}`);
}

const beyondAscii = /[\u007f-\uffff]/g;

function inAscii(text: string): string {
  return text.replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
