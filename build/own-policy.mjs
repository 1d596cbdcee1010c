// Gives the Lit inside a one-file bundle a Trusted Types policy of our name. A page may have a Lit of its own, whose policy is called `lit-html`, and of one
// name a page allows one policy: the second Lit would end with an error. A copy of the bundle that comes too late to define the elements draws nothing, so it
// asks for no policy.
import MagicString from 'magic-string';

const POLICY = 'system-logs';
const MODULE = /\/lit-html\/lit-html\.js$/;
const CALL = /(\w+)\.createPolicy\("lit-html",/g;

/** @returns a plugin of rollup, which fails the build where Lit asks for its policy in another way than expected */
export function ownPolicy() {
  let isDone = false;
  return {
    name: 'own-policy',
    buildStart() {
      isDone = false;
    },
    transform(code, id) {
      if (!MODULE.test(id)) return null;
      const text = new MagicString(code), calls = [...code.matchAll(CALL)];
      if (calls.length !== 1) return this.error(`lit-html asks ${calls.length} times for a policy called “lit-html”, not once; see build/own-policy.mjs.`);
      const [{ 0: call, 1: factory, index }] = calls;
      text.overwrite(index, index + call.length, `customElements.get("system-logs")?void 0:${factory}.createPolicy("${POLICY}",`);
      isDone = true;
      return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
    },
    buildEnd(error) {
      if (error === undefined && !isDone) this.error('The bundle has no lit-html to rename the policy of; see build/own-policy.mjs.');
    },
  };
}
