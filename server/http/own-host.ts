import { isIP } from 'node:net';

/**
 * Whether a request names this server by an address, by `localhost` or by the host it listens on. Any other name
 * could belong to a page elsewhere that has pointed it at this machine in order to read what is served here.
 */
export function isOwnHost(request: Request, host: string): boolean {
  const { hostname } = new URL(request.url);
  return hostname === 'localhost' || hostname === host.toLowerCase() || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/** Whether a server that listens on a host is reached from its own machine alone. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
