import type { Command } from '../command'
import { createCluster, deleteCluster } from './cluster'
import { createDiscoveryService, deleteDiscoveryService } from './discovery-service'
import { deregisterInstance } from './instance'
import {
  createHttpNamespace,
  createPrivateDnsNamespace,
  createPublicDnsNamespace,
  deleteNamespace,
} from './namespace'
import type { CommandRunner } from './runner'
import { createService, deleteService, updateService } from './service'
import { stopServiceDeployment } from './service-deployment'
import { runTask, stopTask } from './task'
import { deleteTaskDefinitions, deregisterTaskDefinition, registerTaskDefinition } from './task-definition'

/** How every command that a plan may hold is sent and recognised. */
export const commandRunners: Readonly<Record<Command, CommandRunner>> = {
  'ecs:CreateCluster': createCluster,
  'ecs:DeleteCluster': deleteCluster,
  'ecs:RegisterTaskDefinition': registerTaskDefinition,
  'ecs:DeregisterTaskDefinition': deregisterTaskDefinition,
  'ecs:DeleteTaskDefinitions': deleteTaskDefinitions,
  'ecs:CreateService': createService,
  'ecs:UpdateService': updateService,
  'ecs:DeleteService': deleteService,
  'ecs:StopServiceDeployment': stopServiceDeployment,
  'ecs:RunTask': runTask,
  'ecs:StopTask': stopTask,
  'servicediscovery:CreatePrivateDnsNamespace': createPrivateDnsNamespace,
  'servicediscovery:CreatePublicDnsNamespace': createPublicDnsNamespace,
  'servicediscovery:CreateHttpNamespace': createHttpNamespace,
  'servicediscovery:DeleteNamespace': deleteNamespace,
  'servicediscovery:CreateService': createDiscoveryService,
  'servicediscovery:DeleteService': deleteDiscoveryService,
  'servicediscovery:DeregisterInstance': deregisterInstance,
}
