// An application of Express and one of Fastify that answer every request, as HTTP servers; `seen` gets the address of each request that reaches them.
import { createServer, type Server } from 'node:http';
import express from 'express';
import Fastify from 'fastify';

export function expressServer(seen: string[]): Server {
  return createServer(express().use((request, response) => {
    seen.push(request.url);
    response.send('the application');
  }) as never);
}

export async function fastifyServer(seen: string[]): Promise<Server> {
  const app = Fastify();
  app.addHook('onRequest', (request, _, done) => {
    seen.push(request.url);
    done();
  });
  app.get('/*', () => 'the application');
  await app.ready();
  return app.server;
}
