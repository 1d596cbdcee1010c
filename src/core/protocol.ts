// The frames that both ends speak: Directus' logs protocol, byte for byte, and the opt-in extension (PROTOCOL.md is its prose). Whatever arrives
// becomes one frame of a closed union, so that both ends can count what they did not understand. Client and server use these same functions.
export { decodeClientFrame, encodeAuth, encodeResume, encodeSubscribe, type ClientFrame } from './client-frames.js';
export { encodePlainEntry, encodeStampedEntry, type EntryFrame, type Stamp, type StampedEntry } from './entry-frame.js';
export {
  EXTENSION_VERSION, type ClientExtension, type ExtensionAnswer, type KeepLimits, type ResumePoints, type ServerExtension,
} from './extension.js';
export { addNumber, MAX_LEVELS, NO_NUMBERS, readNumbers, sumOfNumbers, writeNumbers, type LevelNumbers } from './level-numbers.js';
export { encodePacked, type PackedFrame, type UnreadableFrame } from './packed-frame.js';
export {
  CLOSE_CODES, decodeServerFrame, encodeAuthenticated, encodeBye, encodeError, encodePong, encodeSubscribed, encodeUnsubscribed, isEntryFrame,
  type ServerFrame,
} from './server-frames.js';
export {
  encodeBus, encodeGap, encodeMark, encodeStream, MAX_STREAMS, NONE_QUIET, type BusAway, type BusFrame, type GapCause, type GapFrame, type MarkFrame,
  type QuietStreams, type StreamFrame, type StreamPoint, type StreamPosition, type StreamPositions, type StreamState,
} from './stream-frames.js';
