// npm run build: installs and builds, nothing else.
import { setUp } from './setup.mjs';

await setUp();
