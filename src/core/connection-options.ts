// What a connection is given: where to, as whom, its host, and whom it tells.
import type { AccessToken } from './access-token.js';
import type { ConnectionStatus } from './connection-status.js';
import type { LevelName } from './levels.js';
import type { Clock, HttpProbe, SocketFactory } from './platform.js';
import type { ResumePoints } from './protocol.js';
import type { TokenPlace } from './socket-address.js';

export interface ConnectionOptions {
  /** A ws: or wss: URL without a token. */
  readonly url: string;
  readonly level: LevelName;
  readonly accessToken?: AccessToken;
  /** Default `query`. */
  readonly tokenIn?: TokenPlace;
  readonly clock: Clock;
  readonly createSocket: SocketFactory;
  readonly probe: HttpProbe;
  /** From 0 up to, and without, 1; default `Math.random`. */
  readonly random?: () => number;
  /** What the host's network says of itself; null where it says nothing. */
  readonly isOnline?: () => boolean | null;
  /** Where to go on in each stream, asked for at each new connection; by default it begins at now. */
  readonly resume?: () => ResumePoints;
  /** An entry frame, unread. */
  readonly onEntries: (frame: string) => void;
  /** What the server says of the numbers of its entries (the answer to a subscription, marks, gaps, streams), unread; in one order with the entries. */
  readonly onNews?: (frame: string) => void;
  readonly onStatus: (status: ConnectionStatus) => void;
  /** A message that is no frame of the protocol. */
  readonly onUnreadable: () => void;
  /** When an earlier connection to the same server was lost (ms since 1970); null where none was, or none is to be spoken of. */
  readonly lostAt?: number | null;
  /** From one time to another (ms since 1970) there was no connection, and the server that it was to cannot say what was missed. */
  readonly onOutage?: (from: number, to: number) => void;
  /** What the function that gives the token threw; once until it works again, not at each try. */
  readonly onTokenError?: (error: unknown) => void;
}
