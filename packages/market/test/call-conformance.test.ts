import { describeMechanisms } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

/** Those that other files of tests describe. */
const elsewhere = ['fisher', 'exchange', 'tatonnement', 'multi-commodity', 'order-book'];

describeMechanisms(subjects.filter(({ mechanism }) => !elsewhere.includes(mechanism.id.replace('market/', ''))));
