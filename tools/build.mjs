// npm run build [-- --publish]: installs and builds, nothing else; with --publish also writes dist/, from where packages are
// published.
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
if (process.argv.includes('--publish')) {
  const { stagePackages } = await import('./publish/stage.mjs');
  for (const { room, manifest } of stagePackages(root))
    console.log(`dist/${room}: ${manifest.name} ${manifest.version}`);
}
