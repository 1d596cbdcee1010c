// Given to a documented program before it starts: it listens on any free port of loopback in place of the one that it names, and says on which. The program
// itself stays as it is shown.
import { Server } from 'node:net';

const { listen } = Server.prototype;

Server.prototype.listen = function (first, ...rest) {
  this.once('listening', () => console.log(`port ${this.address().port}`));
  const callback = rest.find((each) => typeof each === 'function');
  return listen.call(this, { port: 0, host: '127.0.0.1' }, ...(callback === undefined ? [] : [callback]));
};
