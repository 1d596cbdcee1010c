// How the parts of a viewer find their connection: one context, carrying the controller, never the data. The key is registered, so that two
// copies of this package on a page still understand one another.
import { createContext } from '@lit/context';
import type { ConnectionController } from './connection-controller.js';
import './version.js';

export const connectionContext = createContext<ConnectionController>(Symbol.for('system-logs/connection'));
