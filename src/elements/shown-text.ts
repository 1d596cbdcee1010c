// Text of a log for a template: escapes in place of what cannot be seen, set apart from the same letters in the text. Always a text binding.
import { html } from 'lit';
import { cutText, visibleText, visibleTokens } from '../core/visible-text.js';

const MAX_TOKENS = 200;

/** The text, or its first `limit` code units with an ellipsis after them. */
export function shownText(text: string, limit = Infinity): unknown {
  const part = cutText(text, limit), end = part.length < text.length ? '…' : '';
  const tokens = visibleTokens(part);
  if (tokens.length > MAX_TOKENS) return visibleText(part) + end;
  return [...tokens.map((token) => (token.escaped ? html`<span class="escape">${token.text}</span>` : token.text)), end];
}

/** The same as one string, for names and labels. */
export function shownLabel(text: string, limit: number): string {
  const part = cutText(text, limit);
  return visibleText(part) + (part.length < text.length ? '…' : '');
}

/** How many characters of a text cannot be seen. */
export function countHidden(text: string): number {
  return visibleTokens(text).reduce((sum, token) => sum + (token.escaped ? token.text.split('⟨').length - 1 : 0), 0);
}
