// WebSocket frames byte by byte, right or wrong as a test wants them (RFC 6455, section 5.2).

export interface RawFrame {
  readonly fin?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly rsv?: number;
  readonly opcode?: number;
  readonly masked?: boolean;
  readonly payload?: string | Uint8Array;
  /** What the frame says of its length, where that is not so; as one of 7, 16 or 64 bits. */
  readonly says?: bigint;
  readonly bits?: 7 | 16 | 64;
}

export const TEXT = 1, BINARY = 2, CONTINUATION = 0, CLOSE = 8, PING = 9, PONG = 10;

export function rawFrame({ fin = true, rsv = 0, opcode = TEXT, masked = true, payload = '', says, bits }: RawFrame): Buffer {
  const body = Buffer.from(payload as string), length = says ?? BigInt(body.length);
  const size = bits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64), head = Buffer.alloc(size === 7 ? 2 : size === 16 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (size === 7 ? Number(length) : size === 16 ? 126 : 127);
  if (size === 16) head.writeUInt16BE(Number(length), 2);
  if (size === 64) head.writeBigUInt64BE(length, 2);
  const key = Buffer.from([1, 2, 3, 4]), sent = masked ? body.map((byte, index) => byte ^ (key[index % 4] as number)) : body;
  return Buffer.concat([head, masked ? key : Buffer.alloc(0), sent]);
}

/** What a server sent, frame by frame; what is not whole yet is left out. */
export function readFrames(bytes: Buffer): { readonly opcode: number; readonly payload: Buffer }[] {
  const frames: { opcode: number; payload: Buffer }[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = (bytes[at + 1] as number) & 0x7f, head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (at + head > bytes.length) break;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (at + head + length > bytes.length) break;
    frames.push({ opcode: (bytes[at] as number) & 0x0f, payload: bytes.subarray(at + head, at + head + length) });
    at += head + length;
  }
  return frames;
}
