// Gives the keyboard's focus to the window on an X screen that has no window manager to do it: without, a page is never that of the active window,
// and `:focus` holds for nothing. Four requests of the X protocol over the screen's local socket; it knows nothing of browsers.
import { once } from 'node:events';
import { connect } from 'node:net';

const QUERY_TREE = 15, GET_GEOMETRY = 14, SET_INPUT_FOCUS = 42, GET_INPUT_FOCUS = 43;
const TO_PARENT = 2, REPLY = 1, HEAD_BYTES = 32;

/** @param {string} display such as `:99` */
export async function focusLargestWindow(display) {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`), read = reader(socket);
  try {
    await once(socket, 'connect');
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])); // little-endian, version 11.0, no password
    const hello = await read(8), setup = await read(hello.readUInt16LE(6) * 4);
    const ask = async (opcode, window, ...rest) => {
      socket.write(request(opcode, 0, window, ...rest));
      const head = await read(HEAD_BYTES);
      if (head[0] !== REPLY) throw new Error(`The X screen refused request ${opcode}.`);
      return { head, rest: await read(head.readUInt32LE(4) * 4) };
    };
    const root = setup.readUInt32LE(32 + pad(setup.readUInt16LE(16)) + 8 * setup[21]), tree = await ask(QUERY_TREE, root), windows = [];
    for (let at = 0; at < tree.rest.length; at += 4) {
      const window = tree.rest.readUInt32LE(at), { head } = await ask(GET_GEOMETRY, window);
      windows.push({ window, area: head.readUInt16LE(16) * head.readUInt16LE(18) });
    }
    const [largest] = windows.sort((a, b) => b.area - a.area);
    if (largest === undefined) throw new Error('The X screen has no window.');
    socket.write(request(SET_INPUT_FOCUS, TO_PARENT, largest.window, 0));
    await ask(GET_INPUT_FOCUS); // its answer comes after the focus is set
  } finally {
    socket.destroy();
  }
}

function request(opcode, data, ...words) {
  const bytes = Buffer.alloc(4 + 4 * words.filter((word) => word !== undefined).length);
  bytes[0] = opcode;
  bytes[1] = data;
  bytes.writeUInt16LE(bytes.length / 4, 2);
  words.filter((word) => word !== undefined).forEach((word, index) => bytes.writeUInt32LE(word, 4 + 4 * index));
  return bytes;
}

function pad(length) {
  return Math.ceil(length / 4) * 4;
}

/** @returns a function that gives the next bytes, so many, once they are there; events and errors in between are taken for answers */
function reader(socket) {
  let held = Buffer.alloc(0), wake = () => undefined;
  socket.on('data', (data) => {
    held = Buffer.concat([held, data]);
    wake();
  });
  return async (count) => {
    while (held.length < count) await new Promise((resolve) => (wake = resolve));
    const bytes = held.subarray(0, count);
    held = held.subarray(count);
    return bytes;
  };
}
