// Every state and flow of every element under the strict header, in Chromium.
import { testUnderPolicy } from '../helpers/policy-runs.js';

testUnderPolicy('under the policy, in Chromium', { browser: 'chromium' });
testUnderPolicy('beside the host page\'s own Lit, in Chromium', { browser: 'chromium', hostLit: 'first' });
