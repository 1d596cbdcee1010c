// What an application gets from `system-logs/server`, and what is refused: without the types of a page, and with every declaration checked.
import { createServer } from 'node:http';
import { pino } from 'pino';
import { createLogServer, type Authenticate } from 'system-logs/server';

const authenticate: Authenticate = ({ token, request }) => (token === request.headers.host ? { id: 'ada', expiresAt: Date.now() + 1000 } : null);
const logs = createLogServer({ page: '/logs', authenticate });
export const logger = pino({}, pino.multistream([{ stream: process.stdout }, { stream: logs.destination }]));
const server = createServer((_, response) => void response.end());
logs.attach(server);
export const ended: Promise<void> = logs.close();

// @ts-expect-error without `authenticate` there is no server
createLogServer({ page: '/logs' });
// @ts-expect-error an id is a text
createLogServer({ authenticate: () => ({ id: 7 }) });
