import 'server-only'
import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { GetServiceCommand } from '@aws-sdk/client-servicediscovery'
import type { Clients } from '@/lib/target/clients'
import { holeFromError } from '@/lib/target/hole'
import type { TargetSettings } from '@/lib/target/settings'
import { maskSecrets } from './mask'
import type { Hole } from './model'

/** Which AWS resources stand behind a card. */
export type ConfigSubject = {
  readonly service: { readonly arn: string; readonly clusterArn: string } | null
  readonly taskDefinitionArn: string | null
  readonly discoveryServiceId: string | null
}

/** What AWS said of them, secrets masked; null for what the card does not have or what could not be read. */
export type ServiceConfig = {
  readonly service: unknown
  readonly taskDefinition: unknown
  readonly discoveryService: unknown
  readonly holes: readonly Hole[]
}

/** Reads the raw configuration of one card. What fails is a hole; the rest stands. */
export async function readConfig(
  clients: Pick<Clients, 'ecs' | 'cloudMap'>,
  settings: TargetSettings,
  subject: ConfigSubject,
  nowMs: number,
): Promise<ServiceConfig> {
  const holes: Hole[] = []
  const attempt = async (
    operation: string,
    what: string | null,
    read: (what: string) => Promise<unknown>,
  ) => {
    if (what === null) return null
    try {
      return maskSecrets(await read(what)) ?? null
    } catch (error) {
      holes.push(holeFromError(error, { operation, subject: what }, settings, nowMs))
      return null
    }
  }
  const clusterArn = subject.service?.clusterArn
  const [service, taskDefinition, discoveryService] = await Promise.all([
    attempt('ecs:DescribeServices', subject.service?.arn ?? null, async (arn) => {
      const answer = await clients.ecs.send(
        new DescribeServicesCommand({ cluster: clusterArn, services: [arn], include: ['TAGS'] }),
      )
      return answer.services?.[0]
    }),
    attempt('ecs:DescribeTaskDefinition', subject.taskDefinitionArn, async (arn) => {
      const answer = await clients.ecs.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }),
      )
      return { ...answer.taskDefinition, tags: answer.tags }
    }),
    attempt('servicediscovery:GetService', subject.discoveryServiceId, async (id) => {
      const answer = await clients.cloudMap.send(new GetServiceCommand({ Id: id }))
      return answer.Service
    }),
  ])
  return { service, taskDefinition, discoveryService, holes }
}
