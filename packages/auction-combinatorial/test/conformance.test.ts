import { describeMechanism } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

for (const subject of subjects) describeMechanism(subject);
