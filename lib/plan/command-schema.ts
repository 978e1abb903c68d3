import * as ecs from '@aws-sdk/client-ecs'
import * as cloudMap from '@aws-sdk/client-servicediscovery'
import type { Command } from './command'

/** The SDK's own operation schemas (`[9, namespace, name, traits, input, output]`), by command. */
export const commandSchemas: Readonly<Record<Command, unknown>> = {
  'ecs:CreateCluster': ecs.CreateCluster$,
  'ecs:DeleteCluster': ecs.DeleteCluster$,
  'ecs:RegisterTaskDefinition': ecs.RegisterTaskDefinition$,
  'ecs:DeregisterTaskDefinition': ecs.DeregisterTaskDefinition$,
  'ecs:DeleteTaskDefinitions': ecs.DeleteTaskDefinitions$,
  'ecs:CreateService': ecs.CreateService$,
  'ecs:UpdateService': ecs.UpdateService$,
  'ecs:DeleteService': ecs.DeleteService$,
  'ecs:StopServiceDeployment': ecs.StopServiceDeployment$,
  'ecs:RunTask': ecs.RunTask$,
  'ecs:StopTask': ecs.StopTask$,
  'servicediscovery:CreatePrivateDnsNamespace': cloudMap.CreatePrivateDnsNamespace$,
  'servicediscovery:CreatePublicDnsNamespace': cloudMap.CreatePublicDnsNamespace$,
  'servicediscovery:CreateHttpNamespace': cloudMap.CreateHttpNamespace$,
  'servicediscovery:DeleteNamespace': cloudMap.DeleteNamespace$,
  'servicediscovery:CreateService': cloudMap.CreateService$,
  'servicediscovery:DeleteService': cloudMap.DeleteService$,
  'servicediscovery:DeregisterInstance': cloudMap.DeregisterInstance$,
}
