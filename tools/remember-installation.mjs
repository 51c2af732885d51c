// npm's postinstall: an installation by hand counts too, so `npm start` and `npm test` do not repeat it.
import { rememberInstallation } from './install.mjs';
import { root } from './root.mjs';

rememberInstallation(root);
