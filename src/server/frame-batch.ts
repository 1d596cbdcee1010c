// Frames that are sent together: as text and, where a socket asks, as the bytes of whole WebSocket frames, made once for all who get them.

export class FrameBatch {
  /** In this order. */
  readonly texts: readonly string[];
  #bytes: Buffer | null = null;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** The same frames as they go over the wire (RFC 6455, section 5.2: text, final, unmasked, uncompressed). */
  get bytes(): Buffer {
    return (this.#bytes ??= encodeTextFrames(this.texts));
  }
}

function encodeTextFrames(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + headerSize(size), 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const size = sizes[index] as number;
    at = bytes.writeUInt8(0x81, at);
    if (size < 126) at = bytes.writeUInt8(size, at);
    else if (size < 65_536) at = bytes.writeUInt16BE(size, bytes.writeUInt8(126, at));
    else at = bytes.writeBigUInt64BE(BigInt(size), bytes.writeUInt8(127, at));
    at += bytes.write(text, at);
  }
  return bytes;
}

function headerSize(size: number): number {
  return size < 126 ? 2 : size < 65_536 ? 4 : 10;
}
