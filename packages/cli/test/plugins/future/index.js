import { definePlugin } from '@mechane/core';

export const future = definePlugin({ name: 'future', version: '9.0.0', apiVersion: 99, mechanisms: [] });
