// Every state and flow of every element under the strict header, in Firefox; beside another Lit a few of them, since whose policy comes first does not
// depend on the flow.
import { testUnderPolicy } from '../helpers/policy-runs.js';

testUnderPolicy('under the policy, in Firefox', { browser: 'firefox' });
testUnderPolicy('beside the host page\'s own Lit, in Firefox', {
  browser: 'firefox', hostLit: 'last', names: ['every kind of entry, opened in every view', 'an endpoint that is no URL', 'the parts, placed by hand around one controller'],
});
