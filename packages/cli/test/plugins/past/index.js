import { definePlugin } from '@mechane/core';

export const past = definePlugin({ name: 'past', version: '1.0.0', apiVersion: 0, mechanisms: [] });
