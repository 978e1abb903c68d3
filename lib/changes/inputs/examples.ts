import { z } from 'zod'
import { privateNamespaceName } from '../fields/names'
import { ecsName, wholeNumber } from '../fields/text'

export const exampleIds = [
  'service-to-service',
  'copilot',
  'yelb',
  'service-to-service-connect',
  'yelb-connect',
] as const

export type ExampleId = (typeof exampleIds)[number]

const count = (of: string) => wholeNumber(`The number of tasks of ${of}`, 0, 10)
const place = {
  /** Made when it is not there. */
  clusterName: ecsName('cluster'),
  namespaceName: privateNamespaceName,
}

/** Input of `deploy-example`. What is there already is left as it is. */
export const deployExampleInput = z.discriminatedUnion('example', [
  z.object({
    example: z.literal('service-to-service'),
    ...place,
    frontendCount: count('frontend-web'),
    backendCount: count('backend-api'),
  }),
  z.object({ example: z.literal('copilot'), ...place, app1Count: count('app1'), app2Count: count('app2') }),
  z.object({
    example: z.literal('yelb'),
    ...place,
    uiCount: count('yelb-ui'),
    appserverCount: count('yelb-appserver'),
  }),
  z.object({
    example: z.literal('service-to-service-connect'),
    ...place,
    frontendCount: count('frontend-web'),
    backendCount: count('backend-api'),
  }),
  z.object({
    example: z.literal('yelb-connect'),
    ...place,
    uiCount: count('yelb-ui'),
    appserverCount: count('yelb-appserver'),
  }),
])

export type DeployExampleInput = z.infer<typeof deployExampleInput>

/** Input of `remove-example`. */
export const removeExampleInput = z.object({
  example: z.enum(exampleIds),
  clusterName: ecsName('cluster'),
  namespaceName: privateNamespaceName,
  /** Delete the cluster too when nothing else is in it. */
  withCluster: z.boolean(),
})

export type RemoveExampleInput = z.infer<typeof removeExampleInput>
