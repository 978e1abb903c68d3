import type { ExampleId } from '../inputs/examples'

/** Discovery names of each example's services, callees first. */
const names: Readonly<Record<ExampleId, readonly string[]>> = {
  'service-to-service': ['backend-api', 'frontend-web'],
  copilot: ['app2', 'app1'],
  yelb: ['redis-server', 'yelb-db', 'yelb-appserver', 'yelb-ui'],
  'service-to-service-connect': ['backend-api', 'frontend-web'],
  'yelb-connect': ['redis-server', 'yelb-db', 'yelb-appserver', 'yelb-ui'],
}

/** The discovery names of an example; none for what is no example. */
export const exampleNames = (id: unknown): readonly string[] =>
  Object.entries(names).find(([known]) => known === id)?.[1] ?? []
