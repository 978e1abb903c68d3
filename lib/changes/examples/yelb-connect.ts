import type { Example } from './example'
import { yelb } from './yelb'

/** Yelb with every line by Service Connect: the page is a client only, the other three are servers, over HTTP and plain TCP. */
export const yelbConnect: Example<'yelb-connect'> = {
  ...yelb,
  id: 'yelb-connect',
  title: 'Yelb on Service Connect',
  summary: 'The same four services, each line through two proxies, over HTTP and plain TCP.',
  teaches: [
    'A page is a client only; whoever is called is client and server.',
    'Plain TCP, as Redis and Postgres speak it, goes through the proxies too, without counts of requests.',
    'Servers are deployed before those that call them, because names are fixed when a deployment is made.',
  ],
  defaults: {
    example: 'yelb-connect',
    clusterName: 'yelb-connect',
    namespaceName: 'yelb-connect.local',
    uiCount: 1,
    appserverCount: 2,
  },
  counts: [
    { field: 'uiCount', service: 'yelb-ui' },
    { field: 'appserverCount', service: 'yelb-appserver' },
  ],
  services: ({ example: _example, ...input }) =>
    yelb.services({ example: 'yelb', ...input }).map((service) => ({
      ...service,
      connect: service.name === 'yelb-ui' ? 'client' : 'client and server',
    })),
}
