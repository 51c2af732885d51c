// What is written for people and changes nothing that happens: why a claim holds, what a setting is for. Changing it is no fault that a test
// could notice. What an error says is not among it.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const words = new Set(['summary', 'because', 'description', 'title']);

/** @param {import('@stryker-mutator/api/ignore').NodePath} path */
function shouldIgnore({ node }) {
  if (node.type === 'ObjectProperty' && node.key.type === 'Identifier' && words.has(node.key.name)) {
    return 'it is written for people';
  }
  const isDescribed =
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'describe';
  // The schema that is described is looked at by itself.
  return isDescribed && node.callee.object.type === 'Identifier' ? 'it is written for people' : undefined;
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'prose', { shouldIgnore })];
