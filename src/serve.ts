import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { failure } from './failure.ts';

/** How long a request may take to arrive, in milliseconds: Discord waits three seconds for the answer. */
const slowestRequest = 3000;

/**
 * How long a connection is kept without a request, in milliseconds: longer than what stands before it keeps it (nginx a minute,
 * Caddy two), or a request would now and then meet a connection that is just being closed, and be lost.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout
 */
const longestIdle = 125_000;

/** A server that is listening. */
export type HttpServer = {
  port: number;
  /** Takes no more requests, finishes the answers under way, at most as long as given in milliseconds, and closes. */
  close(patience: number): Promise<void>;
};

/**
 * What a server needs; without `host` it listens on all addresses of this machine. `variable` is what an operator set the
 * port with, and `underWay` what is not finished with the response.
 */
export type HttpOptions = {
  fetch: (request: Request) => Response | Promise<Response>;
  port: number;
  host?: string | undefined;
  variable?: 'PORT' | 'METRICS_PORT';
  underWay?: ReadonlySet<Promise<void>>;
  /** Is told of each request that did not arrive in time. */
  onSlow?: () => void;
};

/**
 * Serves over HTTP. TLS is the business of what stands before it.
 *
 * @throws a failure when it cannot listen there.
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { fetch, port, host, variable = 'PORT', underWay = new Set(), onSlow } = options;
  let isClosing = false;
  const server = serve({
    async fetch(request) {
      const response = await fetch(request);
      // Or a proxy would go on sending requests over the connections that it has, until they are cut.
      if (isClosing) response.headers.set('connection', 'close');
      return response;
    },
    port,
    ...(host === undefined ? {} : { hostname: host }),
    serverOptions: {
      requestTimeout: slowestRequest,
      headersTimeout: slowestRequest,
      keepAliveTimeout: longestIdle,
      connectionsCheckingInterval: 1000,
    },
  }) as Server;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (isSlow) onSlow?.();
    const status = isSlow ? '408 Request Timeout' : '400 Bad Request';
    const gone = () => socket.destroy();
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, gone);
    else gone();
  });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${code})`;
    throw failure(
      `${variable} ${port} ${why}. Set ${variable} to another number, or HOST to another address.`,
      error,
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close(patience) {
      const closed = once(server, 'close');
      isClosing = true;
      server.close();
      // Whoever has been answered may keep the connection open for more.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const late = new Promise((resolve) => setTimeout(resolve, patience).unref());
      // Only then is it known what is under way: until then requests may still arrive.
      await Promise.race([closed.then(() => Promise.allSettled(underWay)), late]);
      clearInterval(sweep);
      server.closeAllConnections();
    },
  };
}
