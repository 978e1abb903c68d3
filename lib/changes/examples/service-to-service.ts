import type { Example } from './example'

/** A frontend that finds its backend by a DNS name. */
export const serviceToService: Example<'service-to-service'> = {
  id: 'service-to-service',
  title: 'Service-to-service demo',
  summary: 'frontend-web finds backend-api by its DNS name and calls it.',
  teaches: [
    'A task registers in Cloud Map when it starts; callers find it by name, without an address in any configuration.',
    'Only healthy instances are answered: stop a task and the name points to the others.',
    'With two backend tasks, calls are spread by the order of DNS answers.',
  ],
  defaults: {
    example: 'service-to-service',
    clusterName: 'default',
    namespaceName: 'production.local',
    frontendCount: 1,
    backendCount: 2,
  },
  counts: [
    { field: 'frontendCount', service: 'frontend-web' },
    { field: 'backendCount', service: 'backend-api' },
  ],
  nodes: [
    { name: 'frontend-web', port: 3_000, says: 'A page with a button that calls the backend.' },
    { name: 'backend-api', port: 8_080, says: 'Answers /api/data with its host name and the time.' },
  ],
  edges: [{ from: 'frontend-web', to: 'backend-api', variable: 'BACKEND_URL' }],
  calls: [
    {
      from: 'frontend-web',
      to: 'backend-api',
      ask: { service: 'frontend-web', port: 3_000, path: '/call-backend' },
      direct: { service: 'backend-api', port: 8_080, path: '/api/data' },
    },
  ],
  services: ({ namespaceName, frontendCount, backendCount }) => [
    {
      name: 'backend-api',
      serviceName: 'backend-api-service',
      image: 'backend-api:latest',
      port: 8_080,
      speaks: 'http',
      environment: [{ name: 'PORT', value: '8080' }],
      healthPath: '/health',
      desiredCount: backendCount,
    },
    {
      name: 'frontend-web',
      serviceName: 'frontend-web-service',
      image: 'frontend-web:latest',
      port: 3_000,
      speaks: 'http',
      environment: [
        { name: 'PORT', value: '3000' },
        { name: 'BACKEND_URL', value: `http://backend-api.${namespaceName}:8080` },
      ],
      healthPath: '/health',
      desiredCount: frontendCount,
    },
  ],
}
