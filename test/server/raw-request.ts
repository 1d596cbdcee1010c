// Writes a request to a TCP socket byte by byte as a test wants it, and reads the answer: for what no well-behaved client would send.
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export const UPGRADE: Readonly<Record<string, string>> = Object.freeze({
  Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
});

/** Opens a TCP connection to `host:port`. */
export function dial(host: string): Promise<Socket> {
  const [hostname, port] = host.split(':') as [string, string];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The text of a request. A header that is null is left out, one that is a list is sent once for each. */
export function requestText(target: string, headers: Readonly<Record<string, string | readonly string[] | null>>, line = `GET ${target} HTTP/1.1`): string {
  const fields = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((each) => `${name}: ${each}`)));
  return `${[line, ...fields].join('\r\n')}\r\n\r\n`;
}

/** Sends `text` and resolves with the whole answer: at its end for a refusal, after its head for an upgrade (status 101; the socket is then destroyed). */
export async function answerTo(host: string, text: string): Promise<RawAnswer> {
  const socket = await dial(host);
  socket.write(text);
  let answer = '';
  return new Promise((resolve, reject) => {
    const done = (): void => {
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      socket.destroy();
      resolve({ status, head, body });
    };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      if (/^HTTP\/1\.1 101 [^]*\r\n\r\n/.test(answer)) done();
    });
    socket.on('end', done).on('error', reject);
  });
}
