import { after } from 'node:test';
import { RedisServer } from '../helpers/redis-server.js';
import { someChannel, startUpBus } from '../helpers/redis-buses.js';
import { busContract } from './bus-contract.js';

const redis = await RedisServer.start({ after });

busContract('redisBus, heard by its own process', async (context) => {
  const { bus } = await startUpBus(context, { url: redis.url, channel: someChannel() });
  return { here: bus, there: bus };
});

busContract('redisBus with a secret', async (context) => {
  const options = { url: redis.url, channel: someChannel(), secret: 'a secret of all instances' };
  const [here, there] = await Promise.all([startUpBus(context, options), startUpBus(context, options)]);
  return { here: here.bus, there: there.bus };
});

busContract('redisBus, heard by another process', async (context) => {
  const channel = someChannel();
  const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
  return { here: here.bus, there: there.bus };
});
