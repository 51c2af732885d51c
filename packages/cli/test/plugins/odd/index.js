import { definePlugin } from '@mechane/core';

export const odd = definePlugin({ name: 'odd', version: '1.0.0', mechanisms: [{ id: 'odd/one' }] });
