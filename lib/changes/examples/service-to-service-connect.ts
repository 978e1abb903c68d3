import type { Example } from './example'
import { serviceToService } from './service-to-service'

/** The same two services, called by name through proxies: the names and variables are those of the demo. */
export const serviceToServiceConnect: Example<'service-to-service-connect'> = {
  ...serviceToService,
  id: 'service-to-service-connect',
  title: 'Demo on Service Connect',
  summary: 'frontend-web calls backend-api by an alias, through the proxies of both.',
  teaches: [
    'No DNS record: the name stands in the hosts file of tasks of the namespace, and only there.',
    'A name is seen by deployments made after it: the backend is made first, then its client.',
    'The proxy spreads calls, retries, and CloudWatch counts who calls whom.',
  ],
  defaults: {
    example: 'service-to-service-connect',
    clusterName: 'connect-demo',
    namespaceName: 'connect.local',
    frontendCount: 1,
    backendCount: 2,
  },
  counts: [
    { field: 'frontendCount', service: 'frontend-web' },
    { field: 'backendCount', service: 'backend-api' },
  ],
  services: ({ example: _example, ...input }) =>
    serviceToService.services({ example: 'service-to-service', ...input }).map((service) => ({
      ...service,
      connect: service.name === 'backend-api' ? 'client and server' : 'client',
    })),
}
