import type { Example } from './example'

/** Yelb (github.com/mreferre/yelb): names, ports, images and variables as in the original. */
export const yelb: Example<'yelb'> = {
  id: 'yelb',
  title: 'Yelb',
  summary: 'Votes for restaurants: a page, an application server, a cache and a database.',
  teaches: [
    'Four services in one namespace; each knows the next by its name only.',
    'HTTP and plain TCP are found the same way: a name is an address, and the port is agreed.',
    'The application server answers only when both stores do: stop one and see who fails.',
  ],
  defaults: {
    example: 'yelb',
    clusterName: 'yelb',
    namespaceName: 'yelb.local',
    uiCount: 1,
    appserverCount: 2,
  },
  counts: [
    { field: 'uiCount', service: 'yelb-ui' },
    { field: 'appserverCount', service: 'yelb-appserver' },
  ],
  nodes: [
    { name: 'yelb-ui', port: 80, says: 'The page with the votes.' },
    { name: 'yelb-appserver', port: 4_567, says: 'Counts votes and page views.' },
    { name: 'redis-server', port: 6_379, says: 'Keeps the page views.' },
    { name: 'yelb-db', port: 5_432, says: 'Keeps the votes.' },
  ],
  edges: [
    { from: 'yelb-ui', to: 'yelb-appserver', variable: 'YELB_APPSERVER_ENDPOINT' },
    { from: 'yelb-appserver', to: 'redis-server', variable: 'REDIS_SERVER_ENDPOINT' },
    { from: 'yelb-appserver', to: 'yelb-db', variable: 'YELB_DB_SERVER_ENDPOINT' },
  ],
  calls: [
    {
      from: 'yelb-ui',
      to: 'yelb-appserver',
      ask: { service: 'yelb-ui', port: 80, path: '/api/getstats' },
      direct: { service: 'yelb-appserver', port: 4_567, path: '/api/getvotes' },
    },
    {
      from: 'yelb-appserver',
      to: 'redis-server',
      ask: { service: 'yelb-appserver', port: 4_567, path: '/api/pageviews' },
      direct: null,
    },
    {
      from: 'yelb-appserver',
      to: 'yelb-db',
      ask: { service: 'yelb-appserver', port: 4_567, path: '/api/getvotes' },
      direct: null,
    },
  ],
  services: ({ namespaceName, uiCount, appserverCount }) => [
    {
      name: 'redis-server',
      serviceName: 'redis-server',
      image: 'redis:4.0.2',
      port: 6_379,
      speaks: 'tcp',
      environment: [],
      healthPath: null,
      desiredCount: 1,
    },
    {
      name: 'yelb-db',
      serviceName: 'yelb-db',
      image: 'mreferre/yelb-db:0.6',
      port: 5_432,
      speaks: 'tcp',
      environment: [],
      healthPath: null,
      desiredCount: 1,
    },
    {
      name: 'yelb-appserver',
      serviceName: 'yelb-appserver',
      image: 'mreferre/yelb-appserver:0.7',
      port: 4_567,
      speaks: 'http',
      environment: [
        // With `custom` the original reads both hosts from its environment.
        { name: 'RACK_ENV', value: 'custom' },
        { name: 'REDIS_SERVER_ENDPOINT', value: `redis-server.${namespaceName}` },
        { name: 'YELB_DB_SERVER_ENDPOINT', value: `yelb-db.${namespaceName}` },
      ],
      healthPath: null,
      desiredCount: appserverCount,
    },
    {
      name: 'yelb-ui',
      serviceName: 'yelb-ui',
      image: 'mreferre/yelb-ui:0.10',
      port: 80,
      speaks: 'http',
      environment: [
        { name: 'YELB_APPSERVER_ENDPOINT', value: `http://yelb-appserver.${namespaceName}:4567` },
      ],
      healthPath: null,
      desiredCount: uiCount,
    },
  ],
}
