// What is written for people and changes nothing that happens: why a claim holds, what a setting is for. Changing it is no fault that a test
// could notice. What an error says is not among it. Claims are left to the kit, which is their test: it takes minutes to notice that one is
// false.

/** @typedef {{ type: string, name?: string, key?: Node, callee?: Node, object?: Node, property?: Node, properties?: Node[] }} Node as Babel names its parts */

const words = new Set(['summary', 'because', 'description', 'title']);

/** @param {{ node: Node }} path */
function shouldIgnore({ node }) {
  if (node.type === 'ObjectProperty' && words.has(node.key?.name ?? '')) return 'it is written for people';
  if (node.type === 'ObjectProperty' && node.key?.name === 'claims') return 'the kit examines it';
  // One that is put together elsewhere is known by its law.
  if (node.properties?.some(({ key }) => key?.name === 'law')) return 'the kit examines it';
  const { object, property } = node.callee ?? {};
  // The schema that is described is looked at by itself.
  const isDescription =
    node.type === 'CallExpression' && property?.name === 'describe' && object?.type === 'Identifier';
  return isDescription ? 'it is written for people' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'prose', value: { shouldIgnore } }];
