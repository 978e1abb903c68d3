import type { Example } from './example'

/** AWS Copilot's example of service discovery, without Copilot. */
export const copilot: Example<'copilot'> = {
  id: 'copilot',
  title: 'Copilot: app1 and app2',
  summary: 'app1 calls app2 and puts its answer into its own.',
  teaches: [
    'AWS Copilot names a namespace after environment and application: test.copilot-servicediscovery.local.',
    'The callee is made first, because the caller needs its address: app2.test.copilot-servicediscovery.local:9090.',
    'APP2_URL holds host and port only; the program adds http:// itself.',
  ],
  defaults: {
    example: 'copilot',
    clusterName: 'copilot-servicediscovery-test',
    namespaceName: 'test.copilot-servicediscovery.local',
    app1Count: 1,
    app2Count: 1,
  },
  counts: [
    { field: 'app1Count', service: 'app1' },
    { field: 'app2Count', service: 'app2' },
  ],
  nodes: [
    { name: 'app1', port: 80, says: 'Answers with what app2 said.' },
    { name: 'app2', port: 9_090, says: 'Answers “Hello from APP2”.' },
  ],
  edges: [{ from: 'app1', to: 'app2', variable: 'APP2_URL' }],
  calls: [
    {
      from: 'app1',
      to: 'app2',
      ask: { service: 'app1', port: 80, path: '/' },
      direct: { service: 'app2', port: 9_090, path: '/' },
    },
  ],
  services: ({ namespaceName, app1Count, app2Count }) => [
    {
      name: 'app2',
      serviceName: 'app2',
      image: 'app2:latest',
      port: 9_090,
      speaks: 'http',
      environment: [],
      healthPath: '/ping',
      desiredCount: app2Count,
    },
    {
      name: 'app1',
      serviceName: 'app1',
      image: 'app1:latest',
      port: 80,
      speaks: 'http',
      environment: [{ name: 'APP2_URL', value: `app2.${namespaceName}:9090` }],
      healthPath: '/ping',
      desiredCount: app1Count,
    },
  ],
}
