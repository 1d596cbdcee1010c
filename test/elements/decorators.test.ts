// The compiler's options decide whether a decorated field is reactive; under wrong ones an element is drawn once and never again, without
// an error. Here for the test runner; test/e2e asks the same of the bundle.
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

class DecoratedProbe extends LitElement {
  @property({ attribute: 'given-text' }) givenText = 'default';
  @state() private drawn = 0;

  draw(): void {
    this.drawn++;
  }

  override render(): TemplateResult {
    return html`${this.givenText} ${this.drawn}`;
  }
}

customElements.define('decorated-probe', DecoratedProbe);

it('a decorated field keeps its default and draws anew when it changes', async () => {
  const probe = await fixture<DecoratedProbe>(html`<decorated-probe></decorated-probe>`);
  expect(probe.shadowRoot?.textContent).to.equal('default 0');

  probe.setAttribute('given-text', 'changed');
  await probe.updateComplete;
  expect(probe.shadowRoot?.textContent).to.equal('changed 0');

  probe.draw();
  await probe.updateComplete;
  expect(probe.shadowRoot?.textContent).to.equal('changed 1');
});
