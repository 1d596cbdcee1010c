// The words of the viewer in English, for tests that look for them.
import { stringsIn } from '../../src/elements/strings.js';

export const strings = stringsIn('en');
