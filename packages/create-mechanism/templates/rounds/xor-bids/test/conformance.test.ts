import { describeMechanisms } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

// One test per claim, and one per law of structure: the kit looks for a counterexample to each.
describeMechanisms(subjects);
