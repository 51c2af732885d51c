import { describeMechanisms } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

describeMechanisms(subjects);
